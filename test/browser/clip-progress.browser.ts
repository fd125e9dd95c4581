import type { Browser, Page, Route } from 'playwright-core';
import { Accounts } from '../../src/people/accounts.service.js';
import { systemActor } from '../../src/people/actor.js';
import { approvedClip } from '../support/approved-clip.js';
import { openBrowser } from '../support/browser-house.mjs';
import { Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A slow line: several things are asked at one moment, and their answers overtake each other. */
describe('a clip that is asked for stays in sight, whatever else the page asks meanwhile', () => {
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

  /** A new script, open on the page; what its clips are asked over goes through `line`. */
  async function open(text: string, line: (route: Route) => Promise<void>): Promise<void> {
    const asked = { campaignId, channelKind: 'ward-loudspeaker', title: 'Thử đường chậm', text };
    const { scriptId } = json<{ scriptId: string }>(await editor.post('/api/scripts', asked));
    await page.goto(`${house.url}/bai/${scriptId}`);
    await page.route('**/ban-thu', (route) => line(route).catch(() => undefined));
  }
  const corrections = (n: number) =>
    page.evaluate(`for (let n = 0; n < ${n}; n++) htmx.trigger(document.body, 'loa:doc')`);
  const press = (name: string) => page.getByRole('button', { name }).first().click();
  const working = () => page.locator('#ban-thu .working');

  it('after two corrections at one moment, while each of their answers takes a second', async () => {
    await open('Lúc 15h30, phường phun thuốc diệt muỗi.', async (route) => {
      await later(route.request().method() === 'GET' ? 700 : 1500);
      await route.continue();
    });
    await corrections(2);
    await press('Dựng bản thu');
    await working().waitFor();
    await house.drain();
    await page.locator('#ban-thu .player.ready').waitFor();
    expect(await working().count()).toBe(0);
  });

  it('and an answer from before the order, which comes after it, does not hide it', async () => {
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
    await press('Dựng bản thu');
    await order;
    await later(800);
    await working().waitFor();
    await later(500);
    expect(await working().count()).toBe(1);
    await press('Dừng dựng');
    await page.locator('#ban-thu .note.bad', { hasText: 'Đã dừng' }).waitFor();
    expect(await working().count()).toBe(0);
  });

  it('and one that is refused says why, beside the clips, without a page inside the page', async () => {
    await open('Bà con chú ý: ∮.', (route) => route.continue());
    await press('Dựng bản thu');
    await page.locator('main .note.bad[role=alert]', { hasText: '∮' }).waitFor();
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('#ban-thu').count()).toBe(1);
  });
});
