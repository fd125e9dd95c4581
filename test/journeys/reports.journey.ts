import { In } from 'typeorm';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { Campaign } from '../../src/campaigns/campaign.entity.js';
import { Directive } from '../../src/directives/directive.entity.js';
import { Obligation } from '../../src/directives/obligation.entity.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Post } from '../../src/posts/state/post.entity.js';
import type { PostState } from '../../src/posts/state/post.transitions.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import type { DirectiveReport, UnitLine } from '../../src/reports/directive/directive-report.js';
import { Reports } from '../../src/reports/reports.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { newId } from '../../src/shared/ids.js';
import { addDays, instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';

const TODAY = '2026-11-24';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const system = systemActor('thử nghiệm');

describe('the report of a directive', () => {
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
  const channelId = async (code: string) => {
    const channel = (await house.app.get(Channels).list()).find((one) => one.code === code);
    if (!channel) throw new Error(code);
    return channel.id;
  };

  /** Three plays a day, for so many days, on each channel. */
  async function plan(codes: string[], days: number): Promise<Slot[]> {
    const channelIds = await Promise.all(codes.map(channelId));
    const { campaignId, clipId, obligationId } = clip;
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds, clipId, minPlaysPerDay: 3, maxPlaysPerDay: 3, obligationId }],
      from: TODAY,
      until: addDays(TODAY, days - 1),
    });
    return read().find(Slot, { where: { campaignId }, order: { startsAt: 'ASC' } });
  }

  async function logOf(code: string, slots: Slot[], outcome: 'played' | 'failed' = 'played', from = 1): Promise<void> {
    const stations = await house.app.get(Stations).visibleTo(system);
    const old = stations.find((one) => one.channelCode === code);
    const { token } = old
      ? await house.app.get(Stations).rotate(system, old.id)
      : await house.app.get(Stations).enrol(system, { channelCode: code, name: 'Trạm' });
    const id = await channelId(code);
    const mine = slots.filter((slot) => slot.channelId === id);
    const events = mine.map((slot, n) => ({
      sequence: from + n,
      slotId: slot.id,
      sha256: clip.sha256,
      startedAt: slot.startsAt,
      endedAt: slot.endsAt,
      outcome,
      ...(outcome === 'failed' ? { detail: 'mất điện' } : {}),
    }));
    const headers = { authorization: `Bearer ${token}` };
    const answer = await house.stranger().post('/api/station/as-run', { events }, headers);
    expect([answer.status, json(answer)]).toMatchObject([200, { accepted: events.length }]);
  }

  async function reportFor(role: 'official' | 'approver' = 'official'): Promise<DirectiveReport> {
    const answer = await (await house.person(role)).get(`/api/directives/${clip.directiveId}/report`);
    expect(answer.status).toBe(200);
    return json<DirectiveReport>(answer);
  }
  const unit = (report: DirectiveReport, channelCode: string, line = 0): UnitLine => {
    const found = report.obligations[line]?.units.find((one) => one.channelCode === channelCode);
    if (!found) throw new Error(`no line for ${channelCode}`);
    return found;
  };

  it('counts planned, aired and missed by unit and day, with the evidence and the days that met the minimum', async () => {
    const slots = await plan([BAC_HA, NAM_HA], 2);
    const [today, tomorrow] = [TODAY, addDays(TODAY, 1)].map((date) => slots.filter((slot) => slot.date === date));
    at(TODAY, '22:00');
    await logOf(BAC_HA, today ?? []); // all three by a device
    const operator = await house.person('operator', 'phuong-nam-ha');
    const namHa = await channelId(NAM_HA);
    const ofNamHa = (today ?? []).filter((slot) => slot.channelId === namHa);
    const words = [{ played: true }, { played: true }, { played: false, reason: 'mất điện' }];
    expect(ofNamHa).toHaveLength(3);
    for (const [n, slot] of ofNamHa.entries()) {
      expect((await operator.post(`/api/slots/${slot.id}/tick`, words[n])).status).toBe(200);
    }
    at(addDays(TODAY, 1), '22:00');
    await logOf(BAC_HA, tomorrow ?? [], 'failed', 4);
    at(addDays(TODAY, 3), '06:00');
    await house.app.get(Reconciliation).reconcile();
    const report = await reportFor();
    const bacHa = unit(report, BAC_HA);
    expect(bacHa.counts).toMatchObject({ planned: 6, aired: 3, missed: 3, waiting: 0 });
    expect(bacHa.counts.grades).toEqual({ A: 0, B: 3, C: 0, D: 0 });
    expect(bacHa.fulfilment).toMatchObject({ minimumPerDay: 3, daysRequired: 3, daysMet: 1, daysInPeriod: 31 });
    expect(bacHa.days.map((day) => [day.date, day.counts.aired, day.counts.missed])).toEqual([
      [TODAY, 3, 0],
      [addDays(TODAY, 1), 0, 3],
    ]);
    expect(unit(report, NAM_HA).counts).toMatchObject({ planned: 6, aired: 2, missed: 4 });
    expect(unit(report, NAM_HA).counts.grades).toEqual({ A: 0, B: 0, C: 2, D: 0 });
    expect(unit(report, NAM_HA).fulfilment.daysMet).toBe(0);
    expect(report.counts).toMatchObject({ planned: 12, aired: 5, missed: 7 });
    expect(report.obligations[0]?.units).toHaveLength(15); // wards without a plan are lines, too
    expect(await reportFor('approver')).toEqual(report);
  });

  it('tells late reports and plays of what had been cancelled, and what is still awaited', async () => {
    const slots = await plan([BAC_HA], 2);
    const [late, off] = slots;
    if (!late || !off) throw new Error('too few slots');
    await house.app.get(Schedule).cancel(await someone(house, 'editor'), off.id, 'lãnh đạo yêu cầu');
    house.clock.set(late.endsAt + 24 * 3_600_000);
    await house.app.get(Reconciliation).reconcile();
    await logOf(BAC_HA, [late, off]);
    const { counts } = unit(await reportFor(), BAC_HA);
    expect(counts).toMatchObject({ planned: 5, aired: 0, missed: 1, waiting: 4, cancelled: 1 });
    expect(counts).toMatchObject({ lateReported: 1, offPlan: 1 });
  });

  it('counts posts by state on the fanpage that was asked', async () => {
    const fanpage = await channelId('fanpage-thanh-pho');
    const { directiveId, campaignId, versionId } = clip;
    const states: PostState[] = ['published', 'published', 'refused', 'unknown', 'scheduled', 'cancelled'];
    await write(async (tx) => {
      const now = house.clock.now();
      const asked = { minPlaysPerDay: null, maxPlaysPerDay: null, from: null, until: null, reportDue: null };
      await tx.insert(Obligation, {
        ...asked,
        id: newId(now),
        directiveId,
        assignment: 4,
        channelKind: 'fanpage',
        addressees: ['Trung tâm Văn hóa – Truyền thông thành phố'],
      });
      for (const [n, state] of states.entries()) {
        await tx.insert(Post, {
          id: newId(now),
          key: `k${n}`,
          campaignId,
          channelId: fanpage,
          scriptVersionId: versionId,
          message: 'm',
          adapter: 'manual',
          dueAt: now,
          state,
          attempt: 0,
          leaseUntil: null,
          externalId: null,
          permalink: state === 'published' ? `https://www.facebook.com/1/posts/${n}` : null,
          reason: null,
          createdAt: now,
          createdBy: null,
          publishedAt: state === 'published' ? now : null,
        });
      }
    });
    const line = unit(await reportFor(), 'fanpage-thanh-pho', 1);
    expect(line.counts).toMatchObject({ planned: 5, aired: 2, missed: 1, waiting: 2, cancelled: 1 });
    expect(line.posts?.byState).toEqual({ published: 2, refused: 1, unknown: 1, scheduled: 1, cancelled: 1 });
    expect(line.posts?.links).toHaveLength(2);
  });

  it('asks the database the same number of questions, however much there is', async () => {
    const statements = () => countStatements(house, () => house.app.get(Reports).forDirective(clip.directiveId));
    const empty = await statements();
    await plan([BAC_HA, NAM_HA], 10);
    expect([empty, await statements()]).toEqual([8, 8]);
  });

  it('says the same counted by unit and counted by day', async () => {
    const slots = await plan([BAC_HA, NAM_HA], 4);
    const of = async (code: string) => {
      const id = await channelId(code);
      return slots.filter((slot) => slot.channelId === id);
    };
    at('2026-11-26', '23:30');
    await logOf(BAC_HA, (await of(BAC_HA)).slice(0, 7));
    const [missed, late, awaited, cancelled, asserted] = (await of(NAM_HA)).map(({ id }) => id);
    await logOf(NAM_HA, (await of(NAM_HA)).slice(1, 2));
    await write(async (tx) => {
      await tx.update(Slot, { id: In([missed, late]) }, { state: 'missed', evidenceUntil: null });
      await tx.update(Slot, { id: awaited }, { state: 'missed', evidenceUntil: house.clock.now() });
      await tx.update(Slot, { id: cancelled }, { state: 'cancelled', evidenceUntil: null });
      await tx.update(Slot, { id: asserted }, { state: 'played', evidenceUntil: null });
    });
    const reports = house.app.get(Reports);
    const byDay = await reports.forDirective(clip.directiveId, 'day');
    const byUnit = await reports.forDirective(clip.directiveId, 'unit');
    expect(byDay.counts).toMatchObject({ aired: 8, missed: 2, cancelled: 1, lateReported: 1 });
    expect(byDay.counts.grades).toEqual({ A: 0, B: 7, C: 0, D: 1 });
    expect(unit(byDay, BAC_HA).days).toHaveLength(4);
    const withoutDays = byDay.obligations.map((line) => ({
      ...line,
      units: line.units.map((one) => ({ ...one, days: [] })),
    }));
    expect({ ...byUnit, generatedAt: byDay.generatedAt }).toEqual({ ...byDay, obligations: withoutDays });
  });

  it('opens in Excel, and nothing that a stranger typed computes there', async () => {
    await plan([BAC_HA], 1);
    const evil = `=HYPERLINK("http://x","bấm")`;
    await write(async (tx) => {
      await tx.update(Directive, { id: clip.directiveId }, { number: '+1871/UBND-VHTT' });
      await tx.update(Campaign, { id: clip.campaignId }, { name: '@đợt' });
      await tx.update(Unit, { code: 'phuong-bac-ha' }, { name: evil });
    });
    const official = await house.person('official');
    const path = `/api/directives/${clip.directiveId}/report.csv`;
    const answer = await official.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="bao-cao-1871-UBND-VHTT.csv"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o%20%2B1871-UBND-VHTT.csv`,
    );
    expect(answer.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [titles = '', ...lines] = answer.text
      .replace(/^\u{FEFF}/u, '')
      .trimEnd()
      .split('\r\n');
    expect(titles).toMatch(/^Số văn bản;Nhiệm vụ;Loại kênh;Đơn vị;Kênh;Đã xếp lịch;Đã phát;Không phát được;/);
    expect(lines).toHaveLength(15);
    expect(lines.every((line) => line.startsWith("'+1871/UBND-VHTT;1;Truyền thanh cơ sở;"))).toBe(true);
    expect(
      lines.filter((line) => line.includes(`"'=HYPERLINK(""http://x"",""bấm"")";Truyền thanh phường`)),
    ).toHaveLength(1);
    const byDay = (await official.get(`${path}?by=day`)).text;
    expect(byDay).toContain(`;'@đợt;24/11/2026;3;0;0;3;`);
    expect((await official.get(`${path}?by=hour`)).status).toBe(400);
    expect(await house.app.get(Reports).csv(clip.directiveId)).toBe(answer.text);
  });

  it('is for officials, editors, approvers and administrators', async () => {
    for (const path of ['report', 'report.csv']) {
      const url = `/api/directives/${clip.directiveId}/${path}`;
      expect((await house.stranger().get(url)).status).toBe(401);
      expect((await (await house.person('operator', 'phuong-bac-ha')).get(url)).status).toBe(403);
      expect((await (await house.person('page-admin')).get(url)).status).toBe(403);
      for (const role of ['official', 'editor', 'approver', 'admin'] as const) {
        expect((await (await house.person(role)).get(url)).status).toBe(200);
      }
      expect((await (await house.person('official')).get(`/api/directives/khong-co/${path}`)).status).toBe(404);
    }
  });
});
