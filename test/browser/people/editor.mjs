import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { day, PHONE } from '../cast.mjs';
import { lookOver } from '../look-over.mjs';
import { hear } from '../sound.mjs';

const FIRST =
  'Ủy ban nhân dân phường thông báo. Lúc 15h30 ngày 05/12/2026, phường phun hóa chất diệt muỗi. Xin cảm ơn!';
const SECOND = FIRST.replace('15h30', '14h');
export const POST = 'Nhà nhà đổ nước đọng.\n\nKhông có bọ gậy, không có sốt xuất huyết!';

/** From the letter to a script that waits for approval: template, reading, corrections, sound, a voice, the fanpage. */
export async function editorWrites(town) {
  const { seen, size } = town;
  let editor;
  const { cast } = town;
  const estimate = () => editor.page.locator('#ban-doc h2 + span').innerText();

  await town.check('an editor registers a letter and opens a campaign', async () => {
    editor = await town.enter(cast.editor);
    if (editor.path() !== '/ban-bien-tap') throw new Error(`the editor begins at ${editor.path()}`);
    await editor.open('/cong-van/moi');
    await editor.page.fill('#text', letter(town));
    await editor.press('Đọc và vào sổ');
    await editor.sees('Đã vào sổ', 'Nhiệm vụ trên các kênh', `${town.number}/UBND-VHTT`);
    seen.directive = editor.path();
    await editor.unfold('Mở đợt tuyên truyền');
    await editor.page.fill('#name', `Diệt muỗi ${size.width}`);
    await editor.page.fill('#from', '24/11/2026');
    await editor.sees('Thứ Ba');
    await editor.page.fill('#until', '29/11/2026');
    await editor.page
      .locator('.typed', { has: editor.page.locator('#until') })
      .getByRole('button')
      .click();
    await editor.page.locator('calendar-month button', { hasText: /^30$/ }).first().click();
    if ((await editor.page.inputValue('#until')) !== '30/11/2026') throw new Error('the calendar chooses another day');
    await editor.press('Mở đợt');
    await editor.follow('Soạn bài mới');
    seen.drafts = editor.path() + new URL(editor.page.url()).search;
  });

  await town.check('makes a script from a template, and sees how it is read and how long while typing', async () => {
    const form = await editor.unfold('Truyền thanh cơ sở');
    await editor.press('Tạo bài', form);
    await editor.sees('Bản đọc', 'Đọc chừng');
    seen.script = editor.path();
    const before = await estimate();
    await editor.page.fill('#title', `Phun hóa chất ${size.width}`);
    await editor.page.fill('#text', FIRST);
    await editor.awaits('mười lăm giờ ba mươi phút');
    if ((await estimate()) === before) throw new Error(`still "${before}"`);
    await editor.sees('Có chỗ chưa lưu', 'Đang đọc thử phần chưa lưu');
    await editor.press('Lưu thành bản mới');
    await editor.sees('bản 2');
  });

  await town.check(
    'presses a word to correct it here, takes that back, and corrects another in the script',
    async () => {
      await correct(editor, '15h30', 'ba rưỡi chiều', 'here');
      const own = await editor.unfold('Cách đọc riêng của bài này');
      await own.getByRole('button', { name: 'Bỏ' }).click();
      await editor.awaits('mười lăm giờ ba mươi phút');
      await correct(editor, '05/12/2026', `mùng năm tháng chạp lịch ${size.width === 390 ? 'nhỏ' : 'lớn'}`, 'script');
      await editor.shoot('bai-sua-doc');
    },
  );

  await town.check('follows the making of the clip on the page, and hears it from its wave', async () => {
    // After two corrections the page polls the state of the clips; those answers must not undo a click that happens
    // meanwhile.
    await editor.page.route('**/ban-thu', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, route.request().method() === 'GET' ? 300 : 600));
      await route.continue().catch(() => undefined);
    });
    await editor.page.evaluate("for (const n of [1, 2]) htmx.trigger(document.body, 'loa:doc', { n })");
    await makeClip(editor, 'bai-dang-dung');
    await editor.page.unrouteAll({ behavior: 'ignoreErrors' });
    const player = editor.page.locator('.player.ready').first();
    await hear(player.locator('audio'), () => player.locator('button').click());
    await player.locator('button').click();
    if (!(await player.locator('audio').evaluate((one) => one.paused))) throw new Error('it does not stop');
    await editor.shoot('bai-ban-thu');
  });

  await town.check('compares the words of two versions, and the channels side by side', async () => {
    await editor.page.fill('#text', SECOND);
    await editor.press('Lưu thành bản mới');
    await editor.open(`${seen.script}/so-sanh?tu=2&den=3`);
    const [gone] = await editor.page.locator('.diff del').allInnerTexts();
    const [come] = await editor.page.locator('.diff ins').allInnerTexts();
    if (gone !== '15h30' || come !== '14h') throw new Error(`"${gone}" became "${come}"`);
  });

  await town.check('records a voice and hears it before it is sent', async () => {
    await editor.context.grantPermissions(['microphone']);
    await editor.open(seen.script);
    const box = await editor.unfold('Dùng giọng người thật');
    await box.getByRole('button', { name: 'Bắt đầu thu' }).click();
    await box.locator('[data-show=time]', { hasText: '0:03' }).waitFor();
    await box.getByRole('button', { name: 'Dừng thu' }).click();
    const take = box.locator('[data-show=take] audio');
    await take.waitFor();
    await hear(take, () => take.evaluate((one) => one.play()));
    await editor.shoot('bai-thu-giong');
    await box.getByRole('button', { name: 'Dùng bản này' }).click();
    // A current ffmpeg makes a clip of it; an old one may not open files from outside, and the page says so.
    const taken = editor.page.locator('#ban-thu .clip', { hasText: '· giọng người thật' });
    const failed = editor.page.locator('#ban-thu .clip .note.bad');
    const refused = box.locator('[data-show=said].bad', { hasText: 'ffmpeg' });
    await taken.or(failed).or(refused).first().waitFor({ timeout: 90_000 });
    if (await failed.count()) throw new Error(await failed.first().innerText());
    seen.voice = (await taken.count()) > 0;
    if (!seen.voice) return;
    await hear(taken.locator('audio'), () => taken.locator('.player.ready button').click());
    await editor.shoot('bai-giong-nguoi-that');
  });

  await town.check('submits the script with that voice; and a text for the fanpage', async () => {
    await editor.open(seen.script);
    if (!seen.voice) await makeClip(editor);
    await editor.press('Gửi lãnh đạo duyệt');
    await editor.sees('Đã gửi lãnh đạo duyệt');
    await editor.open(seen.drafts);
    const own = await editor.unfold('Tự viết');
    await editor.page.selectOption('#channelKind', 'fanpage');
    await editor.page.fill('#title', `Mỗi tuần mười lăm phút ${size.width}`);
    await editor.page.fill('#text', POST);
    await editor.press('Tạo bài', own);
    seen.text = editor.path();
    await editor.press('Gửi lãnh đạo duyệt');
    await editor.sees('Đã gửi lãnh đạo duyệt');
  });
  seen.editor = editor;
}

