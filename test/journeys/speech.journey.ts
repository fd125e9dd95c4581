import { Clip } from '../../src/audio/clips/clip.entity.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Database } from '../../src/database/database.js';
import { BuiltInLexicon } from '../../src/speech/lexicon/built-in-lexicon.js';
import { TextNormalizer } from '../../src/speech/normalizer/text-normalizer.service.js';
import { SpeechSettings } from '../../src/speech/settings/speech-settings.service.js';
import { type Client, json } from '../support/client.js';
import { approvedClip } from '../support/approved-clip.js';
import { type House, openHouse } from '../support/house.js';

interface Entry {
  id: string;
  level: string;
  written: string;
  spoken: string;
  changedAt: number;
  addedBy: string;
  mayChange: boolean;
}
interface Span {
  start: number;
  end: number;
  source: string;
  spoken: string;
  sure: boolean;
  rule: string;
  ruleName: string;
  warning: { kind: string } | null;
  decision: string | null;
}
interface Shown {
  spoken: string;
  spans: Span[];
  blocking: number;
  decisions: { id: string; holds: boolean; where: string; spoken: string | null }[];
  mayDecide: boolean;
}
interface Settings {
  own: { reading: object; voices: string[] | null };
  effective: { reading: Record<string, string>; voices: string[]; rate: number };
  from: Record<string, string>;
  seen: number | null;
}

