import exceljs from 'exceljs';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { Directive } from '../../src/directives/directive.entity.js';
import { Obligation } from '../../src/directives/obligation.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import type { DirectiveProgress } from '../../src/reports/progress/progress.js';
import { Progress } from '../../src/reports/progress/progress.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { newId } from '../../src/shared/ids.js';
import { addDays, instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';
import { zipEntries } from '../support/zip-entries.js';

const TODAY = '2026-11-24';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const system = systemActor('thử nghiệm');

describe('how far the units are with a directive', () => {
  let house: House;
  let clip: ApprovedClip;
  beforeEach(async () => {
    house = await openHouse({ at: { date: TODAY, time: '04:00' } });
    clip = await approvedClip(house, { title: 'Cài đặt Bluezone' });
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const write = <T>(work: (tx: ReturnType<typeof read>) => Promise<T>) => house.app.get(Database).write(work);
  const at = (date: string, time: string) => house.clock.set(instantOf(date, time, VIETNAM));
  const path = (rest: string, id = clip.directiveId) => `/api/directives/${id}/progress${rest}`;

  /** Three plays a day, for so many days, on each channel. */
  async function plan(codes: string[], days: number): Promise<Slot[]> {
    const channels = await house.app.get(Channels).list();
    const channelIds = codes.map((code) => channels.find((one) => one.code === code)?.id ?? '');
    const { campaignId, clipId, obligationId } = clip;
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds, clipId, minPlaysPerDay: 3, maxPlaysPerDay: 3, obligationId }],
      from: TODAY,
      until: addDays(TODAY, days - 1),
    });
    return read().find(Slot, { where: { campaignId }, order: { startsAt: 'ASC' } });
  }

  /** Bắc Hà plays all of two days; Nam Hà two of three on the first, by operator confirmation. */
  async function twoWards(): Promise<Slot[]> {
    const slots = await plan([BAC_HA, NAM_HA], 2);
    const channels = await house.app.get(Channels).list();
    const bacHa = channels.find((one) => one.code === BAC_HA)?.id;
    await write(async (tx) => {
      await tx.update(Obligation, { id: clip.obligationId }, { until: addDays(TODAY, 1) });
    });
    for (const date of [TODAY, addDays(TODAY, 1)]) {
      at(date, '22:00');
      const people = {
        [BAC_HA]: await house.person('operator', 'phuong-bac-ha'),
        [NAM_HA]: await house.person('operator', 'phuong-nam-ha'),
      };
      let namHa = 0;
      for (const slot of slots.filter((one) => one.date === date)) {
        const code = slot.channelId === bacHa ? BAC_HA : NAM_HA;
        const played = code === BAC_HA || (date === TODAY && ++namHa <= 2);
        const answer = await people[code]?.post(
          `/api/slots/${slot.id}/tick`,
          played ? { played } : { played, reason: 'mất điện' },
        );
        expect(answer?.status).toBe(200);
      }
    }
    at(addDays(TODAY, 3), '06:00');
    await house.app.get(Reconciliation).reconcile();
    return slots;
  }

  it('says met, missed and pending by unit, with planned, played and required', async () => {
    await twoWards();
    const official = await house.person('official');
    const progress = json<DirectiveProgress>(await official.get(path('')));
    const cell = (code: string) => progress.rows.find((row) => row.unitCode === code)?.cells[0];
    expect(cell('phuong-bac-ha')).toMatchObject({
      state: 'met',
      required: 6,
      planned: 6,
      played: 6,
      daysRequired: 2,
      daysMet: 2,
    });
    expect(cell('phuong-nam-ha')).toMatchObject({ state: 'missed', required: 6, planned: 6, played: 2, missed: 4 });
    expect(cell('phuong-tan-giang')).toMatchObject({ state: 'missed', planned: 0, required: 6 });
    expect(progress.columns[0]?.states).toMatchObject({ met: 1, missed: 14 });
    expect(progress.rows).toHaveLength(15);
  });

  it('owes nothing for an evening without a session, and calls late only what was possible', async () => {
    at(TODAY, '20:30');
    const slots = await plan([BAC_HA, NAM_HA], 3);
    await write((tx) => tx.update(Obligation, { id: clip.obligationId }, { until: addDays(TODAY, 2) }));
    expect(new Set(slots.map(({ date }) => date))).toEqual(new Set([addDays(TODAY, 1), addDays(TODAY, 2)]));
    at(addDays(TODAY, 1), '05:00');
    const morning = json<DirectiveProgress>(await (await house.person('official')).get(path('')));
    expect(morning.states).toMatchObject({ pending: 15, late: 0, missed: 0 });
    expect(morning.columns[0]?.firstPlanned).toBe(TODAY);
    at(addDays(TODAY, 1), '22:00');
    const operator = await house.person('operator', 'phuong-bac-ha');
    const bacHa = (await house.app.get(Channels).list()).find((one) => one.code === BAC_HA)?.id;
    for (const slot of slots.filter(({ date, channelId }) => date === addDays(TODAY, 1) && channelId === bacHa)) {
      expect((await operator.post(`/api/slots/${slot.id}/tick`, { played: true })).status).toBe(200);
    }
    at(addDays(TODAY, 2), '23:00');
    await house.app.get(Reconciliation).reconcile();
    const official = await house.person('official');
    const progress = json<DirectiveProgress>(await official.get(path('')));
    const cell = (code: string) => progress.rows.find((row) => row.unitCode === code)?.cells[0];
    expect(cell('phuong-bac-ha')).toMatchObject({ state: 'met', required: 3, playedDue: 3, short: 0, daysRequired: 1 });
    expect(cell('phuong-nam-ha')).toMatchObject({ state: 'late', required: 3, playedDue: 0, short: 3 });
    const words = (
      zipEntries((await official.get(path('.docx'))).bytes)
        .get('word/document.xml')
        ?.toString('utf8') ?? ''
    )
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '');
    expect(words).toMatch(/14 đơn vị thực hiện chậm: .*Phường Nam Hà \(0\/3, thiếu 3\)/);
    expect(words).not.toMatch(/thực hiện chậm.*Phường Bắc Hà/);
    expect(words).not.toContain('Loa không đo được');
  });

  it('leads down to each slot and what was said of it', async () => {
    await twoWards();
    const official = await house.person('official');
    type Detail = {
      slotCount: number;
      slots: { state: string; title: string; proof: { runs: { grade: string; detail: string }[] } }[];
    };
    const url = path(`/${clip.obligationId}/phuong-nam-ha`);
    const all = json<Detail>(await official.get(url));
    expect([all.slotCount, all.slots.length, all.slots[0]?.title]).toEqual([6, 6, 'Cài đặt Bluezone']);
    const missed = json<Detail>(await official.get(`${url}?state=missed`));
    expect([missed.slotCount, ...new Set(missed.slots.map(({ state }) => state))]).toEqual([4, 'missed']);
    expect(missed.slots[0]?.proof.runs[0]).toMatchObject({ grade: 'C', detail: 'mất điện' });
    expect(json<Detail>(await official.get(`${url}?page=2`)).slots).toEqual([]);
    for (const bad of ['?page=0', '?state=x', '?more=1']) expect((await official.get(url + bad)).status).toBe(400);
  });

  it('shows people of a ward their own ward, and nothing of any other', async () => {
    await twoWards();
    const operator = await house.person('operator', 'phuong-bac-ha');
    const answer = await operator.get(path(''));
    const progress = json<DirectiveProgress>(answer);
    expect(progress.rows.map((row) => row.unitCode)).toEqual(['phuong-bac-ha']);
    expect(progress.states).toMatchObject({ met: 1, missed: 0 });
    expect(progress.columns[0]?.states).toMatchObject({ met: 1, missed: 0 });
    expect(answer.text).not.toMatch(/Nam Hà|nam-ha/);
    for (const file of ['.csv']) expect((await operator.get(path(file))).text).not.toContain('Nam Hà');
    const missing = await operator.get(path(`/${clip.obligationId}/khong-co`));
    const foreign = await operator.get(path(`/${clip.obligationId}/phuong-nam-ha`));
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect((await operator.get(path(`/${clip.obligationId}/phuong-bac-ha`))).status).toBe(200);
  });

  it('a directive that asks nothing of the ward does not exist for it', async () => {
    await write((tx) => tx.update(Obligation, { id: clip.obligationId }, { addressees: ['Phường Nam Hà'] }));
    const operator = await house.person('operator', 'phuong-bac-ha');
    const foreign = await operator.get(path(''));
    const missing = await operator.get(path('', newId(0)));
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    for (const file of ['.csv', '.xlsx', '.docx']) expect((await operator.get(path(file))).status).toBe(404);
    const actor = { accountId: 'x', name: 'x', grants: [{ role: 'operator' as const, unitId: 'none' }] };
    expect(await house.app.get(Progress).list(actor, '', 1)).toEqual({ rows: [], more: false });
    expect((await house.app.get(Progress).list(system, '', 1)).rows).toHaveLength(1);
  });

  it('is not for page admins nor for strangers', async () => {
    for (const file of ['', '.csv', '.xlsx', '.docx', `/${clip.obligationId}/phuong-bac-ha`]) {
      expect((await house.stranger().get(path(file))).status).toBe(401);
      expect((await (await house.person('page-admin')).get(path(file))).status).toBe(403);
    }
  });

  it('asks the database the same number of questions, however much there is', async () => {
    const { obligationId, directiveId } = clip;
    const ask = () => countStatements(house, () => house.app.get(Progress).forDirective(system, directiveId));
    const list = () => countStatements(house, () => house.app.get(Progress).list(system, '', 1));
    const before = [await ask(), await list()];
    await plan([BAC_HA, NAM_HA], 10);
    await approvedClip(house, { title: 'Một đợt khác' });
    expect(obligationId).toBeTruthy();
    expect([await ask(), await list()]).toEqual(before);
    expect(before).toEqual([7, 7]);
  });

  it('is a file for Excel and a paper, under a safe name, and nothing that a stranger typed computes or breaks there', async () => {
    await twoWards();
    const evil = `=HYPERLINK("http://x","bấm")\u0001`;
    await write(async (tx) => {
      await tx.update(Directive, { id: clip.directiveId }, { number: '../1871/UBND-VHTT"\u0001' });
      await tx.update(Unit, { code: 'phuong-bac-ha' }, { name: evil });
    });
    const official = await house.person('official');
    for (const extension of ['csv', 'xlsx', 'docx']) {
      const answer = await official.get(path(`.${extension}`));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      expect(answer.headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="tien-do-1871-UBND-VHTT\\.${extension}"; filename\\*=UTF-8''[\\w%.~!-]+$`),
      );
    }
    const csv = await official.get(path('.csv'));
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = csv.text.slice(1).trimEnd().split('\r\n');
    expect(lines).toHaveLength(16);
    expect(csv.text).toContain(
      `"'=HYPERLINK(""http://x"",""bấm"")[U+0001]";đạt;6;6;6;6;0;0;0;0;2;2;24/11/2026;25/11/2026`,
    );

    const book = new exceljs.Workbook();
    await book.xlsx.load((await official.get(path('.xlsx'))).bytes as unknown as ArrayBuffer);
    const sheet = book.getWorksheet('Tiến độ');
    const cells: unknown[] = [];
    book.eachSheet((one) => one.eachRow((row) => row.eachCell((cell) => cells.push(cell.type))));
    expect(cells).not.toContain(exceljs.ValueType.Formula);
    const rows = sheet?.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.slice(1)] : [])) ?? [];
    expect(rows).toContainEqual([`'=HYPERLINK("http://x","bấm")[U+0001]`, 'đạt · 6/6']);
    expect(rows).toContainEqual(['Phường Nam Hà', 'không đạt · 2/6, thiếu 4']);

    const paper = zipEntries((await official.get(path('.docx'))).bytes);
    const words = (paper.get('word/document.xml')?.toString('utf8') ?? '')
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"');
    for (const expected of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'ngày 27 tháng 11 năm 2026',
      'PHÒNG VĂN HÓA - THÔNG TIN THÀNH PHỐ HÀ TĨNH',
      '/BC-PVHTT',
      'Phường Nam Hà',
      '=HYPERLINK("http://x","bấm")[U+0001]\n',
      'Nơi nhận:',
    ]) {
      expect(words).toContain(expected);
    }
    expect(words).not.toContain('\u0001');
  });
});