/** Corrects the returned script and submits it again. */
export async function editorMends(town) {
  const { seen, size } = town;
  await town.check('the editor finds on the desk what came back and why, mends it and submits it again', async () => {
    const { editor } = seen;
    await editor.open('/ban-bien-tap');
    await editor.sees('Trả lại, cần sửa', 'Xin ghi rõ giờ kết thúc');
    await editor.follow(`Phun hóa chất ${size.width}`);
    await editor.page.fill('#text', SECOND.replace('14h', '14h đến 16h'));
    await editor.press('Lưu thành bản mới');
    await makeClip(editor);
    await editor.press('Gửi lãnh đạo duyệt');
    await editor.sees('Đã gửi lãnh đạo duyệt');
  });
}

/** Words that only this size of screen corrects, because both sizes share one installation. */
export async function editorTeaches(town) {
  const { seen, size, ward } = town;
  await town.check('corrects words for ever, of the ward and of everybody: other scripts read them so', async () => {
    const { editor } = seen;
    const mark = size === PHONE ? 'nhỏ' : 'lớn';
    const [ofWard, ofAll] = size === PHONE ? ['KTXN', 'BQLN'] : ['KTXL', 'BQLL'];
    const text = `Mời bà con đến ${ofWard} gặp ${ofAll} lúc 8 giờ.`;
    const write = async (title, unit) => {
      await editor.open(seen.drafts);
      const own = await editor.unfold('Tự viết');
      await editor.page.selectOption('#channelKind', 'ward-loudspeaker');
      await editor.page.selectOption('#unitId', { label: unit });
      await editor.page.fill('#title', `${title} ${size.width}`);
      await editor.page.fill('#text', text);
      await editor.press('Tạo bài', own);
    };
    const reading = () => editor.page.locator('#ban-doc .reading').innerText();
    const reads = async (...wanted) => {
      const words = (await reading()).replace(/\s+/g, ' ');
      for (const one of wanted) if (!words.includes(one)) throw new Error(`"${one}" is not read: ${words}`);
      return words;
    };
    await write('Dạy một từ', ward.name);
    await correct(editor, ofWard, `ký túc xá ${mark}`, 'unit');
    await correct(editor, ofAll, `ban quản lý ${mark}`, 'centre');
    await editor.page.reload();
    await reads(`ký túc xá ${mark}`, `ban quản lý ${mark}`);
    await write('Từ đã dạy', ward.name);
    await reads(`ký túc xá ${mark}`, `ban quản lý ${mark}`);
    await editor.shoot('bai-tu-da-day');
    await write('Từ của phường', 'Mọi đơn vị');
    const elsewhere = await reads(`ban quản lý ${mark}`);
    if (elsewhere.includes('ký túc xá')) throw new Error(`a word of one ward is read everywhere: ${elsewhere}`);
  });
}

