import { request } from 'node:http';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Playlist } from '../../src/playlists/playlist.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { approvedClip } from '../support/approved-clip.js';
import type { Client } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const CHANNEL = 'truyen-thanh-phuong-bac-ha';
const LIST = `/api/channels/${CHANNEL}/playlists/2026-11-25`;
const FEED = '/feeds/trang-tin-phuong-bac-ha';
const robot = systemActor('thử nghiệm');

interface Seen {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** One request under any host, which `fetch` does not let a caller choose. */
function ask(house: House, path: string, headers: Record<string, string>, by?: Client): Promise<Seen> {
  const cookie = by ? { cookie: `loa=${by.cookie('loa') ?? ''}` } : {};
  return new Promise((resolve, reject) => {
    const sent = request(house.url + path, { headers: { ...cookie, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject).end();
  });
}

/** A house with a clip that aired in Bắc Hà, and an editor. */
async function aired(env: Record<string, string>): Promise<{ house: House; editor: Client }> {
  const house = await openHouse({ env });
  const editor = await house.person('editor');
  const { clipId, campaignId } = await approvedClip(house, { title: 'Giữ sạch ngõ phố', seconds: 30 });
  const startsAt = instantOf('2026-11-25', '05:40', VIETNAM);
  const slot = await house.app.get(Schedule).place(robot, { channelCode: CHANNEL, clipId, campaignId, startsAt });
  await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, slot.id, 'played', null));
  return { house, editor };
}

/** Every address of an answer, with scheme and host only. */
const hostsIn = (text: string) =>
  new Set([...text.matchAll(/https?:\/\/(?!xspf\.org|www\.w3\.org|jsonfeed\.org)[^/\s"<]+/g)].map(([host]) => host));

describe('without LOA_PUBLIC_URL', () => {
  let house: House;
  let editor: Client;
  beforeAll(async () => ({ house, editor } = await aired({})));
  afterAll(() => house.close());

  it('lists and feeds have the address by which their reader came', async () => {
    for (const host of ['192.168.1.20:3000', 'loa.bac-ha.vn']) {
      for (const format of ['m3u8', 'xspf'])
        expect(hostsIn((await ask(house, `${LIST}.${format}`, { host }, editor)).text)).toEqual(
          new Set([`http://${host}`]),
        );
      for (const file of ['rss.xml', 'feed.json'])
        expect(hostsIn((await ask(house, `${FEED}/${file}`, { host })).text)).toEqual(new Set([`http://${host}`]));
    }
  });

  it('a stranger who names another host poisons nothing that is stored, signed, tagged or cached for others', async () => {
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const good = { host: 'loa.bac-ha.vn' };
    for (const path of [`${LIST}.m3u8`, `${LIST}.xspf`, `${FEED}/rss.xml`, `${FEED}/feed.json`]) {
      const his = await ask(house, path, evil, editor);
      const ours = await ask(house, path, good, editor);
      expect([path, ours.text.includes('evil')]).toEqual([path, false]);
      expect(ours.headers['etag']).not.toBe(his.headers['etag']);
      const again = await ask(house, path, { ...good, 'if-none-match': String(his.headers['etag']) }, editor);
      expect([path, again.status]).toEqual([path, 200]);
      // No cache that many share may keep what one request's host decided.
      expect(String(ours.headers['cache-control'])).not.toContain('public');
    }
    const signed = await Promise.all([evil, good].map((headers) => ask(house, `${LIST}.json`, headers, editor)));
    expect(signed[0]?.text).toBe(signed[1]?.text);
    expect(signed[0]?.headers['x-loa-signature']).toBe(signed[1]?.headers['x-loa-signature']);
    const rows = await house.app.get(Database).read().find(Playlist);
    for (const { json, m3u8, xspf } of rows) expect(json + m3u8 + xspf).not.toMatch(/evil|bac-ha\.vn|127\.0\.0\.1/);
    expect(rows.map(({ version }) => version)).toEqual(rows.map(() => 1));
  });

  it('forwarded headers are nobody’s word without a trusted proxy, and a host that is none is left out', async () => {
    const forwarded = { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '203.0.113.7' };
    const direct = await ask(house, `${LIST}.m3u8`, { host: 'loa.bac-ha.vn', ...forwarded }, editor);
    expect(hostsIn(direct.text)).toEqual(new Set(['http://loa.bac-ha.vn']));
    // A proxy that passes on its own name for Loa: for the reader behind it that is another machine.
    const through = await ask(house, `${LIST}.m3u8`, { host: '127.0.0.1:3000', ...forwarded }, editor);
    expect(hostsIn(through.text)).toEqual(new Set());
    expect(through.text).toContain('\n/api/clips/');
    for (const host of ['"><script>alert(1)</script>', 'a b', 'user@evil.example', 'evil.example/x?']) {
      const feed = await ask(house, `${FEED}/rss.xml`, { host });
      expect([host, hostsIn(feed.text)]).toEqual([host, new Set()]);
      expect(feed.text).not.toMatch(/<script|evil/);
    }
  });

  it('the pages give a station and a phone the address that their reader uses, and warn of one that only the server knows', async () => {
    const admin = await house.person('admin');
    const page = async (path: string, host: string) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await ask(house, path, { host }, admin)).text)?.[1] ?? '';
      return token;
    };
    expect(await page('/tram', 'loa.bac-ha.vn')).not.toBe('');
    const settings = (await ask(house, '/cai-dat', { host: 'loa.bac-ha.vn' }, admin)).text;
    expect(settings).toContain('Chỉ máy này mở được Loa');
    const calendar = await admin.post(
      `/lich/${CHANNEL}/dia-chi`,
      new URLSearchParams({ _csrf: await page(`/lich/${CHANNEL}/dia-chi`, '127.0.0.1') }),
    );
    expect(calendar.text).toContain('Điện thoại chưa mở được địa chỉ này');
  });
});

describe('behind a trusted proxy', () => {
  it('the last host and scheme that the proxy forwarded count', async () => {
    const { house, editor } = await aired({ LOA_TRUST_PROXY: 'true' });
    const headers = {
      host: '127.0.0.1:3000',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'evil.example, loa.tinh.vn',
      'x-forwarded-proto': 'https',
    };
    const list = await ask(house, `${LIST}.m3u8`, headers, editor);
    expect(hostsIn(list.text)).toEqual(new Set(['https://loa.tinh.vn']));
    await house.close();
  });
});

describe('with LOA_PUBLIC_URL', () => {
  it('no host of a request counts', async () => {
    const { house, editor } = await aired({ LOA_PUBLIC_URL: 'http://loa.tinh.vn/loa' });
    for (const path of [`${LIST}.m3u8`, `${LIST}.xspf`, `${FEED}/rss.xml`, `${FEED}/feed.json`]) {
      const { text } = await ask(house, path, { host: 'evil.example' }, editor);
      expect([path, hostsIn(text)]).toEqual([path, new Set(['http://loa.tinh.vn'])]);
      expect(text).toContain('http://loa.tinh.vn/loa/');
    }
    await house.close();
  });
});
