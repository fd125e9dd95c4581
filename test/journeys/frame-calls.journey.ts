import { createHash } from 'node:crypto';
import { Database } from '../../src/database/database.js';
import { Job } from '../../src/jobs/job.entity.js';
import { StationIdent } from '../../src/audio/idents/station-ident.entity.js';
import type { PlaylistDocument, ClipItem } from '../../src/playlists/formats/playlist-document.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Units } from '../../src/people/units/units.service.js';
import { IdentScheduler } from '../../src/schedule/plans/ident-scheduler.service.js';
import type { DayView } from '../../src/schedule/calendar/day-view.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, NAM_HA, place, placed, type Refused } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';
import { zipEntries } from '../support/zip-entries.js';

const hashOfBytes = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a session opens and closes with the station ident of its day', () => {
  let house: House;
  let editor: Client;
  let admin: Client;
  let standIn: ApprovedClip;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    await enter();
    standIn = await clipOf(house, { title: 'Nhạc hiệu chung', seconds: 20 });
    clip = await clipOf(house, { title: 'Bài', seconds: 60 });
  });
  afterAll(() => house.close());

  /** Sessions end when the clock is moved far. */
  const enter = async () => {
    editor = await house.person('editor');
    admin = await house.person('admin');
  };
  const set = (body: object) => editor.send('PUT', '/api/session-frames', body);
  const day = async (date: string) =>
    json<PlaylistDocument>(await editor.get(`/api/channels/${BAC_HA}/playlists/${date}.json`));
  const heard = async (date: string) =>
    (await day(date)).items.map(({ role, localTime, title }) => `${localTime.slice(0, 5)} ${role} ${title}`);
  const shown = async (date: string) => {
    const answer = await editor.get(`/api/channels/${BAC_HA}/slots?date=${date}`);
    return json<{ days: [DayView] }>(answer).days[0];
  };
  const bookend = async (date: string, role: 'opening' | 'closing') =>
    (await day(date)).items.find((item) => item.role === role) as ClipItem;
  const idents = (date: string) =>
    house.app
      .get(Database)
      .read()
      .find(StationIdent, { where: { date }, order: { createdAt: 'ASC' } });

  it('until the call is made, its room is kept free and the clip stands in its place', async () => {
    await placed(editor, clip, at('05:40'));
    const answer = await set({
      unitCode: 'phuong-bac-ha',
      openingCall: true,
      closingCall: true,
      openingClipId: standIn.clipId,
    });
    expect(answer.status).toBe(204);
    expect(json(await editor.get('/api/session-frames'))).toEqual({
      frames: [
        {
          unitCode: 'phuong-bac-ha',
          windowId: null,
          openingClipId: standIn.clipId,
          closingClipId: null,
          openingCall: true,
          closingCall: true,
          openingNone: false,
          closingNone: false,
        },
      ],
    });
    await placed(editor, clip, at('06:00', '2026-12-20'));
    const heardFar = await heard('2026-12-20');
    expect(heardFar).toEqual(['05:30 opening Mở đầu buổi phát', '06:00 item Bài']);
    const early = await place(editor, clip, at('05:30', '2026-12-20'));
    expect(await codeOf(early)).toBe('409 overlap');
    const free = (answer: Refused) => answer.details.nearestFree;
    const behind = free(json<Refused>(early)).filter((one) => one > at('05:30', '2026-12-20'))[0]!;
    // The clip is longer than the reserved time of the ident, and either may be played.
    expect(behind - at('05:30', '2026-12-20')).toBe(standIn.durationMs);
    const late = await place(editor, clip, at('06:29', '2026-12-20'));
    expect(await codeOf(late)).toBe('409 overlap');
    const last = Math.max(...free(json<Refused>(late)).filter((one) => one < at('06:29', '2026-12-20')));
    const kept = at('06:30', '2026-12-20') - (last + clip.durationMs);
    expect(kept).toBeGreaterThan(14_000);
    expect(kept).toBeLessThan(25_000);
  });

  it('the calls of the days to come are ordered without anybody asking, and take their place when they are ready', async () => {
    await house.drain();
    expect(await heard('2026-11-25')).toEqual([
      '05:30 opening Nhạc hiệu mở đầu, Thứ Tư ngày 25 tháng 11',
      '05:40 item Bài',
      '05:41 closing Lời chào kết thúc, Thứ Tư ngày 25 tháng 11',
    ]);
    const opening = await bookend('2026-11-25', 'opening');
    const [call] = (await idents('2026-11-25')).filter(({ part }) => part === 'opening');
    expect(opening).toMatchObject({
      kind: 'clip',
      sha256: call!.sha256,
      bytes: call!.bytes,
      durationMs: call!.durationMs,
    });
    expect(Date.parse(opening.endsAt) - Date.parse(opening.startsAt)).toBe(call!.durationMs);
    expect(opening.words).toMatch(/^Đây là Đài truyền thanh phường Bắc Hà\. Hôm nay, thứ Tư, ngày hai mươi lăm/);
    // Today to three days ahead, opening and closing, once each.
    const rows = await house.app
      .get(Database)
      .read()
      .find(StationIdent, { order: { date: 'ASC' } });
    expect([...new Set(rows.map(({ date }) => date))]).toEqual([
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
    ]);
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'ready'));
    expect(rows).toHaveLength(8);
    await house.app.get(IdentScheduler).orderHourly();
    await house.drain();
    expect(await house.app.get(Database).read().countBy(StationIdent, {})).toBe(8);
    expect(await house.app.get(Database).read().countBy(Job, { name: 'render-station-call' })).toBe(8);
    // The measured length is reserved now.
    const early = await place(editor, clip, at('05:30'));
    const free = json<Refused>(early).details.nearestFree.filter((one) => one > at('05:30'))[0]!;
    expect(free - at('05:30')).toBe(call!.durationMs);
    const { windows } = await shown('2026-11-25');
    const [closing] = (await idents('2026-11-25')).filter(({ part }) => part === 'closing');
    const filled = (call!.durationMs! + clip.durationMs + closing!.durationMs!) / 60_000;
    expect(windows[0]!.filledMinutes).toBeCloseTo(filled, 1);
  });

  it('everything that leaves the house carries the call and its words', async () => {
    const get = (ending: string) => editor.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.${ending}`);
    const { sha256, words } = await bookend('2026-11-25', 'opening');
    const m3u8 = (await get('m3u8')).text;
    expect(m3u8).toContain('Nhạc hiệu mở đầu, Thứ Tư ngày 25 tháng 11');
    expect(m3u8).toContain(words);
    expect(m3u8).toContain(`/api/clips/${sha256}.mp3`);
    expect((await get('xspf')).text).toContain(`<annotation>${words}</annotation>`);
    const zip = zipEntries((await get('zip')).bytes);
    const file = zip.get(`nhac-hieu-mo-dau-thu-tu-ngay-25-thang-11-${sha256.slice(0, 6)}.mp3`);
    expect(file && hashOfBytes(file)).toBe(sha256);
    expect(zip.get('lich-phat.txt')?.toString()).toContain(`Nhạc hiệu mở đầu, Thứ Tư ngày 25 tháng 11: “${words}”`);

    const operator = await house.person('operator', 'phuong-bac-ha');
    const page = (await operator.get('/hom-nay?ngay=2026-11-25')).text;
    expect(page).toContain('Nhạc hiệu mở đầu, Thứ Tư ngày 25 tháng 11');
    expect(page).toContain(words);
    expect(page).toContain(`href="/api/clips/${sha256}.mp3"`);
    expect((await operator.get(`/api/clips/${sha256}.mp3`)).status).toBe(200);
    const neighbour = await house.person('operator', 'phuong-nam-ha');
    const foreign = await neighbour.get(`/api/clips/${sha256}.mp3`);
    const nobody = await neighbour.get(`/api/clips/${'0'.repeat(64)}.mp3`);
    expect([foreign.status, foreign.text]).toEqual([nobody.status, nobody.text]);
    expect(foreign.status).toBe(404);
  });

  it('one date that is moved takes its call along; a date without sessions has none', async () => {
    const windows = json<{ id: string; start: string }[]>(await editor.get(`/api/channels/${BAC_HA}/windows`));
    const windowId = windows.find(({ start }) => start === '05:30')!.id;
    await placed(editor, clip, at('05:50', '2026-11-26'));
    const override = `/api/channels/${BAC_HA}/windows/${windowId}/overrides/2026-11-26`;
    const moved = { kind: 'move', start: '06:30', reason: 'Họp dân' };
    expect((await editor.send('PUT', override, moved)).status).toBeLessThan(300);
    await house.drain();
    const [opening] = await heard('2026-11-26');
    expect(opening).toBe('06:30 opening Nhạc hiệu mở đầu, Thứ Năm ngày 26 tháng 11');
  });

  it('a call that is not there in time costs nothing but itself: the clip, or nothing, and it is said', async () => {
    const em = house.app.get(Database);
    await placed(editor, clip, at('05:40', '2026-11-27'));
    expect((await heard('2026-11-27'))[0]).toBe('05:30 opening Nhạc hiệu mở đầu, Thứ Sáu ngày 27 tháng 11');
    // As if they had become ready five minutes before air: playlists that stations already hold no longer change.
    await em.write((tx) => tx.update(StationIdent, { date: '2026-11-27' }, { readyAt: at('05:25', '2026-11-27') }));
    const later = await placed(editor, clip, at('05:50', '2026-11-27'));
    const { slots } = await shown('2026-11-27');
    expect(slots.map(({ role }) => role)).toEqual(['opening', 'item', 'item']);
    expect(slots[0]).toMatchObject({ title: 'Mở đầu buổi phát', clipId: standIn.clipId });
    expect(slots[0]!.why).toContain('lời giới thiệu đài của ngày chưa có');
    // The evening is hours after that: there the idents play.
    await placed(editor, clip, at('17:20', '2026-11-27'));
    expect((await heard('2026-11-27')).slice(3)).toEqual([
      '17:00 opening Nhạc hiệu mở đầu, Thứ Sáu ngày 27 tháng 11',
      '17:20 item Bài',
      '17:21 closing Lời chào kết thúc, Thứ Sáu ngày 27 tháng 11',
    ]);
    await editor.post(`/api/slots/${later.id}/cancel`, { reason: 'Thôi' });
  });

  it('a station that is called otherwise says so from the next day to come on, and back again', async () => {
    const units = house.app.get(Units);
    const { parentId } = (await units.all()).find(({ code }) => code === 'phuong-bac-ha')!;
    const rename = (name: string) => {
      const draft = { kind: 'ward' as const, name, shortName: name, parentId, aliases: [], active: true };
      return units.change(systemActor('thử nghiệm'), 'phuong-bac-ha', draft);
    };
    const before = await bookend('2026-11-25', 'opening');
    await rename('Phường Thành Sen');
    await house.drain();
    const after = await bookend('2026-11-25', 'opening');
    expect(after.words).toContain('Đài truyền thanh phường Thành Sen');
    expect(after.slotId).toBe(before.slotId);
    await rename('Phường Bắc Hà');
    await house.drain();
    expect(await bookend('2026-11-25', 'opening')).toEqual(before);
  });

  it('a station fetches it with its token, and what it played is no play of any order', async () => {
    const made = await admin.post('/api/stations', { channelCode: BAC_HA, name: 'Cụm 1' });
    const { token } = json<{ token: string }>(made);
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(house.url + path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    const sheet = (await (await ask('/api/station/playlist?date=2026-11-25')).json()) as PlaylistDocument;
    const opening = sheet.items.find(({ role }) => role === 'opening') as ClipItem;
    expect((await ask(`/api/station/clips/${opening.sha256}.mp3`)).status).toBe(200);
    house.clock.set(at('05:31'));
    await enter();
    const played = (sequence: number, sha256: string, slotId: string) => ({
      sequence,
      slotId,
      sha256,
      startedAt: at('05:30'),
      endedAt: at('05:30') + 12_000,
      outcome: 'played',
    });
    const events = [played(1, opening.sha256, opening.slotId)];
    const receipt = await ask('/api/station/as-run', { method: 'POST', body: JSON.stringify({ events }) });
    expect([receipt.status, await receipt.json()]).toMatchObject([200, { accepted: 1 }]);
    const { slots } = await shown('2026-11-25');
    expect(slots.find(({ id }) => id === opening.slotId)).toMatchObject({ state: 'played', obligationId: null });
    expect(json(await editor.get('/api/make-goods'))).toEqual({ makeGoods: [] });
  });

  it('orders that meet, and an hour that is ordered twice, make each call once', async () => {
    const em = house.app.get(Database);
    house.clock.set(at('08:00', '2026-11-25'));
    await enter();
    const ahead = house.app.get(IdentScheduler);
    await Promise.all([ahead.orderHourly(), ahead.orderHourly(), em.write((tx) => ahead.add(tx))]);
    await house.drain();
    const rows = await idents('2026-11-28');
    expect(rows.map(({ part, state }) => `${part} ${state}`).sort()).toEqual(['closing ready', 'opening ready']);
  });

  it('an editor chooses on screen, sees what the next days say, and is told what he forgot', async () => {
    const visitors = new Visitors(house);
    const visitor = await visitors.enter('editor');
    const path = `/khung-gio/${BAC_HA}/mo-dau-ket-thuc`;
    const page = await visitor.visit(path);
    expect(page.status).toBe(200);
    expect(words(page.text)).toContain('Mọi buổi phát của Phường Bắc Hà');
    expect(page.text).toMatch(/<option value="call" selected>Lời giới thiệu đài của ngày<\/option>/);
    expect(page.text).toContain(`<option value="${standIn.clipId}" selected>Nhạc hiệu chung (0:20)</option>`);
    const ident = (await idents('2026-11-26')).filter(({ part }) => part === 'opening').at(-1);
    expect(page.text).toContain(`src="/api/clips/${ident!.sha256}.mp3"`);
    expect(words(page.text)).toContain(ident!.spoken);
    const forgot = await visitor.submit(path, { opening: 'clip', openingClipId: '' });
    expect([forgot.status, words(forgot.text).includes('Xin chọn bản thu sẽ phát.')]).toEqual([422, true]);
    await visitor.submit(path, { opening: 'call', closing: 'none' });
    expect(words(visitor.page.text)).toContain('Đã lưu.');
    expect(json<{ frames: object[] }>(await editor.get('/api/session-frames')).frames).toMatchObject([
      { unitCode: 'phuong-bac-ha', openingCall: true, openingClipId: null, closingCall: false },
    ]);
    // One session alone has no bookend, and returns to the common setting.
    const [own] = json<{ id: string }[]>(await editor.get(`/api/channels/${BAC_HA}/windows`));
    const windowId = own!.id;
    await visitor.submit(path, { windowId, opening: 'none', closing: 'unit' });
    const said = words(visitor.page.text);
    expect(said).toContain('có phần riêng: Không có · Theo cài đặt chung');
    expect(json<{ frames: object[] }>(await editor.get('/api/session-frames')).frames).toContainEqual(
      expect.objectContaining({ windowId, openingNone: true, closingNone: false, openingCall: false }),
    );
    await visitor.submit(path, { windowId, opening: 'unit', closing: 'unit' });
    expect(words(visitor.page.text)).not.toContain('có phần riêng:');
    // The form for another channel's window is rejected.
    const windows = json<{ id: string }[]>(await editor.get(`/api/channels/${NAM_HA}/windows`));
    await visitor.visit(path);
    const foreign = await visitor.submit(path, { windowId: windows[0]!.id, opening: 'call' });
    expect(foreign.status).toBe(404);
    expect((await visitor.visit('/khung-gio/fanpage-thanh-pho/mo-dau-ket-thuc')).status).toBe(404);
    expect(visitors.faults()).toEqual([]);
    const operator = await visitors.enter('operator', 'phuong-bac-ha');
    expect((await operator.visit(path)).status).toBe(404);
  });

  it('is taken back like any frame; who hears no loudspeaker has none', async () => {
    expect(await codeOf(set({ unitCode: 'phong-y-te', openingCall: true }))).toBe('422 no-loudspeaker');
    expect(
      (await set({ unitCode: 'phuong-bac-ha', openingCall: false, closingCall: false, openingClipId: null })).status,
    ).toBe(204);
    await house.drain();
    expect(json(await editor.get('/api/session-frames'))).toEqual({ frames: [] });
    expect(await heard('2026-11-26')).toEqual(['06:30 item Bài']);
  });
});
