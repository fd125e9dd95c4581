import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Channels } from '../../src/channels/channels.service.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Events } from '../../src/database/events.js';
import { PlaylistKey } from '../../src/playlists/playlist-key.service.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import { Playlist } from '../../src/playlists/playlist.entity.js';
import { verifyPlaylist } from '../../src/playlists/formats/playlist-signature.js';
import { PlaylistPublished } from '../../src/playlists/playlists.events.js';
import { CACHE_MS, Playlists } from '../../src/playlists/playlists.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { newSlot } from '../../src/schedule/slots/new-slot.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { SlotView } from '../../src/schedule/slots/slot-view.js';
import { newId } from '../../src/shared/ids.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const PUBLIC = 'https://loa.example.vn';

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh, in every installation here; the machine's own zone must not matter.
const at = (time: string, date = '2026-11-25') => instantOf(date, time, VIETNAM);
const pathOf = (code: string, date = '2026-11-25', format = 'json') =>
  `/api/channels/${code}/playlists/${date}.${format}`;

let house: House;
let editor: Client;
let clip: ApprovedClip;

beforeAll(async () => {
  house = await openHouse({ env: { LOA_PUBLIC_URL: PUBLIC } });
  editor = await house.person('editor');
  clip = await approvedClip(house, { title: 'Cài <Bluezone> & giữ khoảng cách', seconds: 60 });
});
afterAll(() => house.close());

async function place(startsAt: number, channelCode = BAC_HA): Promise<SlotView> {
  const body = { channelCode, clipId: clip.clipId, campaignId: clip.campaignId, startsAt };
  const answer = await editor.post('/api/slots', body);
  expect(answer.status).toBe(201);
  return json<SlotView>(answer);
}

async function documentOf(code: string, date?: string): Promise<PlaylistDocument> {
  return json<PlaylistDocument>(await editor.get(pathOf(code, date)));
}

