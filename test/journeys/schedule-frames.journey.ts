import { DataSource } from 'typeorm';
import { Database } from '../../src/database/database.js';
import { FramesOfNothing1764300003000 } from '../../src/database/migrations/1764300003000-frames-of-nothing.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, NAM_HA, place, placed, type Refused } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { testDatabase } from '../support/test-database.js';

describe('every session has its opening and its closing', () => {
  let house: House;
  let editor: Client;
  let opening: ApprovedClip;
  let closing: ApprovedClip;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    opening = await clipOf(house, { title: 'Nhạc hiệu mở đầu', seconds: 20 });
    closing = await clipOf(house, { title: 'Lời kết', seconds: 10 });
    clip = await clipOf(house, { title: 'Bài', seconds: 60 });
  });
  afterAll(() => house.close());

  const set = (body: object) => editor.send('PUT', '/api/session-frames', body);
  const heard = async (date: string, channel = BAC_HA) => {
    const day = json<PlaylistDocument>(await editor.get(`/api/channels/${channel}/playlists/${date}.json`));
    return day.items.map(({ role, localTime, start }) => `${localTime} ${role} ${start.rule}`);
  };

  const roles = async (date: string) => (await heard(date)).map((line) => line.split(' ')[1]);
  const morning = async () => {
    const windows = json<{ id: string; start: string }[]>(await editor.get(`/api/channels/${BAC_HA}/windows`));
    return windows.find(({ start }) => start === '05:30')!.id;
  };

  it('frames what stands already, and only sessions in which something plays', async () => {
    await placed(editor, clip, at('05:40'));
    expect(await heard('2026-11-25')).toEqual(['05:40:00 item wait']);
    const answer = await set({
      unitCode: 'phuong-bac-ha',
      openingClipId: opening.clipId,
      closingClipId: closing.clipId,
    });
    expect(answer.status).toBe(204);
    await house.drain();
    expect(await heard('2026-11-25')).toEqual(['05:30:00 opening cut', '05:40:00 item wait', '05:41:02 closing next']);
    expect(json(await editor.get('/api/session-frames'))).toEqual({
      frames: [
        {
          unitCode: 'phuong-bac-ha',
          windowId: null,
          openingClipId: opening.clipId,
          closingClipId: closing.clipId,
          openingCall: false,
          closingCall: false,
          openingNone: false,
          closingNone: false,
        },
      ],
    });
  });

  it('the closing follows the last item, wherever that goes; the last item out takes both along', async () => {
    const later = await placed(editor, clip, at('06:00'));
    expect((await heard('2026-11-25')).at(-1)).toBe('06:01:02 closing next');
    await editor.post(`/api/slots/${later.id}/move`, { startsAt: at('06:10') });
    expect((await heard('2026-11-25')).at(-1)).toBe('06:11:02 closing next');
    const before = await editor.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.json`);
    const preview = await editor.post(`/api/slots/${later.id}/move`, { startsAt: at('06:20'), dryRun: true });
    expect(preview.status).toBe(200);
    const after = await editor.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.json`);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    await editor.post(`/api/slots/${later.id}/cancel`, { reason: 'Thôi' });
    expect((await heard('2026-11-25')).at(-1)).toBe('05:41:02 closing next');
    const evening = await placed(editor, clip, at('17:10'));
    expect((await heard('2026-11-25')).slice(3)).toEqual([
      '17:00:00 opening cut',
      '17:10:00 item wait',
      '17:11:02 closing next',
    ]);
    await editor.post(`/api/slots/${evening.id}/cancel`, { reason: 'Thôi' });
    expect(await heard('2026-11-25')).toHaveLength(3);
  });

  it('keeps the time of both free, for a person and for a plan', async () => {
    const early = await place(editor, clip, at('05:30', '2026-11-26'));
    expect(await codeOf(early)).toBe('409 overlap');
    expect(json<Refused>(early).details.meets).toMatchObject([{ title: 'Mở đầu buổi phát' }]);
    expect(json<Refused>(early).details.choices[0]).toMatchObject({
      choice: 'override',
      allowed: false,
      code: 'frame',
    });
    const late = await place(editor, clip, at('06:29', '2026-11-26'));
    expect(json<Refused>(late).details.meets).toMatchObject([{ title: 'Kết thúc buổi phát' }]);
    const last = json<Refused>(late).details.nearestFree[0]!;
    expect(last).toBe(at('06:30', '2026-11-26') - closing.durationMs - 2_000 - clip.durationMs);
    await placed(editor, clip, last);
    expect((await heard('2026-11-26')).at(-1)).toMatch(/^06:29:(49|50) closing next$/);

    const demand = { channelKind: 'ward-loudspeaker', clipId: clip.clipId, minPlaysPerDay: 3 };
    const plan = { demands: [demand], from: '2026-11-27', until: '2026-11-27' };
    expect((await editor.post(`/api/campaigns/${clip.campaignId}/plan`, plan)).status).toBe(200);
    const own = await heard('2026-11-27');
    expect(own.filter((line) => line.includes('opening'))).toEqual(['05:30:00 opening cut', '17:00:00 opening cut']);
    expect(own.filter((line) => line.includes('closing'))).toHaveLength(2);
    expect(own[1]! > '05:30:20').toBe(true);
    expect((await heard('2026-11-27', NAM_HA)).every((line) => line.includes('item'))).toBe(true);
  });

  it('a window’s own setting wins part by part, and null takes it away again', async () => {
    const windowId = await morning();
    expect((await set({ windowId, openingClipId: closing.clipId })).status).toBe(204);
    await house.drain();
    expect(await roles('2026-11-26')).toEqual(['opening', 'item', 'closing']);
    const [row] = await house.app
      .get(Database)
      .read()
      .findBy(Slot, { date: '2026-11-26', role: 'opening' as const });
    expect(row?.clipId).toBe(closing.clipId);
    expect((await set({ windowId, openingClipId: null })).status).toBe(204);
    await house.drain();
    expect((await heard('2026-11-26')).at(-1)).toMatch(/^06:29:(49|50) closing next$/);
    expect(json<{ frames: object[] }>(await editor.get('/api/session-frames')).frames).toHaveLength(1);
    expect(await codeOf(set({ windowId, unitCode: 'phuong-bac-ha' }))).toBe('400 malformed');
    expect(await codeOf(set({ unitCode: 'khong-co', openingClipId: opening.clipId }))).toBe('404 not-found');
  });

  it('a window says that nothing opens or closes it, whatever its unit has, and the time is free', async () => {
    const windowId = await morning();
    expect((await set({ windowId, openingNone: true, closingNone: true })).status).toBe(204);
    await house.drain();
    expect(await roles('2026-11-26')).toEqual(['item']);
    await placed(editor, clip, at('05:30', '2026-11-26'));
    expect((await heard('2026-11-27')).filter((line) => line.includes('opening'))).toEqual(['17:00:00 opening cut']);
    const stored = json<{ frames: { windowId: string | null }[] }>(await editor.get('/api/session-frames')).frames;
    expect(stored.find((one) => one.windowId === windowId)).toMatchObject({ openingNone: true, closingNone: true });
    // A chosen clip clears "none", and the other part stays.
    expect((await set({ windowId, closingClipId: opening.clipId })).status).toBe(204);
    await house.drain();
    expect(await roles('2026-11-27')).toEqual(['item', 'item', 'closing', 'opening', 'item', 'closing']);
    expect((await set({ windowId, openingNone: false, closingClipId: null })).status).toBe(204);
    await house.drain();
    expect(json<{ frames: object[] }>(await editor.get('/api/session-frames')).frames).toHaveLength(1);
    expect(await roles('2026-11-27')).toEqual(['opening', 'item', 'item', 'closing', 'opening', 'item', 'closing']);
    expect(await codeOf(set({ windowId, openingNone: true, openingClipId: opening.clipId }))).toBe('400 malformed');
    expect(await codeOf(set({ windowId, closingNone: true, closingCall: true }))).toBe('400 malformed');
    // A unit has no setting above it that it could exclude.
    expect(await codeOf(set({ unitCode: 'phuong-bac-ha', openingNone: true }))).toBe('400 malformed');
  });
});

