import { ADMIN, day } from '../cast.mjs';
import { lookOver } from '../look-over.mjs';

/** Accounts, a station, the lexicon, a template, the policies of the place, and the audit log. */
export async function adminWorks(town) {
  let admin;
  const { size, ward } = town;

  await town.check('an administrator makes the accounts', async () => {
    admin = await town.enter(ADMIN);
    if (admin.path() !== '/nguoi-dung') throw new Error(`the administrator begins at ${admin.path()}`);
    for (const { username, name, role, unit, password } of Object.values(town.cast)) {
      await admin.unfold('Thêm người dùng');
      await admin.page.fill('#displayName', name);
      await admin.page.fill('#username', username);
      await admin.page.fill('#password', password);
      if (unit) await admin.page.selectOption('#unitCode', { label: unit });
      await admin.page.getByLabel(role, { exact: true }).check();
      await admin.press('Tạo tài khoản');
      await admin.sees(name);
    }
  });

  await town.check(
    'hands the leader a code for his phone, once; the new account waits for a second person',
    async () => {
      const { name } = town.cast.approver;
      await admin.open('/cho-xac-nhan');
      await admin.sees(`${ADMIN.name} đã tạo tài khoản này`);
      await admin.shoot('cho-xac-nhan');
      await admin.press('Cấp mã cài đặt', admin.page.locator('.row', { hasText: name }).last());
      await admin.sees(`Dành cho ${name}`);
      await admin.shoot('ma-cai-dat');
      town.seen.enrolmentCode = await admin.page.locator('code.secret').innerText();
      await admin.open('/nguoi-dung');
      await admin.sees('Chờ người thứ hai xác nhận');
    },
  );

  await town.check('gives a station its token, once', async () => {
    await admin.open('/tram');
    await admin.unfold('Thêm trạm');
    await admin.page.selectOption('#channelCode', 'truyen-thanh-phuong-tan-giang');
    await admin.page.fill('#name', `Nhà văn hóa tổ dân phố ${size.width}`);
    await admin.press('Cấp mã cho trạm');
    await admin.sees(`Mã của trạm Nhà văn hóa tổ dân phố ${size.width}`);
    await admin.shoot('tram-ma');
    await admin.open('/tram');
    if (await admin.page.locator('code.token').count()) throw new Error('the token is shown again');
    const row = admin.page.locator('tr', { hasText: `tổ dân phố ${size.width}` });
    await row.locator('summary', { hasText: 'Thu hồi' }).click();
    await admin.sees('không lấy được danh sách phát nữa');
    await admin.press('Thu hồi, trạm ngừng phát', row);
    await admin.sees('đã thu hồi');
  });

  await town.check('finds names without tone marks, while typing and on the server', async () => {
    await admin.open('/don-vi');
    const rows = admin.page.locator('#don-vi > tr:visible');
    const all = await rows.count();
    await admin.page.fill('[data-filter]', 'thach ha');
    const found = await rows.allInnerTexts();
    if (found.length >= all || !found.some((one) => one.includes('Thạch Hạ')))
      throw new Error(`found: ${found.join(' | ')}`);
    await admin.page.fill('[data-filter]', 'ha tinh');
    await admin.page.keyboard.press('Enter');
    await admin.page.waitForURL(/tim=ha/);
    await admin.sees('Thành phố Hà Tĩnh');
  });

  await town.check('teaches the dictionary a word, takes it away, and takes that back', async () => {
    await admin.open('/tu-dien');
    await admin.unfold('Thêm cách đọc');
    await admin.page.fill('#written', town.word);
    await admin.page.fill('#spoken', 'một hai ba');
    await admin.press('Thêm cách đọc');
    await admin.open(`/tu-dien?tim=${town.word}`);
    await admin.press('Xóa', admin.page.locator('tr', { hasText: town.word }));
    await admin.sees(`Đã bỏ “${town.word}” khỏi từ điển.`);
    await admin.press('Hoàn tác');
    await admin.open(`/tu-dien?tim=${town.word}`);
    await admin.sees('một hai ba');
  });

  await town.check('sees a template change while typing, is told of its fault, and keeps it', async () => {
    await admin.open(`/mau-bai/${town.template}`);
    const { page } = admin;
    const source = await page.inputValue('#source');
    await page.fill('#source', `${source.trimEnd()}\nMỗi nhà một việc ${size.width}.\n`);
    await page.locator('#xem-thu', { hasText: `Mỗi nhà một việc ${size.width}.` }).waitFor();
    await page.fill('#source', `${source}\n{{khong-co-o-nay}}`);
    await page.locator('#xem-thu .faults').waitFor();
    await page.fill('#source', `${source.trimEnd()}\nMỗi nhà một việc ${size.width}.\n`);
    await page.locator('#xem-thu .sample').waitFor();
    await page.fill('#note', 'Thêm lời nhắc');
    await admin.press('Lưu thành bản mới');
    await admin.sees('đang dùng', 'Thêm lời nhắc');
  });

  await town.check('sets a voice for a ward, takes in the holidays of the year, adds one and drops it', async () => {
    await admin.open('/giong-doc');
    await admin.page.selectOption('[name=cua]', { label: ward.name });
    await admin.press('Xem');
    await admin.page.fill('#rate', '150');
    await admin.press('Lưu');
    await admin.sees('Đã lưu');
    await admin.open('/khung-gio/luat/ngay-le');
    await admin.press('Nhập');
    const add = await admin.unfold('Thêm ngày');
    await add.locator('[name=date]').fill(day(20 + (size.width % 7)));
    await add.locator('[name=name]').fill(`Ngày hội ${size.width}`);
    await admin.press('Thêm ngày', add);
    const row = admin.page.locator('tr', { hasText: `Ngày hội ${size.width}` });
    await row.locator('summary', { hasText: 'Bỏ ngày này' }).click();
    await admin.press('Bỏ ngày này', row.locator('form'));
    if (await row.count()) throw new Error('the holiday is still there');
  });

  await town.check('changes one day of a window and takes it back', async () => {
    await admin.open(`/khung-gio/${ward.channel}`);
    await admin.follow('Đổi một ngày');
    await admin.page.fill('#date', day(15));
    await admin.page.selectOption('#kind', { index: 0 });
    await admin.page.fill('#reason', 'Lễ của phường');
    await admin.press('Đổi ngày này');
    await admin.sees('Lễ của phường');
    await admin.press('Hoàn tác');
    await admin.sees('Mọi ngày theo lịch thường.');
  });

  await town.check('reads the screens in English, and in Vietnamese again', async () => {
    await admin.open('/cai-dat');
    const menu = admin.page.getByRole('button', { name: 'Menu' });
    if (await menu.isVisible()) await menu.click();
    await admin.press('English');
    if ((await admin.page.locator('html').getAttribute('lang')) !== 'en') throw new Error('the page is not English');
    await admin.sees('Settings');
    const back = admin.page.getByRole('button', { name: 'All work', exact: false });
    if (await back.isVisible().catch(() => false)) await back.click();
    else if (await admin.page.locator('.menu-button').isVisible()) await admin.page.locator('.menu-button').click();
    await admin.press('Tiếng Việt');
    await admin.sees('Cài đặt', 'Tình trạng');
  });

  await town.check('finds in the book what was done, and that the book is whole', async () => {
    await admin.open('/nhat-ky');
    await admin.page.fill('#ai', 'quan tri');
    await admin.page.selectOption('#viec', { label: 'Mẫu bài' });
    await admin.press('Lọc');
    await admin.sees('Mẫu bài: sửa', ADMIN.name);
    await admin.press('Kiểm tra nguyên vẹn');
    await admin.sees(/Nhật ký còn nguyên vẹn: \d+ dòng/);
  });

  await lookOver(
    town,
    admin,
    [
      ['/nguoi-dung', 'nguoi-dung'],
      ['/cho-xac-nhan', 'cho-xac-nhan-2'],
      [() => town.seen.account, 'nguoi-dung-mot'],
      ['/tram', 'tram'],
      ['/don-vi', 'don-vi'],
      [`/don-vi/${ward.code}`, 'don-vi-mot'],
      ['/nhat-ky', 'nhat-ky'],
      ['/mau-bai', 'mau-bai'],
      [`/mau-bai/${town.template}`, 'mau-bai-mot'],
      ['/tu-dien', 'tu-dien'],
      ['/khung-gio', 'khung-gio'],
      [`/khung-gio/${ward.channel}`, 'khung-gio-kenh'],
      [`/khung-gio/${ward.channel}/mo-dau-ket-thuc`, 'mo-dau'],
      ['/khung-gio/luat/quy-dinh', 'quy-dinh'],
      ['/khung-gio/luat/ngay-le', 'ngay-le'],
      ['/giong-doc', 'giong-doc'],
      ['/cai-dat', 'cai-dat'],
      ['/bao-mat', 'bao-mat'],
      ['/bao-mat/mat-khau', 'mat-khau'],
    ].filter(([where]) => typeof where !== 'function' || where()),
  );
}
