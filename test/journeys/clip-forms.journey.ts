import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clips } from '../../src/audio/clips/clips.service.js';
import { RenderBoard } from '../../src/audio/maintenance/render-board.service.js';
import { Config } from '../../src/config/config.js';
import { systemActor } from '../../src/people/access/actor.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');

interface ShownClip {
  id: string;
  profile: string;
  state: string;
  repeat: boolean;
  bed: boolean;
  progress: { stage: string; percent: number } | null;
  sha256: string | null;
  durationMs: number;
  planMs: number;
  integratedLufs: number;
  truePeakDbtp: number;
  longestSilence: number;
  aim: { integratedLufs: number; truePeakDbtp: number };
  reason: string | null;
}

describe('how a clip is asked for, stopped and tried again', () => {
  let house: House;
  let editor: Client;
  let campaignId: string;
  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    const { id: directiveId } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
    const campaign = { directiveId, name: 'Đợt một', from: '2026-11-25', until: '2026-12-31' };
    campaignId = json<{ id: string }>(await editor.post('/api/campaigns', campaign)).id;
  });
  afterAll(() => house.close());

  const script = async (text: string, channelKind = 'ward-loudspeaker') => {
    const body = { campaignId, channelKind, title: 'Thông báo', text };
    return json<{ versionId: string }>(await editor.post('/api/scripts', body)).versionId;
  };
  const clipsOf = async (versionId: string) => json<ShownClip[]>(await editor.get(`/api/versions/${versionId}/clips`));
  const code = (answer: Parameters<typeof json>[0]) => [answer.status, json<{ code: string }>(answer).code];

  it('longer than an hour is refused with the estimate, and told by the reading before; read once it may do', async () => {
    const words = (count: number) => 'Thu 99.999.999 đồng. '.repeat(count).trim();
    const warned = async (text: string) =>
      json<{ lengthWarning: { vi: string } | null }>(await editor.post('/api/reading', { text })).lengthWarning?.vi;
    const texts = { long: words(840), near: words(700), half: words(480) };
    expect(await warned(texts.half)).toBeUndefined();
    expect(await warned(texts.near)).toMatch(/chừng (4[5-9]|5\d) phút; bản thu dài nhất là 60 phút\. Nên rút ngắn/);
    expect(await warned(texts.long)).toMatch(/chừng 6\d phút; bản thu dài nhất là 60 phút nên không dựng được/);

    const long = `/api/versions/${await script(texts.long)}/clips`;
    const refused = await editor.post(long);
    expect(code(refused)).toEqual([422, 'clip-too-long']);
    const { message, details } = json<{ message: string; details: { clipSeconds: number } }>(refused);
    expect(message).toMatch(/chừng 6\d phút/);
    expect(details.clipSeconds).toBeGreaterThan(3_600);
    expect(json(await editor.get(long))).toEqual([]);
    const half = `/api/versions/${await script(texts.half)}/clips`;
    expect(code(await editor.post(half, { repeat: true }))).toEqual([422, 'clip-too-long']);
    const once = json<{ clipIds: string[] }>(await editor.post(half));
    expect(once.clipIds).toHaveLength(1);
    expect((await editor.send('DELETE', `${half}/${once.clipIds[0]}`)).status).toBe(204);
  });

  it('read twice is another clip, longer by the reading; both show what was measured and draw a waveform', async () => {
    const versionId = await script('Chiều mai cắt điện ở tổ dân phố số 3.');
    const at = `/api/versions/${versionId}/clips`;
    await editor.post(at);
    await house.drain();
    house.clock.advance(1_000);
    const twice = json<{ clipIds: string[] }>(await editor.post(at, { repeat: true, bed: true }));
    expect(json(await editor.post(at, { repeat: true }))).toEqual(twice);
    await house.drain();
    const [repeated, once] = await clipsOf(versionId);
    expect([repeated?.id, repeated?.repeat, once?.repeat]).toEqual([twice.clipIds[0], true, false]);
    // A horn never has music, whatever was ordered.
    expect([repeated?.bed, once?.bed]).toEqual([false, false]);
    expect(repeated!.durationMs - once!.durationMs).toBeGreaterThan(2_500);
    for (const clip of [repeated!, once!]) {
      // Players show what the file itself says: ID3v2.3 in UTF-16, the title first.
      const file = readFileSync(
        join(house.app.get(Config).mediaDir, 'clips', clip.sha256!.slice(0, 2), `${clip.sha256}.mp3`),
      );
      const office = 'Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh';
      for (const words of ['Thông báo', office]) expect(file.indexOf(Buffer.from(words, 'utf16le'))).toBeGreaterThan(0);
      expect(clip).toMatchObject({ state: 'ready', progress: null, aim: { integratedLufs: -16, truePeakDbtp: -2 } });
      expect(Math.abs(clip.integratedLufs - clip.aim.integratedLufs)).toBeLessThanOrEqual(0.5);
      expect(clip.truePeakDbtp).toBeLessThanOrEqual(clip.aim.truePeakDbtp);
      expect(Math.abs(clip.durationMs - clip.planMs)).toBeLessThanOrEqual(200);
      expect(clip.longestSilence).toBeLessThanOrEqual(3);
      const wave = json<{ durationSeconds: number; peaks: number[][] }>(await editor.get(`${at}/${clip.id}/peaks`));
      expect(wave.durationSeconds).toBe(clip.durationMs / 1000);
      expect(wave.peaks).toHaveLength(1);
      expect(wave.peaks[0]!.length).toBeGreaterThan(300);
      expect(wave.peaks[0]!.length).toBeLessThanOrEqual(800);
      expect(wave.peaks[0]!.every((height) => height >= 0 && height <= 1)).toBe(true);
      expect(wave.peaks[0]!.some((height) => height > 0.3)).toBe(true);
    }
  });

  it('music is in the clips of the profiles that may have it', async () => {
    const versionId = await script('Mời bà con nghe chương trình ca nhạc.', 'city-loudspeaker');
    const at = `/api/versions/${versionId}/clips`;
    await editor.post(at, { bed: true });
    await house.drain();
    const clips = await clipsOf(versionId);
    expect(clips.length).toBeGreaterThan(0);
    for (const { profile, bed, state } of clips)
      expect([profile, bed, state]).toEqual([profile, profile !== 'horn', 'ready']);
  });

  it('one for the web is made when it is asked for, of the same words, and never goes on a loudspeaker', async () => {
    const versionId = await script('Mời bà con nghe bản tin trên trang web của phường.');
    const at = `/api/versions/${versionId}/clips`;
    const [horn] = json<{ clipIds: string[] }>(await editor.post(at)).clipIds;
    const both = json<{ clipIds: string[] }>(await editor.post(at, { web: true, bed: true })).clipIds;
    expect([both.length, both[0]]).toEqual([2, horn]);
    await house.drain();
    const clips = await clipsOf(versionId);
    expect(clips.map(({ profile, bed, state }) => [profile, bed, state]).sort()).toEqual([
      ['horn', false, 'ready'],
      ['web', true, 'ready'],
    ]);
    const web = clips.find(({ profile }) => profile === 'web')!;
    expect(web.aim).toMatchObject({ integratedLufs: -16, truePeakDbtp: -1.5 });
    expect(Math.abs(web.integratedLufs + 16)).toBeLessThanOrEqual(0.5);
    expect(web.truePeakDbtp).toBeLessThanOrEqual(-1.5);
  });

  it('on the page it is chosen how; what was chosen is proposed again', async () => {
    const body = { campaignId, channelKind: 'city-loudspeaker', title: 'Cắt nước', text: 'Mai cắt nước cả ngày.' };
    const { scriptId: id } = json<{ scriptId: string }>(await editor.post('/api/scripts', body));
    const page = async () => (await editor.get(`/bai/${id}`)).text;
    const ticked = async () => [...(await page()).matchAll(/name="(repeat|bed|web)" value="co"( checked)?/g)];
    const order = (words: Record<string, string>) => editor.post(`/bai/${id}/ban-thu`, new URLSearchParams(words));
    expect((await ticked()).map(([, name, on]) => [name, on])).toEqual([
      ['repeat', undefined],
      ['bed', undefined],
      ['web', undefined],
    ]);
    expect((await order({ repeat: 'co', web: 'co' })).status).toBe(303);
    await house.drain();
    expect((await ticked()).map(([, name, on]) => [name, on])).toEqual([
      ['repeat', ' checked'],
      ['bed', undefined],
      ['web', ' checked'],
    ]);
    expect(await page()).toContain('Bản thu cho trang web và fanpage');
    expect((await order({ nhac: 'co' })).status).toBe(400);
  });

  it('is stopped with a reason that is shown, has no waveform, and is tried again with a reason that is kept', async () => {
    const versionId = await script('Sáng mai họp tổ dân phố.');
    const at = `/api/versions/${versionId}/clips`;
    const { clipIds } = json<{ clipIds: string[] }>(await editor.post(at));
    const [id] = clipIds;
    expect((await clipsOf(versionId))[0]?.progress).toEqual({ stage: 'Đang chờ đến lượt', percent: 0 });
    expect(code(await editor.post(`${at}/${id}/retry`, { reason: 'vội' }))).toEqual([409, 'clip-not-failed']);
    const why = encodeURIComponent('đọc sai tên tổ');
    expect((await editor.send('DELETE', `${at}/${id}?reason=${why}`)).status).toBe(204);
    expect((await editor.send('DELETE', `${at}/${id}`)).status).toBe(404);
    await house.drain();
    expect(await clipsOf(versionId)).toMatchObject([{ state: 'failed', reason: 'Đã dừng: đọc sai tên tổ' }]);
    expect(code(await editor.get(`${at}/${id}/peaks`))).toEqual([404, 'not-found']);
    expect((await editor.post(`${at}/${id}/retry`, {})).status).toBe(400);
    const approver = await house.person('approver');
    expect((await approver.post(`${at}/${id}/retry`, { reason: 'thử' })).status).toBe(403);
    expect((await editor.post(`${at}/${id}/retry`, { reason: 'tên tổ đã sửa trong từ điển' })).status).toBe(202);
    await house.drain();
    expect(await clipsOf(versionId)).toMatchObject([{ id, state: 'ready', reason: null }]);
    const admin = await house.person('admin');
    const audit = (await admin.get('/api/audit?entity=clip')).text;
    expect(audit).toContain('tên tổ đã sửa trong từ điển');
  });

  it('the line of renderings tells what is made in which order, and what was stopped', async () => {
    const board = house.app.get(RenderBoard);
    await house.drain();
    const before = (await board.list()).length;
    const versionId = await script('Tối nay chiếu phim lưu động.');
    const { clipIds } = json<{ clipIds: string[] }>(await editor.post(`/api/versions/${versionId}/clips`));
    await editor.post('/api/units/phuong-bac-ha/station-calls', { date: '2026-11-30', part: 'closing' });
    const list = await board.list();
    expect(list).toHaveLength(before + 2);
    expect(list[0]).toMatchObject({
      id: clipIds[0],
      what: 'clip',
      title: 'Thông báo',
      profile: 'horn',
      state: 'waiting',
    });
    expect(list[1]?.title).toBe('Lời chào kết thúc Phường Bắc Hà 2026-11-30');
    await house.app.get(Clips).cancel(systemActor('thử'), versionId, clipIds[0]!, 'thôi');
    await house.drain();
    const after = await board.list();
    expect(after.map(({ state }) => state)).not.toContain('waiting');
    expect(after.find(({ id }) => id === clipIds[0])).toMatchObject({ state: 'cancelled', versionId });
  });

  it('a form that is no form is refused', async () => {
    const versionId = await script('Một câu.');
    const at = `/api/versions/${versionId}/clips`;
    for (const body of [{ repeat: 'yes' }, { nhac: true }, ['repeat']]) {
      expect((await editor.post(at, body)).status).toBe(400);
    }
    expect(await clipsOf(versionId)).toEqual([]);
  });
});
