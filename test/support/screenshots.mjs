/**
 * `npm run screenshots [-- NAME…]`: every screen of `screens.mjs` (or those whose name begins with NAME) with the
 * demo's data, at 1440, 1024 and 390 px, light, and dark or English where the list says so, into `screenshots/`. The
 * demo's data are made once and kept in `screenshots/.house` (LOA_SHOTS_HOUSE names another folder).
 */
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, houseAt, loa, openBrowser, root, serve, stop } from './browser-house.mjs';
import { screens } from './screens.mjs';

const widths = [1440, 1024, 390];
const people = {
  editor: { roles: ['editor'], name: 'Nguyễn Thị Minh Hằng' },
  approver: { roles: ['approver'], name: 'Trần Quốc Bảo' },
  operator: { roles: ['operator'], unitCode: 'phuong-bac-ha', name: 'Lê Văn Sơn' },
  'page-admin': { roles: ['page-admin'], name: 'Hồ Thanh Trang' },
  official: { roles: ['official'], name: 'Đặng Thu Hà' },
};
const DRAFT = `Ủy ban nhân dân phường Bắc Hà thông báo.

Từ 15h30 ngày 05/12/2026, Trạm Y tế phường tổ chức phun hóa chất diệt muỗi tại tổ dân phố 3, 4 và 5. Đề nghị các hộ che đậy thức ăn, đưa trẻ em và vật nuôi ra khỏi nhà ít nhất 45 phút.

Mọi thắc mắc xin gọi số 0239.3855.555 hoặc UBND phường, số 12/3 đường Nguyễn Du. Xin cảm ơn!`;
const ADMIN = { username: 'anh.chup', name: 'Phạm Quản Trị' };
const password = randomBytes(18).toString('base64url');
/** The password that the administrator chose; each person chooses his own at the first sign-in. */
const handedOut = randomBytes(18).toString('base64url');
const out = join(root, 'screenshots');
const kept = process.env.LOA_SHOTS_HOUSE ?? join(out, '.house');
const wanted = process.argv.slice(2);
/** Ids of what was made for the pictures. */
const made = {};

build();
mkdirSync(out, { recursive: true });
if (!existsSync(join(kept, 'data-demo'))) {
  process.stderr.write('Running the demo for its data (once)…\n');
  loa(['demo'], (await houseAt(kept)).env);
}
// A copy: the pictures add data to it, and the next run begins with the demo's data again.
const house = mkdtempSync(join(tmpdir(), 'loa-shots-'));
cpSync(join(kept, 'data-demo', 'media'), join(house, 'media'), { recursive: true });
cpSync(join(kept, 'data-demo'), join(house, 'data'), { recursive: true });
const { env, url } = await houseAt(house);
let running;
let browser;
try {
  loa(['admin', 'create', '--username', ADMIN.username, '--name', ADMIN.name], env, `${password}\n`);
  running = await serve({ env, url });
  browser = await openBrowser();
  const admin = await enter(ADMIN.username);
  await makePeople(admin);
  const desks = new Map([['admin', admin]]);
  await workInProgress(await enter('anh.editor'));
  const deskOf = async (who) => {
    if (!who) return browser.newContext();
    if (!desks.has(who)) desks.set(who, await enter(`anh.${who}`));
    return desks.get(who);
  };
  for (const screen of screens.filter(
    ({ name }) => wanted.length === 0 || wanted.some((one) => name.startsWith(one)),
  )) {
    await shoot(screen, await deskOf(screen.who));
  }
} finally {
  await browser?.close();
  if (running) await stop(running.server);
  rmSync(house, { recursive: true, force: true });
}

async function enter(username, word = password) {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  const page = await context.newPage();
  await page.goto(`${url}/dang-nhap`);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', word);
  await page.locator('main button').click();
  await page.waitForURL((where) => where.pathname !== '/dang-nhap');
  await page.close();
  return context;
}

