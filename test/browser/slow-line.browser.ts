import type { Browser, Page, Route } from 'playwright-core';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { approvedClip } from '../support/approved-clip.js';
import { openBrowser } from '../support/browser-house.mjs';
import { Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A slow connection: several requests start at one moment, and their answers overtake each other. */
describe('the page of a script loses nothing that was done', () => {
  let house: House;
  let browser: Browser;
  let editor: Client;
  let campaignId: string;
  let page: Page;

  beforeAll(async () => {
    house = await openHouse();
    campaignId = (await approvedClip(house)).campaignId;
    const account = { username: 'bien.tap', displayName: 'Biên Tập', password: PASSWORD, grants: [] };
    await house.app
      .get(Accounts)
      .create(systemActor('thử nghiệm'), { ...account, grants: [{ role: 'editor' as const }] });
    editor = await new Client(house.url).signIn(account.username, PASSWORD);
    browser = await openBrowser();
    page = await (await browser.newContext({ locale: 'vi-VN', reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${house.url}/dang-nhap`);
    await page.fill('[name=username]', account.username);
    await page.fill('[name=password]', PASSWORD);
    await Promise.all([page.waitForURL(/ban-bien-tap/), page.locator('main form button').first().click()]);
  }, 120_000);
  afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** A new script, open on the page; requests that contain `over` go through `line`. */
  async function open(
    text: string,
    line: (route: Route) => Promise<void>,
    over: string | RegExp = '**/ban-thu',
  ): Promise<void> {
    const asked = { campaignId, channelKind: 'ward-loudspeaker', title: 'Thử đường chậm', text };
    const { scriptId } = json<{ scriptId: string }>(await editor.post('/api/scripts', asked));
    await page.goto(`${house.url}/bai/${scriptId}`);
    await page.route(over, (route) => line(route).catch(() => undefined));
  }
  const corrections = (n: number) =>
    page.evaluate(`for (let n = 0; n < ${n}; n++) htmx.trigger(document.body, 'loa:doc')`);
  const press = (name: string) => page.getByRole('button', { name }).first().click();
  const working = () => page.locator('#ban-thu .working');

  it('a clip is followed that was ordered after two corrections at one moment', async () => {
    await open('Lúc 15h30, phường phun thuốc diệt muỗi.', async (route) => {
      await later(route.request().method() === 'GET' ? 700 : 1500);
      await route.continue();
    });
    await corrections(2);
    await press('Tạo bản đọc');
    await working().waitFor();
    await house.drain();
    await page.locator('#ban-thu .player.ready').waitFor();
    expect(await working().count()).toBe(0);
  });

  it('an answer from before the order, which comes after it, does not hide the clip', async () => {
    let posted: () => void = () => undefined;
    const order = new Promise<void>((resolve) => (posted = resolve));
    let first = true;
    await open('Lúc 16h, phường thu gom rác.', async (route) => {
      if (route.request().method() === 'POST') {
        await route.continue();
        await page.waitForResponse((one) => one.request().method() === 'POST');
        return posted();
      }
      if (!first) return route.continue();
      first = false;
      const old = await route.fetch();
      await order;
      await later(600);
      await route.fulfill({ response: old });
    });
    await corrections(1);
    await later(300);
    await press('Tạo bản đọc');
    await order;
    await later(800);
    await working().waitFor();
    await later(500);
    expect(await working().count()).toBe(1);
    await press('Dừng tạo');
    await page.locator('#ban-thu .note.bad', { hasText: 'Đã dừng' }).waitFor();
    expect(await working().count()).toBe(0);
  });

  it('an order that is refused says why beside the clips, without a page inside the page', async () => {
    await open('Bà con chú ý: ∮.', (route) => route.continue());
    await press('Tạo bản đọc');
    await page.locator('main .note.bad[role=alert]', { hasText: '∮' }).waitFor();
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('#ban-thu').count()).toBe(1);
  });

  it('what the server could not do is told though the form that asked has left the page', async () => {
    const told = { code: 'busy', message: 'Máy chủ đang bận.', messageEn: 'Busy.' };
    await open('Lúc 17h, phường họp tổ dân phố.', async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      await later(900);
      await route.fulfill({ status: 503, json: told });
    });
    await press('Tạo bản đọc');
    await corrections(1);
    await page.locator('main .note.bad', { hasText: told.message }).waitFor();
    expect(await page.locator('main .note.bad').count()).toBe(1);
  });

  it('a correction is seen though its form has made room for the next, which keeps what is typed', async () => {
    const slow = async (route: Route) => {
      if (route.request().method() === 'POST') await later(1200);
      await route.continue();
    };
    await open('Lúc 15h30 ngày 05/12/2026, phường phun thuốc.', slow, /\/doc(\/bo|\?|$)/);
    const choose = (source: string) => page.locator(`#ban-doc [data-at][title="Viết: ${source}"]`).click();
    await choose('15h30');
    await page.fill('#spoken', 'ba rưỡi chiều');
    await press('Sửa cách đọc');
    await choose('05/12/2026');
    await page.locator('.correction strong', { hasText: '05/12/2026' }).waitFor();
    await page.fill('#spoken', 'mùng năm tháng chạp');
    const decided = (words: string) => page.locator('#ban-doc .mark.decided', { hasText: words });
    await decided('ba rưỡi chiều').waitFor();
    expect(await page.inputValue('#spoken')).toBe('mùng năm tháng chạp');
    await press('Sửa cách đọc');
    await decided('mùng năm tháng chạp').waitFor();
    expect(await page.locator('.correction').count()).toBe(0);

    // Both are withdrawn at one moment: each answer arrives when the reading that held its form is gone.
    await page.locator('#ban-doc summary', { hasText: 'Cách đọc riêng của bài này' }).click();
    const back = page.locator('#ban-doc tbody button', { hasText: 'Bỏ' });
    await back.nth(0).click();
    await later(300);
    await back.nth(1).click();
    await page.locator('#ban-doc .mark.changed', { hasText: 'ba mươi phút' }).waitFor();
    await page.locator('#ban-doc .mark.changed', { hasText: 'tháng mười hai' }).waitFor();
    expect(await page.locator('#ban-doc').count()).toBe(1);
  });
});
