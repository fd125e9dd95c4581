import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser } from '../support/browser-house.mjs';
import { PASSWORD } from '../support/house.js';
import { BAC_HA, openPayloadHouse, type PayloadHouse } from '../support/payload-house.js';
import { payloads } from '../support/payloads.js';
import { breakIn, provoke, type Watched, watchedPage } from './watched-page.mjs';

/** Pages side by side; more wait for the two cores of a small machine. */
const TABS = 3;
/** Number of pages that differ only in an id, a place or a day. The journey without a browser reads all of them. */
const MAX_OF_A_KIND = 6;
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}|\b(truyen-thanh-)?(phuong|xa)-[a-z-]+/g;
const here = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' } as const;
const DESK = { width: 1440, height: 900 };
/** Longer than any screen waits for the next keystroke. */
const TYPED_MS = 1_000;

type Open = (path: string) => Promise<unknown>;

describe('what people write is text in a browser, too', () => {
  let town: PayloadHouse;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    town = await openPayloadHouse();
    browser = await openBrowser();
    context = await browser.newContext(here);
    const page = await context.newPage();
    await page.goto(`${town.house.url}/dang-nhap`);
    await page.fill('[name=username]', town.username);
    await page.fill('[name=password]', PASSWORD);
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
    expect(new URL(page.url()).pathname).not.toBe('/dang-nhap');
    await page.close();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await town?.house.close();
  });

  it('on no page does a payload run, ask a stranger or make the policy report', async () => {
    const queue = ['/', '/bao-mat', '/lich?ngay=2026-11-25', '/khong-co-trang-nay'];
    for (const path of ['/lich?tim=', '/tien-do?tim=', '/tu-dien?tim=', '/don-vi?tim=', '/nhat-ky?ai=', '/bai?tim=']) {
      for (const payload of payloads.slice(0, 10)) queue.push(path + encodeURIComponent(payload));
    }
    const asked = new Set<string>();
    const kinds = new Map<string, number>();
    let pages = 0;
    const crawl = async (watched: Watched) => {
      for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
        const plainPath = path.split('#', 1)[0] ?? '';
        const kind = plainPath.replace(IDS, '…').replace(/=[^&]*/g, '');
        if (asked.has(plainPath) || (kinds.get(kind) ?? 0) >= MAX_OF_A_KIND) continue;
        asked.add(plainPath);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        const answer = await watched.page.goto(town.house.url + plainPath);
        if ((answer?.status() ?? 500) >= 500) watched.faults.push(`${plainPath}: ${answer?.status()}`);
        pages++;
        for (const href of await provoke(watched)) if (!/^\/(api|static|feeds)\//.test(href)) queue.push(href);
      }
    };
    const tabs = await Promise.all(Array.from({ length: TABS }, () => watchedPage(context, town.house.url)));
    await Promise.all(tabs.map(crawl));
    for (const { page } of tabs) await page.close();
    expect([...new Set(tabs.flatMap(({ faults }) => faults))].slice(0, 20)).toEqual([]);
    expect(pages).toBeGreaterThan(250);
    expect(kinds.size).toBeGreaterThan(120);
    // A payload that is on no page would have proved nothing.
    expect(new Set(tabs.flatMap(({ seen }) => [...seen])).size).toBe(payloads.length);
  }, 600_000);

  /** A browser context for each page, so that pages compute in parallel; no page waits for a further keystroke. */
  it('nor in what scripts draw: the board, a slot, a correction, previews while typing, a filter', async () => {
    const faults = await Promise.all([board, writing, template, filters].map(drawn));
    expect([...new Set(faults.flat())].slice(0, 20)).toEqual([]);
  }, 600_000);

  async function drawn(work: (watched: Watched, open: Open) => Promise<void>): Promise<string[]> {
    // The moved clock belongs to a whole context.
    const own = await browser.newContext({ ...here, viewport: DESK, storageState: await context.storageState() });
    await own.clock.install();
    const watched = await watchedPage(own, town.house.url);
    watched.page.setDefaultTimeout(60_000);
    await work(watched, (path) => watched.page.goto(town.house.url + path));
    await own.close();
    return watched.faults;
  }

  async function board(watched: Watched, open: Open): Promise<void> {
    const { page } = watched;
    await open(`/lich?ngay=2026-11-26&loai=ward-loudspeaker`);
    const slots = page.locator('#board .chip');
    await slots.first().waitFor();
    for (let n = 0; n < 4; n++) {
      await slots.nth(n).dispatchEvent('click', { detail: 1 });
      await page.locator('#slot-panel .slot-facts').waitFor();
      await provoke(watched);
    }
  }

  async function writing(watched: Watched, open: Open): Promise<void> {
    const { page } = watched;
    await open('/bai');
    const drafts = await page.locator('tr', { hasText: 'Bản nháp' }).locator('a').all();
    expect(drafts.length).toBeGreaterThan(10);
    for (const href of (await Promise.all(drafts.map((one) => one.getAttribute('href')))).slice(0, 6)) {
      await open(href ?? '');
      const written = await page.inputValue('#text');
      await page.locator('#ban-doc [data-at]').first().click();
      await page.locator('.correction').waitFor();
      for (const payload of payloads.slice(0, 4)) await type(watched, '#text', `Thử ${payload}`, /doc-thu$/);
      await page.fill('#text', written);
    }
  }

  async function template(watched: Watched, open: Open): Promise<void> {
    await open('/mau-bai/general.loudspeaker');
    const source = await watched.page.inputValue('#source');
    for (const payload of payloads.slice(0, 12)) await type(watched, '#source', `${source}\n${payload}`, /xem-thu$/);
  }

  async function filters(watched: Watched, open: Open): Promise<void> {
    await open(`/hom-nay?kenh=${BAC_HA}&ngay=2026-11-26`);
    await provoke(watched);
    for (const path of ['/don-vi', '/tram', '/nguoi-dung']) {
      await open(path);
      for (const payload of payloads.slice(0, 6)) await watched.page.fill('[data-filter]', payload);
      await provoke(watched);
    }
  }

  async function type(watched: Watched, field: string, text: string, answer: RegExp): Promise<void> {
    const { page } = watched;
    const drawn = page.waitForResponse(answer);
    await page.fill(field, text);
    await page.clock.fastForward(TYPED_MS);
    await (await drawn).finished();
    await provoke(watched);
  }

  it('and the watcher sees what it must see', async () => {
    const watched = await watchedPage(context, town.house.url);
    await watched.page.goto(`${town.house.url}/bao-mat`);
    await breakIn(watched);
    await provoke(watched);
    await watched.page.close();
    expect(watched.faults.join('\n')).toMatch(/the policy reports script-src/);
    expect(watched.faults.join('\n')).toMatch(/<img onerror> stands in the page/);
    expect(watched.faults.join('\n')).toMatch(/<a href=javascript:alert\(2\)> stands in the page/);
  });
});
