import { Database } from '../../src/database/database.js';
import type { PlaylistDocument } from '../../src/playlists/playlist.builder.js';
import { Slot } from '../../src/schedule/slot.entity.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, NAM_HA, place, placed, type Refused } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

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
    const rehearsal = await editor.post(`/api/slots/${later.id}/move`, { startsAt: at('06:20'), dryRun: true });
    expect(rehearsal.status).toBe(200);
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

  it('a window’s own setting wins, and null takes it away again', async () => {
    const windows = json<{ id: string; start: string }[]>(await editor.get(`/api/channels/${BAC_HA}/windows`));
    const windowId = windows.find(({ start }) => start === '05:30')!.id;
    expect((await set({ windowId, openingClipId: closing.clipId })).status).toBe(204);
    await house.drain();
    expect((await heard('2026-11-26')).map((line) => line.split(' ')[1])).toEqual(['opening', 'item']);
    const [row] = await house.app
      .get(Database)
      .read()
      .findBy(Slot, { date: '2026-11-26', role: 'opening' as const });
    expect(row?.clipId).toBe(closing.clipId);
    expect((await set({ windowId, openingClipId: null })).status).toBe(204);
    await house.drain();
    expect((await heard('2026-11-26')).at(-1)).toMatch(/^06:29:(49|50) closing next$/);
    expect(await codeOf(set({ windowId, unitCode: 'phuong-bac-ha' }))).toBe('400 malformed');
    expect(await codeOf(set({ unitCode: 'khong-co', openingClipId: opening.clipId }))).toBe('404 not-found');
  });
});