/** The speech data of a place: lexicons, settings, decisions about one script, and its voices. */
describe('speech', () => {
  let house: House;
  let editor: Client;
  let admin: Client;
  let units: Map<string, string>;
  let campaignId: string;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    admin = await house.person('admin');
    const listed = json<{ id: string; code: string }[]>(await editor.get('/api/units'));
    units = new Map(listed.map(({ code, id }) => [code, id]));
    ({ campaignId } = await approvedClip(house));
  });
  afterAll(() => house.close());

  const unit = (code: string) => units.get(code) ?? '';
  const said = async (text: string, unitId?: string | null) =>
    json<{ spoken: string }>(await editor.post('/api/reading', { text, unitId })).spoken;
  const add = (who: Client, unitId: string | null, written: string, spoken: string, more = {}) =>
    who.post('/api/lexicon', { unitId, written, spoken, ...more });
  const find = async (who: Client, search: string) =>
    json<{ entries: Entry[]; total: number }>(await who.get(`/api/lexicon?search=${encodeURIComponent(search)}`))
      .entries;
  const script = async (text: string, unitCode?: string) => {
    const body = { campaignId, channelKind: 'ward-loudspeaker', title: 'Thông báo', text };
    const made = await editor.post('/api/scripts', { ...body, ...(unitCode ? { unitId: unit(unitCode) } : {}) });
    expect(made.status).toBe(201);
    return json<{ scriptId: string; versionId: string }>(made);
  };
  const reading = async (versionId: string) => json<Shown>(await editor.get(`/api/versions/${versionId}/reading`));
  const decide = async (versionId: string, source: string, spoken: string | null, where: string, nth = 0) => {
    const span = (await reading(versionId)).spans.filter((one) => one.source === source)[nth];
    const at = { start: span?.start, end: span?.end, source };
    return editor.post(`/api/versions/${versionId}/reading/decisions`, { ...at, spoken, where });
  };

  it('the most local lexicon goes first, and a change is heard at once, in another process too', async () => {
    const other = new TextNormalizer(
      house.app.get(Database),
      house.app.get(BuiltInLexicon),
      house.app.get(SpeechSettings),
    );
    expect(await said('Tổ hợp QZK mời bà con')).toContain('quy dét ca');
    expect((await add(editor, null, 'QZK', 'quê dê ca')).status).toBe(201);
    expect(await said('Tổ hợp QZK')).toContain('quê dê ca');
    expect((await other.read('Tổ hợp QZK', null)).spoken).toContain('quê dê ca');
    expect((await add(editor, unit('phuong-bac-ha'), 'QZK', 'Quý Khang')).status).toBe(201);
    expect(await said('Tổ hợp QZK', unit('phuong-bac-ha'))).toContain('Quý Khang');
    expect(await said('Tổ hợp QZK', unit('phuong-nam-ha'))).toContain('quê dê ca');
    expect((await other.read('Tổ hợp QZK', unit('phuong-bac-ha'))).spoken).toContain('Quý Khang');
  });

  it('an entry is found without marks, changed by who saw it last, removed and brought back', async () => {
    const [entry] = await find(editor, 'quy khang');
    expect(entry).toMatchObject({ written: 'QZK', level: 'unit', mayChange: true, addedBy: 'Thử editor.1' });
    const body = { written: 'QZK', spoken: 'Quý Khanh', matchCase: 'any', seen: entry?.changedAt };
    expect((await editor.send('PUT', `/api/lexicon/${entry?.id}`, body)).status).toBe(200);
    const late = await editor.send('PUT', `/api/lexicon/${entry?.id}`, body);
    expect([late.status, json<{ code: string }>(late).code]).toEqual([412, 'entry-changed']);
    expect(await said('tại qzk', unit('phuong-bac-ha'))).toContain('Quý Khanh');
    expect((await editor.send('DELETE', `/api/lexicon/${entry?.id}`)).status).toBe(204);
    expect(await said('tại QZK', unit('phuong-bac-ha'))).toContain('quê dê ca');
    const removed = json<{ entries: Entry[] }>(await editor.get('/api/lexicon?removed=true')).entries;
    expect(removed.map(({ id }) => id)).toEqual([entry?.id]);
    expect((await editor.post(`/api/lexicon/${entry?.id}/restore`)).status).toBe(200);
    expect(await said('tại QZK', unit('phuong-bac-ha'))).toContain('Quý Khanh');
    const trail = await house.app.get(Database).read().findBy(AuditEntry, { entityId: entry?.id });
    expect(trail.map(({ action }) => action)).toEqual([
      'lexicon.added',
      'lexicon.changed',
      'lexicon.removed',
      'lexicon.restored',
    ]);
    const builtIn = await find(editor, 'uy ban nhan dan');
    expect(builtIn.find(({ written }) => written === 'UBND')).toMatchObject({ level: 'built-in', mayChange: false });
  });

  it('what a voice could not say and what is there already are refused', async () => {
    for (const spoken of ['123', 'u b n d @', 'UBND', ' ']) {
      expect((await add(editor, null, 'XYZ', spoken)).status).toBe(422);
    }
    expect((await add(editor, null, '...', 'ba chấm')).status).toBe(422);
    expect((await add(editor, null, 'QZK', 'khác')).status).toBe(409);
    expect((await add(editor, 'khong-co', 'QZK', 'khác')).status).toBe(404);
    const races = await Promise.all(Array.from({ length: 5 }, () => add(editor, null, 'ĐUA', 'đua')));
    expect(races.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('people of a ward keep only the lexicon of their ward', async () => {
    const operator = await house.person('operator', 'phuong-nam-ha');
    expect((await add(operator, unit('phuong-nam-ha'), 'HTX NH', 'hợp tác xã Nam Hà')).status).toBe(201);
    expect((await add(operator, unit('phuong-bac-ha'), 'BH', 'Bắc Hà')).status).toBe(404);
    expect((await add(operator, null, 'BH', 'Bắc Hà')).status).toBe(403);
    const seen = (await find(operator, 'QZK')).map(({ level }) => level);
    expect(seen).toEqual(['centre']);
    const foreign = (await find(editor, 'Quy Khanh'))[0];
    const body = { written: 'QZK', spoken: 'sai', seen: foreign?.changedAt };
    expect((await operator.send('PUT', `/api/lexicon/${foreign?.id}`, body)).status).toBe(404);
    const approver = await house.person('approver');
    expect((await add(approver, null, 'BH', 'Bắc Hà')).status).toBe(403);
    expect((await house.stranger().get('/api/lexicon')).status).toBe(401);
  });

  it('a unit speaks in its own way, and what it has not set comes from above', async () => {
    const get = async (unitId?: string) =>
      json<Settings>(await admin.get(`/api/speech/settings${unitId ? `?unitId=${unitId}` : ''}`));
    const put = (unitId: string | null, seen: number | null, change: object) =>
      admin.send('PUT', '/api/speech/settings', { unitId, seen, ...change });
    expect((await put(null, null, { reading: { thousand: 'ngàn' } })).status).toBe(200);
    const ward = unit('phuong-bac-ha');
    expect((await put(ward, null, { reading: { zeroTens: 'lẻ', documentSlash: 'pause' }, rate: 140 })).status).toBe(
      200,
    );
    expect(await said('1005 hộ, số 12/UBND', ward)).toBe('Một ngàn không trăm lẻ năm hộ, số mười hai, ủy ban nhân dân');
    expect(await said('1005 hộ', unit('phuong-nam-ha'))).toBe('Một ngàn không trăm linh năm hộ');
    const now = await get(ward);
    expect(now.from).toMatchObject({ zeroTens: ward, thousand: 'centre', fourAfterTens: 'house', rate: ward });
    expect((await put(ward, null, { rate: 150 })).status).toBe(412);
    expect((await put(ward, now.seen, { reading: { zeroTens: null } })).status).toBe(200);
    expect((await put(null, (await get()).seen, { reading: { thousand: null } })).status).toBe(200);
    expect(await said('1005 hộ', ward)).toBe('Một nghìn không trăm linh năm hộ');
    expect((await put(null, null, { reading: { thousand: 'k' } })).status).toBe(400);
  });

  it('what nothing reads bars submission until somebody decides', async () => {
    const { versionId } = await script('Mời bà con ♪ đến họp lúc 19h30. Ký hiệu ⌘ và ⌘ ghi trên phiếu.');
    const first = await reading(versionId);
    expect(first.blocking).toBe(3);
    expect(first.spans.find(({ source }) => source === '19h30')).toMatchObject({
      spoken: 'mười chín giờ ba mươi phút',
      ruleName: 'giờ',
      sure: true,
      decision: null,
    });
    const clips = await editor.post(`/api/versions/${versionId}/clips`);
    expect([clips.status, json<{ code: string }>(clips).code]).toEqual([422, 'reading-undecided']);
    const submitted = await editor.post(`/api/versions/${versionId}/submit`);
    expect([submitted.status, json<{ code: string }>(submitted).code]).toEqual([422, 'reading-undecided']);
    expect((await decide(versionId, '♪', null, 'here')).status).toBe(201);
    expect((await decide(versionId, '⌘', 'dấu hoa thị', 'script')).status).toBe(201);
    const after = await reading(versionId);
    expect(after.blocking).toBe(0);
    expect(after.spoken).toContain('Mời bà con đến họp');
    expect(after.spoken).toContain('Ký hiệu dấu hoa thị và dấu hoa thị ghi');
    expect(after.decisions.map(({ where, holds, spoken }) => [where, holds, spoken])).toEqual([
      ['script', true, 'dấu hoa thị'],
      ['here', true, null],
    ]);
    const undone = await editor.send(
      'DELETE',
      `/api/versions/${versionId}/reading/decisions/${after.decisions[1]?.id}`,
    );
    expect(json<Shown>(undone).blocking).toBe(1);
    expect((await decide(versionId, '♪', null, 'here')).status).toBe(201);
    expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    await house.drain();
    expect((await editor.post(`/api/versions/${versionId}/submit`)).status).toBe(204);
    const late = await decide(versionId, '19h30', 'bảy giờ rưỡi tối', 'here');
    expect([late.status, json<{ code: string }>(late).code]).toEqual([409, 'not-a-draft']);
  });

  it('a correction for once survives changes of other words, and never speaks for another place', async () => {
    const text = 'Đợt 1/2 tiêm tại trạm. Nộp 1/2 số phí trước ngày lễ.';
    const { scriptId, versionId } = await script(text);
    const half = text.indexOf('1/2 số phí');
    const correction = { start: half, end: half + 3, source: '1/2', spoken: 'một nửa', where: 'here' };
    expect((await editor.post(`/api/versions/${versionId}/reading/decisions`, correction)).status).toBe(201);
    expect((await reading(versionId)).spoken).toContain('Nộp một nửa số phí');
    expect((await reading(versionId)).spoken.match(/một nửa/g)).toHaveLength(1);
    const moved = { ...correction, start: 0, end: 3 };
    expect((await editor.post(`/api/versions/${versionId}/reading/decisions`, moved)).status).toBe(412);
    const write = async (latestSeen: number, words: string) => {
      const body = { latestSeen, title: 'Thông báo', text: words };
      return json<{ versionId: string }>(await editor.post(`/api/scripts/${scriptId}/versions`, body)).versionId;
    };
    const second = await write(1, 'Kính thưa bà con. Đợt 1/2 tiêm tại trạm 5. Bà con nộp 1/2 số phí sớm.');
    expect((await reading(second)).spoken).toContain('nộp một nửa số phí sớm');
    const third = await write(2, 'Ngày 1/2 nghỉ.');
    expect((await reading(third)).decisions.map(({ holds }) => holds)).toEqual([false]);
    expect((await reading(third)).spoken).not.toContain('nửa');
  });

  it('a correction becomes a rule of the ward or of the centre', async () => {
    const { versionId } = await script('Công ty TNX mời bà con. Ban XKT họp.', 'phuong-bac-ha');
    expect((await reading(versionId)).spans.find(({ source }) => source === 'TNX')?.warning?.kind).toBe(
      'unknown-capitals',
    );
    expect((await decide(versionId, 'TNX', 'Thái Nam', 'unit')).status).toBe(201);
    expect((await decide(versionId, 'XKT', 'xây kiến trúc', 'centre')).status).toBe(201);
    expect((await decide(versionId, 'XKT', null, 'centre')).status).toBe(422);
    expect((await reading(versionId)).spoken).toBe('Công ty Thái Nam mời bà con. Ban xây kiến trúc họp.');
    expect(await said('Công ty TNX, ban XKT')).toBe('Công ty tê nờ ích, ban xây kiến trúc');
    expect((await decide(versionId, 'XKT', 'xã khu trung', 'centre')).status).toBe(201);
    expect(await said('Ban XKT')).toBe('Ban xã khu trung');
    const wide = await script('Ban XKT họp.');
    expect((await decide(wide.versionId, 'XKT', 'xê ca tê', 'unit')).status).toBe(422);
    expect((await decide(wide.versionId, 'XKT', 'XKT 5', 'here')).status).toBe(422);
    const operator = await house.person('operator', 'phuong-nam-ha');
    expect((await operator.get(`/api/versions/${versionId}/reading`)).status).toBe(404);
    expect((await operator.post(`/api/versions/${versionId}/reading/decisions`, {})).status).toBe(403);
  });

  it('each unit has its order of voices; a clip says who read each sentence and why others did not', async () => {
    const { voices } = json<{ voices: { name: string; available: boolean; reason: { vi: string } | null }[] }>(
      await admin.get('/api/speech/voices'),
    );
    expect(voices.find(({ name }) => name === 'espeak/vi')).toMatchObject({ available: true, reason: null });
    expect(voices.find(({ name }) => name === 'fpt/banmai')).toMatchObject({ available: false });
    expect(voices.find(({ name }) => name === 'fpt/banmai')?.reason?.vi).toContain('LOA_FPT_KEY');
    expect(voices.find(({ name }) => name === 'sherpa/0')?.reason?.vi).toContain('LOA_SHERPA_DIR');
    const ward = unit('phuong-tran-phu');
    const put = (who: Client, list: string[] | null, seen: number | null = null) =>
      who.send('PUT', '/api/speech/settings', { unitId: ward, seen, voices: list });
    expect((await put(editor, ['espeak/vi'])).status).toBe(403);
    expect((await put(admin, ['siri'])).status).toBe(422);
    expect(json<{ code: string }>(await put(admin, ['fpt/banmai'])).code).toBe('no-usable-voice');
    const set = await put(admin, ['fpt/banmai', 'espeak/vi-vn-x-central']);
    expect(json<Settings>(set).effective.voices).toEqual(['fpt/banmai', 'espeak/vi-vn-x-central']);
    const { versionId } = await script('Mời bà con đến họp tổ dân phố. Xin cảm ơn.', 'phuong-tran-phu');
    expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    await house.drain();
    const clip = await house.app.get(Database).read().findOneByOrFail(Clip, { scriptVersionId: versionId });
    expect(clip.state).toBe('ready');
    expect(
      clip.sentences?.map(({ engine, voice, fellBackFrom }) => [engine, voice, fellBackFrom?.[0]?.engine]),
    ).toEqual([
      ['espeak', 'vi-vn-x-central', 'fpt'],
      ['espeak', 'vi-vn-x-central', 'fpt'],
    ]);
    const seen = json<Settings>(set).seen;
    expect(json<Settings>(await put(admin, null, seen)).own.voices).toBeNull();
  });
});