it('windows that were set before parts followed the unit stay as silent as they were', async () => {
  const made = await testDatabase({ empty: true });
  const source = new DataSource(
    made.url ? { type: 'postgres', url: made.url } : { type: 'better-sqlite3', database: ':memory:' },
  );
  await source.initialize();
  try {
    await source.query(`CREATE TABLE session_frame (id varchar(36), unit_id varchar(36), window_id varchar(36),
      opening_clip_id varchar(36), closing_clip_id varchar(36), opening_call boolean, closing_call boolean)`);
    await source.query(`INSERT INTO session_frame VALUES
      ('unit', 'u', NULL, 'clip', NULL, false, false),
      ('clip', NULL, 'w1', 'clip', NULL, false, false),
      ('call', NULL, 'w2', NULL, NULL, false, true)`);
    await new FramesOfNothing1764300003000().up(source.createQueryRunner());
    const rows: { id: string; opening_none: unknown; closing_none: unknown }[] = await source.query(
      'SELECT id, opening_none, closing_none FROM session_frame ORDER BY id',
    );
    expect(rows.map((row) => [row.id, !!row.opening_none, !!row.closing_none])).toEqual([
      ['call', true, false],
      ['clip', false, true],
      ['unit', false, false],
    ]);
  } finally {
    await source.destroy();
    await made.drop();
  }
});