async function makePeople(context) {
  const { csrfToken } = await (await context.request.get(`${url}/api/session`)).json();
  for (const [key, { roles, unitCode, name }] of Object.entries(people)) {
    const grants = roles.map((role) => ({ role, unitCode }));
    const answer = await context.request.post(`${url}/api/accounts`, {
      data: { username: `anh.${key}`, displayName: name, password: handedOut, grants },
      headers: { 'x-csrf-token': csrfToken },
    });
    if (!answer.ok()) throw new Error(`account ${key}: ${answer.status()} ${await answer.text()}`);
    await chooseOwn(`anh.${key}`);
  }
}

async function chooseOwn(username) {
  const context = await enter(username, handedOut);
  const { csrfToken } = await (await context.request.get(`${url}/api/session`)).json();
  const answer = await context.request.put(`${url}/api/session/password`, {
    data: { current: handedOut, next: password, repeated: password },
    headers: { 'x-csrf-token': csrfToken },
  });
  if (!answer.ok()) throw new Error(`password of ${username}: ${answer.status()} ${await answer.text()}`);
  await context.close();
}

/**
 * An editor's work between two campaigns: a draft in its second version with its clip, one that waits, one returned.
 */
async function workInProgress(context) {
  const { csrfToken } = await (await context.request.get(`${url}/api/session`)).json();
  const call = async (method, path, data) => {
    const answer = await context.request.fetch(url + path, { method, data, headers: { 'x-csrf-token': csrfToken } });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  };
  const { campaigns } = await call('GET', '/api/campaigns').then((all) =>
    Array.isArray(all) ? { campaigns: all } : all,
  );
  const campaignId = campaigns[0].id;
  const make = (title, text) =>
    call('POST', '/api/scripts', { campaignId, channelKind: 'ward-loudspeaker', title, text });
  const sound = async (versionId) => {
    await call('POST', `/api/versions/${versionId}/clips`, {});
    for (let tries = 0; tries < 120; tries++) {
      const clips = await call('GET', `/api/versions/${versionId}/clips`);
      if (clips.every(({ state }) => state !== 'waiting')) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('the clip was not made');
  };
  const waiting = await make('Phun hóa chất diệt muỗi đợt hai', DRAFT);
  await sound(waiting.versionId);
  await call('POST', `/api/versions/${waiting.versionId}/submit`, {});
  const draft = await make('Lịch phun hóa chất tại tổ dân phố 3, 4 và 5', DRAFT.replace('15h30', '14h'));
  const edited = { latestSeen: 1, title: 'Lịch phun hóa chất tại tổ dân phố 3, 4 và 5', text: DRAFT };
  await call('POST', `/api/scripts/${draft.scriptId}/versions`, edited);
  const { versions } = await call('GET', `/api/scripts/${draft.scriptId}`);
  await sound(versions[0].id);
  made.draft = draft.scriptId;
  made.waiting = waiting.versionId;
}

/** A day of Hà Tĩnh, `days` from now. */
function day(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at);
}

async function shoot({ name, path, dark, english }, context) {
  const page = await context.newPage();
  const find = async (from, selector) => {
    await page.goto(url + from);
    const href = await page.locator(selector).first().getAttribute('href', { timeout: 5000 });
    return href;
  };
  try {
    const where = typeof path === 'function' ? await path(find, day, made) : path;
    const take = async (suffix) => {
      await page.goto(url + where, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(out, `${name}-${suffix}.png`), fullPage: true });
    };
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await take(width);
      if (dark && width !== 1024) {
        await page.emulateMedia({ colorScheme: 'dark' });
        await take(`${width}-dark`);
        await page.emulateMedia({ colorScheme: 'light' });
      }
    }
    if (english) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await context.addCookies([{ name: 'loa-lang', value: 'en', url }]);
      await take('1440-en');
      await context.addCookies([{ name: 'loa-lang', value: 'vi', url }]);
    }
    console.log(`${name}  ${where}`);
  } catch (error) {
    console.log(`${name}  NOT TAKEN: ${String(error).split('\n')[0]}`);
    process.exitCode = 1;
  } finally {
    await page.close();
  }
}
