import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { day } from '../cast.mjs';
import { POST } from './editor.mjs';
import { lookOver } from '../look-over.mjs';

/** A picture of one dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The editor sets the time at which the approved text is posted. */
export async function editorSchedulesPost(town) {
  const { seen } = town;
  await town.check('the editor says when the approved text goes to the fanpage', async () => {
    await seen.editor.open(seen.text);
    await seen.editor.page.fill('#date', day(1));
    await seen.editor.page.fill('#time', '05:45');
    await seen.editor.press('Hẹn giờ đăng');
    await seen.editor.sees('Đã hẹn giờ đăng.');
    await seen.editor.follow(/Fanpage Trung tâm/);
    seen.post = seen.editor.path();
  });
}

/** Posts by hand: a picture, the copied words, the permalink; and the switch that pauses automatic posts. */
export async function pageAdminPosts(town) {
  const { seen, cast, size } = town;
  let admin;

  await town.check('the page admin adds a picture and sees the post as the page will show it', async () => {
    admin = await town.enter(cast.pageAdmin, { permissions: ['clipboard-read', 'clipboard-write'] });
    if (admin.path() !== '/bai-dang') throw new Error(`the page admin begins at ${admin.path()}`);
    await admin.open(seen.post);
    await admin.unfold('Thêm ảnh');
    await admin.page.fill('#alt', 'Nhà sạch bọ gậy');
    await admin.page.setInputFiles('#anh', { name: 'thu.txt', mimeType: 'text/plain', buffer: Buffer.from('chữ') });
    await admin.page.getByRole('button', { name: 'Gửi ảnh' }).click();
    await admin.page.locator('.said-wrong .problem').waitFor();
    await admin.page.setInputFiles('#anh', { name: 'anh.png', mimeType: 'image/png', buffer: DOT });
    await admin.page.getByRole('button', { name: 'Gửi ảnh' }).click();
    const picture = admin.page.locator('.preview img[alt="Nhà sạch bọ gậy"]');
    await picture.waitFor();
    const width = await picture.evaluate((one) => one.decode().then(() => one.naturalWidth));
    if (width !== 1) throw new Error(`the picture shown is ${width} px wide`);
    const said = await admin.page.locator('.preview .said').innerText();
    if (said.trim() !== POST) throw new Error(`the page would show ${JSON.stringify(said)}`);
    await admin.shoot('bai-dang-anh');
  });

  await town.check('copies the very words, downloads the picture, and pastes the permalink', async () => {
    await admin.page.getByRole('button', { name: 'Chép nội dung' }).click();
    await admin.page.getByRole('button', { name: '✓ Đã chép' }).waitFor();
    const copied = await admin.page.evaluate('navigator.clipboard.readText()');
    if (copied.replace(/\r/g, '') !== POST) throw new Error(`copied was ${JSON.stringify(copied)}`);
    const href = await admin.page.getByRole('link', { name: 'Tải ảnh' }).getAttribute('href');
    const picture = await (await admin.context.request.get(town.house.url + href)).body();
    const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
    if (hash(picture) !== hash(DOT)) throw new Error('another picture comes back');
    await admin.page.fill('#permalink', 'https://example.com/bai');
    await admin.press('Ghi là đã đăng bằng tay');
    if (!(await admin.page.locator('.note.bad').count())) throw new Error('a foreign address is taken');
    await admin.page.fill('#permalink', `https://www.facebook.com/100064/posts/${size.width}`);
    await admin.press('Ghi là đã đăng bằng tay');
    await admin.sees('Bài trên trang:', `đăng bằng tay, ${cast.pageAdmin.name} ghi`);
  });

  if (size.width >= 1024) {
    await town.check('holds the machine, says why, and lets it go on', async () => {
      await admin.open('/bai-dang');
      await admin.unfold('Tạm dừng đăng');
      await admin.page.getByLabel('Lý do tạm dừng').fill('Trang bị dọa khóa');
      await admin.press('Tạm dừng ngay');
      await admin.sees('Trang bị dọa khóa');
      await admin.unfold('Đăng tiếp');
      await admin.page.getByLabel('Lý do đăng tiếp').fill('Đã xử lý xong');
      await admin.press('Đăng tiếp theo giờ hẹn');
      await admin.sees('Tạm dừng đăng');
    });
  }

  await lookOver(town, admin, [
    ['/bai-dang', 'bai-dang'],
    ['/bai-dang?xem=tuan', 'bai-dang-tuan'],
    ['/bai-dang?xem=danh-sach', 'bai-dang-danh-sach'],
    [() => seen.post, 'bai-dang-mot'],
  ]);
}
