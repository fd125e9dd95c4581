import { Database } from '../../src/database/database.js';
import { Units } from '../../src/people/units/units.service.js';
import { StationIdents } from '../../src/audio/idents/station-idents.service.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

interface ShownCall {
  id: string;
  part: string;
  profile: string;
  spoken: string;
  state: string;
  reason: string | null;
  progress: { stage: string; percent: number } | null;
  sha256: string | null;
  durationMs: number | null;
  integratedLufs: number | null;
  truePeakDbtp: number | null;
  waveform: { durationSeconds: number; peaks: number[][] } | null;
}

describe('the opening and closing of a station', () => {
  let house: House;
  let editor: Client;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '16:00' } });
    editor = await house.person('editor');
  });
  afterAll(() => house.close());

  const at = (code: string) => `/api/units/${code}/station-calls`;
  const shown = async (who: Client, code: string, date: string) =>
    json<ShownCall[]>(await who.get(`${at(code)}?date=${date}`));

  it('says the station, the weekday and the date, is by the book, and costs nothing the second time', async () => {
    const date = '2026-11-25';
    const answer = await editor.post(at('phuong-bac-ha'), { date });
    expect(answer.status).toBe(202);
    expect(
      (await shown(editor, 'phuong-bac-ha', date)).map(({ state, progress }) => [state, progress?.percent]),
    ).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ]);
    await house.drain();
    const idents = await shown(editor, 'phuong-bac-ha', date);
    expect(idents.map(({ part, profile, state, reason }) => [part, profile, state, reason])).toEqual([
      ['opening', 'horn', 'ready', null],
      ['closing', 'horn', 'ready', null],
    ]);
    expect(idents[0]!.spoken).toMatch(
      /^Đây là Đài truyền thanh phường Bắc Hà\. Hôm nay, thứ Tư, ngày hai mươi lăm tháng mười một/,
    );
    expect(idents[1]!.spoken).toContain('đến đây là hết');
    for (const ident of idents) {
      expect(Math.abs(ident.integratedLufs! + 16)).toBeLessThanOrEqual(0.5);
      expect(ident.truePeakDbtp).toBeLessThanOrEqual(-2);
      expect(ident.durationMs).toBeGreaterThan(8_000);
      expect(ident.waveform?.durationSeconds).toBe(ident.durationMs! / 1000);
      expect((await editor.get(`/api/clips/${ident.sha256}.mp3`)).bytes.length).toBeGreaterThan(50_000);
    }
    expect(idents[0]!.sha256).not.toBe(idents[1]!.sha256);
    const again = json<{ callIds: string[] }>(await editor.post(at('phuong-bac-ha'), { date }));
    expect(again.callIds.sort()).toEqual(idents.map(({ id }) => id).sort());
    await house.drain();
    expect(await shown(editor, 'phuong-bac-ha', date)).toEqual(idents);
  });

  it('another day is another call; whoever puts a session together finds the one of the day', async () => {
    await editor.post(at('phuong-bac-ha'), { date: '2026-11-26', part: 'opening' });
    await house.drain();
    const [call] = await shown(editor, 'phuong-bac-ha', '2026-11-26');
    expect(call?.spoken).toContain('thứ Năm, ngày hai mươi sáu');
    const em = house.app.get(Database).read();
    const unitId = (await house.app.get(Units).all()).find(({ code }) => code === 'phuong-bac-ha')!.id;
    const idents = house.app.get(StationIdents);
    const ready = (date: string, part: 'opening' | 'closing') =>
      idents.ready(em, { unitId, date, part, profile: 'horn' });
    expect((await ready('2026-11-26', 'opening'))?.sha256).toBe(call?.sha256);
    expect(await ready('2026-11-26', 'closing')).toBeNull();
    expect((await ready('2026-11-25', 'closing'))?.state).toBe('ready');
  });

  it('the centre speaks as itself for the radio of the city', async () => {
    const date = '2026-11-25';
    await editor.post(at('trung-tam-van-hoa-truyen-thong'), { date, part: 'opening' });
    await house.drain();
    const [call] = await shown(editor, 'trung-tam-van-hoa-truyen-thong', date);
    expect([call?.profile, call?.state]).toEqual(['fm', 'ready']);
    expect(call?.spoken).toContain('Đây là Trung tâm Văn hóa');
    expect(Math.abs(call!.integratedLufs! + 18)).toBeLessThanOrEqual(0.5);
  });

  it('an operator asks for his own ward and sees no other; what makes no sense is refused', async () => {
    const operator = await house.person('operator', 'phuong-bac-ha');
    const date = '2026-11-25';
    expect((await operator.post(at('phuong-bac-ha'), { date })).status).toBe(202);
    expect((await operator.post(at('phuong-nam-ha'), { date })).status).toBe(404);
    expect((await operator.get(`${at('phuong-nam-ha')}?date=${date}`)).status).toBe(404);
    expect((await house.stranger().get(`${at('phuong-bac-ha')}?date=${date}`)).status).toBe(401);
    const approver = await house.person('approver');
    expect((await approver.post(at('phuong-bac-ha'), { date })).status).toBe(403);
    for (const body of [{ date: '2026-02-30' }, { date: 'mai' }, {}, { date, part: 'middle' }]) {
      expect((await editor.post(at('phuong-bac-ha'), body)).status).toBe(400);
    }
    // Today is 24 November: sixty days ahead is 23 January.
    const refused = async (day: string) => {
      const answer = await editor.post(at('phuong-bac-ha'), { date: day, part: 'opening' });
      return [answer.status, json<{ code?: string }>(answer).code];
    };
    expect(await refused('2026-11-23')).toEqual([422, 'day-over']);
    expect(await refused('2027-01-24')).toEqual([422, 'day-too-far']);
    expect(await refused('2027-01-23')).toEqual([202, undefined]);
    const office = await editor.post(at('phong-y-te'), { date });
    expect([office.status, json<{ code: string }>(office).code]).toEqual([422, 'no-loudspeaker']);
  });
});
