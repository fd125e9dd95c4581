import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { barriers, faults, paleText, unfold } from './on-page.mjs';
import { dragOnTheBoard } from './board.mjs';
import { enrolPhone } from './phone.mjs';
import { DESK, Person, PHONE } from './person.mjs';

export const ADMIN = { username: 'quan.tri', name: 'Quản Trị', password: 'mật khẩu của quản trị viên' };
const PASSWORD = 'mật khẩu chung của buổi thử';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const people = [
  { username: 'bien.tap', name: 'Nguyễn Thị Biên', role: 'Biên tập viên' },
  { username: 'lanh.dao', name: 'Trần Văn Duyệt', role: 'Lãnh đạo duyệt' },
  { username: 'truc.dai', name: 'Lê Thị Trực', role: 'Trực đài', unit: 'Phường Bắc Hà' },
  { username: 'truc.nam', name: 'Phan Văn Nam', role: 'Trực đài', unit: 'Phường Nam Hà' },
  { username: 'fanpage', name: 'Hồ Thị Trang', role: 'Quản trị fanpage' },
  { username: 'van.hoa', name: 'Đặng Văn Hóa', role: 'Cán bộ VHTT' },
];
const as = (username) => ({ username, password: PASSWORD });

/** A day of Hà Tĩnh, `days` from now. */
function day(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at);
}

/** The sample letter of the house; without it one of our own. */
function letter(root) {
  const sample = join(root, 'scripts-content', 'letters', 'sample-letter.txt');
  if (existsSync(sample)) return readFileSync(sample, 'utf8');
  const [year, month, date] = day(-2).split('-');
  return `ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 2024/UBND-VHTT\nV/v tuyên truyền phòng, chống sốt xuất huyết\n
Hà Tĩnh, ngày ${date} tháng ${month} năm ${year}\n
Kính gửi: Ủy ban nhân dân các phường, xã; Trung tâm Văn hóa - Truyền thông thành phố.\n
1. Ủy ban nhân dân các phường, xã tuyên truyền trên hệ thống truyền thanh cơ sở ít nhất 2 lần/ngày.\n
2. Trung tâm Văn hóa - Truyền thông đăng trên trang Fanpage của Trung tâm.\n
Nơi nhận:\n- Như trên;\n- Lưu: VT.\n`;
}