export async function editorLooks(town) {
  const { seen, ward } = town;
  await lookOver(town, seen.editor, [
    ['/ban-bien-tap', 'ban-bien-tap'],
    ['/cong-van', 'cong-van'],
    ['/cong-van/moi', 'cong-van-moi'],
    [() => seen.directive, 'cong-van-mot'],
    ['/bai', 'bai'],
    [() => seen.drafts, 'bai-moi'],
    [() => seen.script, 'bai-viet'],
    [() => `${seen.script}?sua=1`, 'bai-sua'],
    [() => `${seen.script}/so-sanh`, 'so-sanh'],
    [() => `${seen.script}/canh-nhau`, 'canh-nhau'],
    [() => seen.plan, 'ke-hoach'],
    [() => `/lich?ngay=${day(1)}`, 'lich'],
    [() => `/lich/${ward.channel}?tuan=${day(1)}`, 'lich-tuan'],
    [() => `/lich/${ward.channel}/thang`, 'lich-thang'],
    [() => `/lich/${ward.channel}/dia-chi`, 'lich-dia-chi'],
    [() => seen.slot, 'lich-luot'],
    ['/khung-gio', 'khung-gio-bt'],
    ['/khong-co-trang-nay', 'loi'],
  ]);
}

/** Clicks a written form, sets its reading, and checks the result. */
async function correct({ page }, source, spoken, where) {
  await page.locator(`#ban-doc [data-at][title="Viết: ${source}"]`).first().click();
  await page.fill('#spoken', spoken);
  await page.locator(`#sua-doc [name=where][value=${where}]`).check();
  await page.locator('#sua-doc').getByRole('button', { name: 'Sửa cách đọc' }).click();
  await page.locator('#ban-doc .mark', { hasText: spoken }).waitFor();
}

async function makeClip(editor, shot) {
  const { page } = editor;
  await page.getByRole('button', { name: 'Tạo bản đọc' }).first().click();
  await page.locator('#ban-thu .working, #ban-thu .player.ready').first().waitFor();
  if (shot) await editor.shoot(shot);
  await page.locator('#ban-thu .player.ready').first().waitFor({ timeout: 180_000 });
  await page.locator('#ban-thu .working').waitFor({ state: 'detached', timeout: 180_000 });
}

/** The sample letter of the installation under the number of this story. */
function letter({ house, number }) {
  const sample = readFileSync(join(house.root, 'scripts-content', 'letters', 'sample-letter.txt'), 'utf8');
  return sample.replace('Số: 2614', `Số: ${number}`);
}