describe('the list of one session', () => {
  it('holds what begins in its hours, in a file of its own name', async () => {
    const date = '2026-12-03';
    const [morning] = [await place(at('05:31', date)), await place(at('17:05', date))];
    const part = await editor.get(`${pathOf(BAC_HA, date, 'm3u8')}?from=05:30&until=06:00`);
    expect(part.status).toBe(200);
    expect(part.text.match(/#EXTINF/g)).toHaveLength(1);
    expect(part.text).toContain('# 05:31:00');
    expect(part.headers.get('content-disposition')).toBe(`attachment; filename="${BAC_HA}-${date}-0530.m3u8"`);
    const xspf = await editor.get(`${pathOf(BAC_HA, date, 'xspf')}?from=05:30&until=06:00`);
    expect(xspf.text.match(/urn:uuid:[0-9a-f-]+/g)).toEqual([`urn:uuid:${morning?.id}`]);
    expect((await editor.get(pathOf(BAC_HA, date, 'm3u8'))).text.match(/#EXTINF/g)).toHaveLength(2);
    expect((await editor.get(`${pathOf(BAC_HA, date, 'm3u8')}?from=5h`)).status).toBe(400);
  });
});

describe('the playlist of a day', () => {
  it('says what plays when, in three formats, signed', async () => {
    const slot = await place(at('05:40'));
    await place(at('05:30') + 7_000);
    const answer = await editor.get(pathOf(BAC_HA));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const document = json<PlaylistDocument>(answer);
    expect(document).toMatchObject({
      channel: { code: BAC_HA, name: 'Truyền thanh phường Bắc Hà' },
      date: '2026-11-25',
      zone: VIETNAM,
      version: 1,
      permitted: [{ from: '05:00', until: '21:00' }],
    });
    expect(document.items.map(({ localTime }) => localTime)).toEqual(['05:30:07', '05:40:00']);
    expect(document.items[1]).toEqual({
      kind: 'clip',
      role: 'item',
      start: { rule: 'wait', seconds: 60 },
      slotId: slot.id,
      startsAt: '2026-11-24T22:40:00.000Z',
      localTime: '05:40:00',
      endsAt: '2026-11-24T22:41:00.000Z',
      durationMs: 60_000,
      title: 'Cài <Bluezone> & giữ khoảng cách',
      campaign: 'Đợt Cài <Bluezone> & giữ khoảng cách',
      sha256: clip.sha256,
      bytes: slot.bytes,
      url: expect.stringMatching(new RegExp(`^/api/clips/${clip.sha256}\\.mp3\\?k=[\\w-]{43}$`)),
    });

    const pem = (await house.stranger().get('/api/playlist-key')).text;
    const signature = answer.headers.get('x-loa-signature') ?? '';
    expect(verifyPlaylist(answer.bytes, signature, pem)).toBe(true);
    const tampered = Buffer.from(answer.text.replace('05:40:00', '03:15:00'));
    expect(verifyPlaylist(tampered, signature, pem)).toBe(false);

    const m3u8 = await editor.get(pathOf(BAC_HA, '2026-11-25', 'm3u8'));
    expect(m3u8.headers.get('content-disposition')).toBe(`attachment; filename="${BAC_HA}-2026-11-25.m3u8"`);
    const [, second] = document.items;
    const path = second?.kind === 'clip' ? second.url : '';
    const lines = m3u8.text.split('\n').filter((line) => !line.startsWith('#') && line);
    expect(lines).toEqual([PUBLIC + path, PUBLIC + path]);
    // A plain player has no session: the address itself opens this file, and no other.
    expect((await house.stranger().get(path)).status).toBe(200);
    expect((await house.stranger().get(path.replace(/.$/, (c) => (c === 'A' ? 'E' : 'A')))).status).toBe(401);
    const other = `/api/clips/${'0'.repeat(64)}.mp3${path.slice(path.indexOf('?'))}`;
    expect((await house.stranger().get(other)).status).toBe(401);
    expect(m3u8.text).toContain('#EXTINF:60,Truyền thanh phường Bắc Hà - Cài <Bluezone> & giữ khoảng cách\n');
    const xspf = await editor.get(pathOf(BAC_HA, '2026-11-25', 'xspf'));
    expect(xspf.headers.get('content-type')).toBe('application/xspf+xml; charset=utf-8');
    expect(xspf.text).toContain('<title>Cài &lt;Bluezone&gt; &amp; giữ khoảng cách</title>');
    expect(xspf.text.match(/<duration>60000<\/duration>/g)).toHaveLength(2);
  });

  it('answers 304 to whoever holds it already, until it is another', async () => {
    const date = '2026-11-26';
    await place(at('05:30', date));
    for (const format of ['json', 'm3u8', 'xspf']) {
      const first = await editor.get(pathOf(BAC_HA, date, format));
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
      const again = await editor.get(pathOf(BAC_HA, date, format), { 'if-none-match': `"other", W/${etag}` });
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag]);
    }
    const { headers } = await editor.get(pathOf(BAC_HA, date));
    await place(at('05:40', date));
    const changed = await editor.get(pathOf(BAC_HA, date), { 'if-none-match': headers.get('etag') ?? '' });
    expect(changed.status).toBe(200);
    expect(json<PlaylistDocument>(changed).items).toHaveLength(2);
  });

  it('has a version that grows when what plays changes, and only then', async () => {
    const date = '2026-11-27';
    const published: PlaylistPublished[] = [];
    house.app.get(Events).on(PlaylistPublished, (event) => Promise.resolve(void published.push(event)));
    expect((await documentOf(NAM_HA, date)).version).toBe(0);
    const database = house.app.get(Database);
    expect(await database.read().countBy(Playlist, { date })).toBe(0);

    const slot = await place(at('05:30', date), NAM_HA);
    const together = await Promise.all(Array.from({ length: 30 }, () => documentOf(NAM_HA, date)));
    expect(new Set(together.map(({ version }) => version))).toEqual(new Set([1]));
    // Another day of the channel and another channel are not changed.
    await place(at('17:00', '2026-11-28'), NAM_HA);
    await place(at('17:00', date), BAC_HA);
    house.clock.advance(CACHE_MS);
    expect((await documentOf(NAM_HA, date)).version).toBe(1);

    const moved = await editor.post(`/api/slots/${slot.id}/move`, { startsAt: at('05:31', date) });
    expect(moved.status).toBe(200);
    expect(await documentOf(NAM_HA, date)).toMatchObject({ version: 2, items: [{ localTime: '05:31:00' }] });
    // The outcome of a slot does not change its playlist.
    await database.write((tx) => house.app.get(Schedule).finish(tx, slot.id, 'played', null));
    house.clock.advance(CACHE_MS);
    expect((await documentOf(NAM_HA, date)).version).toBe(2);
    const other = await place(at('05:40', date), NAM_HA);
    expect((await documentOf(NAM_HA, date)).version).toBe(3);
    await editor.post(`/api/slots/${other.id}/cancel`, { reason: 'Thử hủy' });
    expect(await documentOf(NAM_HA, date)).toMatchObject({ version: 4, items: [{ slotId: slot.id }] });

    const own = published.filter((event) => event.date === date && event.items > 0);
    expect(own.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    const [stored] = await database.read().findBy(Playlist, { date, version: 4 });
    const { headers, text } = await editor.get(pathOf(NAM_HA, date));
    expect([stored?.etag, stored?.json]).toEqual([headers.get('etag'), text]);
  });

  it('leaves out what lies outside the permitted hours, whoever put it there, and logs it', async () => {
    const date = '2026-11-29';
    const logged: string[] = [];
    const log = (line: unknown) => void logged.push(String(line));
    house.app.useLogger({ error: log, log: () => undefined, warn: () => undefined });
    const good = await place(at('05:40', date));
    const late = await place(at('17:58', date));
    await documentOf(BAC_HA, date);
    const channel = await house.app.get(Database).read().findOneByOrFail(Channel, { code: BAC_HA });
    const night = newSlot({
      id: newId(house.clock.now()),
      key: 'written straight',
      channelId: channel.id,
      windowId: null,
      date,
      campaignId: clip.campaignId,
      obligationId: null,
      clipId: clip.clipId,
      startsAt: at('03:15', date),
      endsAt: at('03:16', date),
      state: 'planned',
      reason: null,
      why: 'Tiếp sóng đặt sai.',
      createdAt: house.clock.now(),
      createdBy: null,
    });
    const database = house.app.get(Database);
    await database.write((tx) => tx.insert(Slot, night));
    house.clock.advance(CACHE_MS);
    expect((await documentOf(BAC_HA, date)).items.map(({ slotId }) => slotId)).toEqual([good.id, late.id]);
    expect(logged.filter((line) => line.includes(night.id))).toHaveLength(1);

    // The committee ends the day at 17:30: later slots are silent, although the schedule still has them.
    await database.write((tx) =>
      tx.update(Channel, { id: channel.id }, { permitted: [{ from: '05:00', until: '17:30' }] }),
    );
    house.clock.advance(CACHE_MS);
    const after = await documentOf(BAC_HA, date);
    expect(after.items.map(({ slotId }) => slotId)).toEqual([good.id]);
    expect(after).toMatchObject({ version: 2, permitted: [{ from: '05:00', until: '17:30' }] });
    await database.write(async (tx) => {
      await tx.update(Channel, { id: channel.id }, { permitted: [{ from: '05:00', until: '21:00' }] });
      house.app.get(Playlists).forget(tx);
    });
    expect((await documentOf(BAC_HA, date)).items).toHaveLength(2);
  });

  it('is for signed-in people of that ward, and says of others what it says of nothing', async () => {
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect((await operator.get(pathOf(BAC_HA))).status).toBe(200);
    const foreign = await operator.get(pathOf(NAM_HA));
    const missing = await operator.get(pathOf('khong-co'));
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect((await house.stranger().get(pathOf(BAC_HA))).status).toBe(401);
    const fanpage = await editor.get(pathOf('fanpage-thanh-pho'));
    expect([fanpage.status, fanpage.text]).toEqual([404, missing.text]);
    for (const name of ['2026-11-25.exe', '2026-02-30.json', '1999-01-01.json', '2026-11-25', 'x%00.json']) {
      expect((await editor.get(`/api/channels/${BAC_HA}/playlists/${name}`)).status).toBe(404);
    }
  });
});

describe('the sound of a clip', () => {
  const sound = () => `/api/clips/${clip.sha256}.mp3`;
  const file = () =>
    readFileSync(join(house.app.get(Config).mediaDir, 'clips', clip.sha256.slice(0, 2), `${clip.sha256}.mp3`));

  it('is sent whole, once', async () => {
    const answer = await editor.get(sound());
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(file())).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/mpeg',
      'accept-ranges': 'bytes',
      'content-length': String(file().length),
      etag: `"${clip.sha256}"`,
      'cache-control': 'private, no-cache',
    });
    const again = await editor.get(sound(), { 'if-none-match': `"${clip.sha256}"` });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, Infinity],
    ['bytes=-50', -50, Infinity],
    ['bytes=10-999999999', 10, Infinity],
  ])('sends the range %s', async (range, from, until) => {
    const whole = file();
    const expected = whole.subarray(from, until === Infinity ? undefined : until);
    const answer = await editor.get(sound(), { range });
    expect(answer.status).toBe(206);
    expect(answer.bytes.equals(expected)).toBe(true);
    const start = from < 0 ? whole.length + from : from;
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${start + expected.length - 1}/${whole.length}`);
    expect(answer.headers.get('content-length')).toBe(String(expected.length));
  });

  it('answers what it cannot or need not cut', async () => {
    const beyond = await editor.get(sound(), { range: `bytes=${file().length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${file().length}`]);
    expect(json<{ code: string }>(beyond).code).toBe('range-not-satisfiable');
    for (const range of ['bytes=0-1,5-6', 'bytes=9-1', 'chars=0-1', 'bytes=x']) {
      const answer = await editor.get(sound(), { range });
      expect([answer.status, answer.bytes.length]).toEqual([200, file().length]);
    }
    const held = await editor.get(sound(), { range: 'bytes=0-9', 'if-range': `"${clip.sha256}"` });
    const stale = await editor.get(sound(), { range: 'bytes=0-9', 'if-range': '"something else"' });
    expect([held.status, stale.status]).toEqual([206, 200]);
  });

  it('tells its length to HEAD', async () => {
    const head = await editor.send('HEAD', sound());
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
      200,
      String(file().length),
      0,
    ]);
    const list = await editor.send('HEAD', pathOf(BAC_HA));
    expect([list.status, Number(list.headers.get('content-length')) > 100]).toEqual([200, true]);
  });

  it('is heard by an operator when his ward plays it, and by nobody who is not signed in', async () => {
    const bacHa = await house.person('operator', 'phuong-bac-ha');
    const dongMon = await house.person('operator', 'xa-dong-mon');
    expect((await bacHa.get(sound())).status).toBe(200);
    const foreign = await dongMon.get(sound());
    const missing = await editor.get(`/api/clips/${'0'.repeat(64)}.mp3`);
    expect([foreign.status, missing.status, foreign.text]).toEqual([404, 404, missing.text]);
    expect((await house.stranger().get(sound())).status).toBe(401);
    for (const name of ['x', `${clip.sha256}.wav`, `${clip.sha256.toUpperCase()}.mp3`, '..%2f..%2fetc%2fpasswd']) {
      const answer = await editor.get(`/api/clips/${name}`);
      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    }
  });
});

describe('the key', () => {
  it('is made once, for the eyes of the server only, and survives a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'loa-key-'));
    try {
      const first = await openHouse({ dir });
      const pem = first.app.get(PlaylistKey).publicPem;
      const file = join(first.app.get(Config).dataDir, 'keys', 'playlist.ed25519.pem');
      await first.close();
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const second = await openHouse({ dir });
      expect(second.app.get(PlaylistKey).publicPem).toBe(pem);
      await second.close();
      writeFileSync(file, 'not a key');
      // A database that has seen the key reports another key; a new one, on PostgreSQL, that the file is no key.
      const code = expect.stringMatching(/^(other-keys|bad-playlist-key)$/) as string;
      await expect(openHouse({ dir })).rejects.toMatchObject({ code });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('signs what services hand to stations as well', async () => {
    const [channel] = await house.app.get(Channels).list('ward-loudspeaker');
    const day = await house.app.get(Playlists).day(channel!.id, '2026-11-25');
    expect(verifyPlaylist(Buffer.from(day.json), day.signature, house.app.get(PlaylistKey).publicPem)).toBe(true);
    expect([day.items, day.m3u8.startsWith('#EXTM3U\n'), day.xspf.startsWith('<?xml')]).toEqual([
      (JSON.parse(day.json) as PlaylistDocument).items.length,
      true,
      true,
    ]);
  });
});