/** The whole work in a browser: people, letter, script, sound, approval on a phone, plan, the operator's day, the report. */
export async function walk({ browser, url, check, shots, root }) {
  const house = { browser, url, shots };
  const seen = {};
  const everyone = [];
  const enter = async (who, how) => {
    const person = await Person.enter(house, who, how);
    everyone.push(person);
    return person;
  };
  let editor;

  await check('an administrator makes the accounts', async () => {
    const admin = await enter(ADMIN);
    if (admin.path() !== '/nguoi-dung') throw new Error(`the administrator begins at ${admin.path()}`);
    for (const { username, name, role, unit } of people) {
      await admin.page.getByText('Thêm người dùng').click();
      await admin.page.fill('#displayName', name);
      await admin.page.fill('#username', username);
      await admin.page.fill('#password', PASSWORD);
      if (unit) await admin.page.selectOption('#unitCode', { label: unit });
      await admin.page.getByLabel(role, { exact: true }).check();
      await admin.press('Tạo tài khoản');
      await admin.sees(name);
    }
    await admin.open('/tram');
    await admin.page.getByText('Thêm trạm').click();
    await admin.page.selectOption('#channelCode', BAC_HA);
    await admin.page.fill('#name', 'Nhà văn hóa tổ dân phố 3');
    await admin.press('Cấp mã cho trạm');
    await admin.sees('Mã của trạm Nhà văn hóa tổ dân phố 3');
    await admin.shoot('tram-ma');
  });

  await check('an editor registers a letter and opens a campaign', async () => {
    editor = await enter(as('bien.tap'));
    await editor.shoot('bai-trong');
    await editor.open('/cong-van/moi');
    await editor.page.fill('#text', letter(root));
    await editor.press('Đọc và vào sổ');
    await editor.sees('Đã vào sổ', 'Nhiệm vụ trên các kênh');
    seen.directive = editor.path();
    await editor.page.getByText('Mở đợt tuyên truyền').first().click();
    await editor.page.fill('#from', day(0));
    await editor.page.fill('#until', day(6));
    await editor.press('Mở đợt');
    await editor.follow('Soạn bài mới');
    seen.drafts = editor.path() + new URL(editor.page.url()).search;
  });

  await check('makes a script from a template and sees how it will be read', async () => {
    const form = editor.page.locator('details', { hasText: 'Truyền thanh cơ sở' }).first();
    if (!(await form.getAttribute('open')) && (await form.getAttribute('open')) !== '')
      await form.locator('summary').click();
    await Promise.all([editor.page.waitForNavigation(), form.getByRole('button', { name: 'Tạo bài' }).click()]);
    await editor.sees('Bản đọc', 'Đọc chừng');
    seen.script = editor.path();
  });

  await check('the page follows the making of the clip by itself, and the clip is heard', async () => {
    await editor.page.getByRole('button', { name: 'Dựng bản thu' }).first().click();
    await editor.page.locator('.working, .player').first().waitFor();
    await editor.shoot('bai-dang-dung');
    await editor.page.locator('.player.ready').first().waitFor({ timeout: 180_000 });
    const seconds = await editor.page
      .locator('audio')
      .first()
      .evaluate(
        (audio) =>
          new Promise((resolve, reject) => {
            audio.onloadedmetadata = () => resolve(audio.duration);
            audio.onerror = () => reject(new Error(audio.error?.message ?? 'audio'));
            audio.preload = 'metadata';
            audio.load();
          }),
      );
    if (!(seconds > 5)) throw new Error(`the clip is ${seconds} s long`);
    await editor.shoot('bai-ban-thu');
    await editor.press('Trình duyệt');
    await editor.sees('Đã trình duyệt');
  });

  await check('a leader listens and approves on a phone', async () => {
    const leader = await enter(as('lanh.dao'), { size: PHONE });
    if (leader.path() !== '/duyet') throw new Error(`the leader begins at ${leader.path()}`);
    seen.phone = await enrolPhone(leader);
    await leader.shoot('duyet');
    await Promise.all([leader.page.waitForNavigation(), leader.page.locator('a.link').first().click()]);
    seen.decision = leader.path();
    await leader.shoot('duyet-bai');
    await leader.page.locator('.decide-more > summary').click();
    await leader.press('Trả lại người soạn');
    await leader.sees('Xin ghi lý do trả lại');
    await leader.page.fill('#comment', 'Đã nghe, nội dung đúng công văn.');
    await leader.press('Duyệt phát');
    await leader.sees('Đã duyệt.');
  });

  await check('the editor looks at the plan, makes it, and finds it in the week', async () => {
    await editor.open(seen.script);
    await editor.sees('Trần Văn Duyệt đã duyệt');
    await editor.shoot('bai-da-duyet');
    await editor.press('Xem kế hoạch');
    await editor.sees(/\d+ lượt mới/);
    seen.plan = editor.path() + new URL(editor.page.url()).search;
    await editor.shoot('xep-lich');
    await editor.page.locator('form[method=post] button', { hasText: 'vào lịch' }).click();
    await editor.page.waitForURL(/xong=da-xep-lich/);
    await editor.sees('đang đứng trong lịch');
    await editor.open(`/lich/${BAC_HA}?tuan=${day(1)}`);
    if ((await editor.page.locator('.slot').count()) < 2) throw new Error('the week is empty');
  });

  await check(
    'the operator sees the day on his phone and takes the playlist; a neighbour sees nothing of it',
    async () => {
      const operator = await enter(as('truc.dai'), { size: PHONE });
      if (operator.path() !== '/hom-nay') throw new Error(`the operator begins at ${operator.path()}`);
      await operator.shoot('hom-nay');
      await operator.open(`/hom-nay?kenh=${BAC_HA}&ngay=${day(1)}`);
      await operator.sees('Chờ phát', 'Lấy về máy của đài');
      await operator.shoot('ngay-mai');
      const href = await operator.page.getByRole('link', { name: 'M3U8' }).getAttribute('href');
      const list = await operator.context.request.get(url + href);
      if (list.status() !== 200 || !(await list.text()).startsWith('#EXTM3U'))
        throw new Error(`${href}: ${list.status()}`);
      const neighbour = await enter(as('truc.nam'), { size: PHONE });
      for (const path of [`/lich/${BAC_HA}`, `/hom-nay?kenh=${BAC_HA}`]) {
        const status = await neighbour.open(path);
        if (status !== 404) throw new Error(`${path}: ${status}`);
      }
      const stolen = await neighbour.context.request.get(url + href);
      if (stolen.status() !== 404) throw new Error(`a neighbour gets ${stolen.status()} for the playlist`);
    },
  );

  await check('everything works without scripts', async () => {
    const plain = await enter(as('bien.tap'), { scripts: false });
    await plain.open(seen.drafts);
    await plain.page.getByText('Tự viết').click();
    await plain.page.selectOption('#channelKind', 'fanpage');
    await plain.page.fill('#title', 'Mỗi tuần mười lăm phút');
    const text = 'Nhà nhà đổ nước đọng.\n\nKhông có bọ gậy, không có sốt xuất huyết!';
    await plain.page.fill('#text', text);
    await plain.page.locator('details[open]', { hasText: 'Tự viết' }).getByRole('button', { name: 'Tạo bài' }).click();
    await plain.sees('Đã lưu.', 'Bản nháp');
    const path = plain.path();
    await plain.page.getByRole('button', { name: 'Trình duyệt' }).click();
    await plain.sees('Đã trình duyệt');
    const leader = await enter(as('lanh.dao'), { size: PHONE, scripts: false });
    await leader.page.locator('a.link').first().click();
    // The code of the next half minute, since the one of this may have been used already.
    await leader.page.fill('#code', seen.phone.generate({ timestamp: Date.now() + 30_000 }));
    await leader.page.getByRole('button', { name: 'Duyệt phát' }).click();
    await leader.sees('Đã duyệt.');
    await plain.open(path);
    await plain.page.getByRole('button', { name: 'Hẹn giờ đăng' }).click();
    await plain.sees('Đã hẹn giờ đăng.');
    await plain.page.getByRole('link', { name: /Fanpage Trung tâm/ }).click();
    seen.post = plain.path();
    const copied = await plain.page.locator('#message').inputValue();
    if (copied !== text) throw new Error(`the text to copy is ${JSON.stringify(copied)}`);
  });

  await check('a slot is dragged on the board, seen beforehand, left, dragged again and kept', async () => {
    await dragOnTheBoard(await enter(as('bien.tap')), day(1));
  });

  const screens = [
    ['bien.tap', '/ban-bien-tap', 'ban-bien-tap'],
    ['bien.tap', '/cong-van', 'cong-van'],
    ['bien.tap', '/cong-van/moi', 'cong-van-moi'],
    ['bien.tap', () => seen.directive, 'cong-van-bai'],
    ['bien.tap', '/bai', 'bai'],
    ['bien.tap', () => seen.drafts, 'bai-moi'],
    ['bien.tap', () => seen.script, 'bai-viet'],
    ['bien.tap', () => `${seen.script}?sua=1`, 'bai-sua'],
    ['bien.tap', () => `${seen.script}/so-sanh`, 'so-sanh'],
    ['bien.tap', () => `${seen.script}/canh-nhau`, 'canh-nhau'],
    ['bien.tap', () => seen.plan, 'ke-hoach'],
    ['bien.tap', () => `/lich?ngay=${day(1)}`, 'lich'],
    ['bien.tap', () => `/lich/${BAC_HA}?tuan=${day(1)}`, 'lich-tuan'],
    ['bien.tap', () => `/lich/${BAC_HA}/thang`, 'lich-thang'],
    ['bien.tap', '/khong-co-trang-nay', 'loi'],
    ['lanh.dao', '/duyet', 'duyet-trong'],
    ['lanh.dao', () => seen.decision, 'duyet-xong'],
    ['truc.dai', '/hom-nay', 'hom-nay-2'],
    ['truc.dai', () => `/hom-nay?kenh=${BAC_HA}&ngay=${day(1)}`, 'ngay-mai-2'],
    ['fanpage', '/bai-dang', 'bai-dang'],
    ['fanpage', () => seen.post, 'bai-dang-mot'],
    ['van.hoa', '/bao-cao', 'bao-cao'],
    ['van.hoa', () => seen.directive?.replace('cong-van', 'bao-cao'), 'bao-cao-mot'],
    ['van.hoa', '/hom-nay', 'chon-kenh'],
    ['van.hoa', '/tien-do', 'tien-do'],
    ['van.hoa', () => seen.directive?.replace('cong-van', 'tien-do'), 'tien-do-mot'],
    [ADMIN.username, '/nguoi-dung', 'nguoi-dung'],
    [ADMIN.username, '/tram', 'tram'],
    [ADMIN.username, '/don-vi', 'don-vi'],
    [ADMIN.username, '/nhat-ky', 'nhat-ky'],
    [ADMIN.username, '/mau-bai', 'mau-bai'],
    [ADMIN.username, '/mau-bai/general.loudspeaker', 'mau-bai-mot'],
    [ADMIN.username, '/bao-mat', 'bao-mat'],
  ];
  for (const size of [DESK, PHONE]) {
    const present = new Map();
    for (const [who, where, name] of screens) {
      const path = typeof where === 'function' ? where() : where;
      await check(`${path.replace(/[0-9a-f-]{36}/, '…')} is in order at ${size.width} px`, async () => {
        if (!present.has(who)) present.set(who, await enter(who === ADMIN.username ? ADMIN : as(who), { size }));
        const person = present.get(who);
        const status = await person.open(path);
        if (status >= 400 && name !== 'loi') throw new Error(`${path}: ${status}`);
        await person.shoot(name);
        await unfold(person.page);
        const found = [
          ...(await faults(person.page)),
          ...(await paleText(person.page)),
          ...(await barriers(person.page)),
        ];
        await person.page.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await paleText(person.page)).map((one) => `dark ${one}`));
        if (name === 'bai-viet' || name === 'lich-tuan') await person.shoot(`${name}-toi`);
        await person.page.emulateMedia({ colorScheme: 'light' });
        if (found.length > 0) throw new Error(found.join('\n'));
      });
    }
    for (const person of present.values()) await person.leave();
  }

  await check('the door is in order, and the keyboard finds the way past the menu', async () => {
    for (const size of [DESK, PHONE]) {
      const context = await browser.newContext({ viewport: size, locale: 'vi-VN' });
      const page = await context.newPage();
      await page.goto(`${url}/bao-cao`);
      if (shots) await page.screenshot({ path: join(shots, `dang-nhap-${size.width}.png`) });
      const found = [...(await faults(page)), ...(await paleText(page)), ...(await barriers(page))];
      if (found.length > 0) throw new Error(found.join('\n'));
      await context.close();
    }
    await editor.open('/bai');
    await editor.page.keyboard.press('Tab');
    const first = await editor.page.locator(':focus').textContent();
    if (first !== 'Đến nội dung') throw new Error(`the first stop of the keyboard is "${first}"`);
  });

  await check('a report is printed without menus and buttons', async () => {
    const official = await enter(as('van.hoa'));
    await official.open(seen.directive.replace('cong-van', 'bao-cao'));
    await official.page.emulateMedia({ media: 'print' });
    for (const hidden of ['.top', '.no-print']) {
      if (await official.page.locator(hidden).first().isVisible()) throw new Error(`${hidden} is printed`);
    }
    await official.shoot('bao-cao-in');
  });

  await check('no browser complained', () => {
    const expected = /Failed to load resource.*(404|422|409)/;
    const complaints = everyone.flatMap((person) => person.complaints).filter((one) => !expected.test(one));
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
}
