import { Channels } from '../../src/channels/channels.service.js';
import { planText } from '../../src/cli/plan-text.js';
import { systemActor } from '../../src/people/access/actor.js';
import { PlanExplanations } from '../../src/schedule/calendar/plan-explanations.service.js';
import type { Board, ChannelCalendar } from '../../src/schedule/calendar/calendar.view.js';
import { newId } from '../../src/shared/ids.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh.
describe('calendars', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await approvedClip(house, { title: 'Cài Bluezone, tổ 1; tổ 2' });
    await plan('2026-11-24', '2026-11-25');
  });
  afterAll(() => house.close());

  const plan = async (from: string, until: string) => {
    const { clipId, obligationId } = clip;
    const demands = [{ channelKind: 'ward-loudspeaker', clipId, obligationId, minPlaysPerDay: 3 }];
    const answer = await editor.post(`/api/campaigns/${clip.campaignId}/plan`, { demands, from, until });
    expect(answer.status).toBe(200);
  };

  const statements = (work: () => Promise<unknown>) => countStatements(house, work);

  it('shows the week of a channel: windows behind, slots before them, days in figures', async () => {
    const answer = await editor.get(`/api/channels/${BAC_HA}/calendar?week=2026-11-24`);
    expect(answer.status).toBe(200);
    const week = json<ChannelCalendar>(answer);
    expect([week.from, week.until, week.days.length]).toEqual(['2026-11-23', '2026-11-29', 7]);
    const slots = week.events.filter(({ display }) => display === 'auto');
    expect(slots).toHaveLength(6);
    expect(slots.every(({ resourceIds }) => resourceIds[0] === week.resources[0].id)).toBe(true);
    const first = slots[0]!;
    const { startsAt } = first.extendedProps;
    const [date = '', time = ''] = first.start.split('T');
    expect(instantOf(date, time.slice(0, 5), VIETNAM)).toBe(startsAt - (startsAt % 60_000));
    expect(first.extendedProps).toMatchObject({ kind: 'slot', state: 'planned', stateName: 'Đã xếp lịch' });
    const tuesday = week.days[1]!;
    expect(tuesday.counts.planned).toBe(3);
    const minutes = tuesday.windows.reduce((sum, { filledMinutes }) => sum + filledMinutes, 0);
    expect(tuesday.filledMinutes).toBeCloseTo(minutes, 5);
    expect(week.days[2]!.counts.planned).toBe(3);
    expect(week.events.filter(({ display }) => display === 'background').length).toBeGreaterThanOrEqual(7);
  });

  it('shows a month in whole weeks', async () => {
    const month = json<ChannelCalendar>(await editor.get(`/api/channels/${BAC_HA}/calendar?month=2026-11`));
    expect([month.from, month.until]).toEqual(['2026-10-26', '2026-12-06']);
    expect(month.days.reduce((sum, { counts }) => sum + counts.planned, 0)).toBe(6);
  });

  it('refuses what is no month, no week and too many days', async () => {
    const status = async (query: string) => (await editor.get(`/api/channels/${BAC_HA}/calendar?${query}`)).status;
    expect(await status('month=2026-02-30')).toBe(400);
    expect(await status('week=2026-02-30')).toBe(400);
    expect(await status('')).toBe(400);
    expect(await status('from=2026-11-01&until=2027-11-01')).toBe(422);
    expect((await editor.get('/api/board?date=9999-01-01')).status).toBe(400);
    expect((await editor.get('/api/channels/khong-co/calendar?month=2026-11')).status).toBe(404);
  });

  it('shows the board of a day: a row for each channel', async () => {
    const board = json<Board>(await editor.get('/api/board?date=2026-11-25'));
    const wards = board.resources.filter(({ extendedProps }) => extendedProps.kind === 'ward-loudspeaker');
    expect(wards).toHaveLength(15);
    expect(board.resources).toHaveLength(16);
    expect(board.channels).toHaveLength(16);
    expect(board.events.filter(({ display }) => display === 'auto')).toHaveLength(45);
    const city = json<Board>(await editor.get('/api/board?date=2026-11-25&kind=city-loudspeaker'));
    expect(city.resources.map(({ extendedProps }) => extendedProps.kind)).toEqual(['city-loudspeaker']);
  });

  it('an operator sees his ward and no other', async () => {
    const operator = await house.person('operator', 'phuong-bac-ha');
    const board = json<Board>(await operator.get('/api/board?date=2026-11-25'));
    expect(board.resources.map(({ extendedProps }) => extendedProps.code)).toEqual([BAC_HA]);
    expect(board.events.every(({ resourceIds }) => resourceIds[0] === board.resources[0]!.id)).toBe(true);
    expect((await operator.get(`/api/channels/${NAM_HA}/calendar?month=2026-11`)).status).toBe(404);
    expect((await operator.get(`/api/channels/${NAM_HA}/calendar.ics`)).status).toBe(404);
    expect((await house.stranger().get('/api/board?date=2026-11-25')).status).toBe(401);
  });

  it('says at every step of a drag what would be met', async () => {
    const week = json<ChannelCalendar>(await editor.get(`/api/channels/${BAC_HA}/calendar?week=2026-11-24`));
    const [first] = week.events.filter(({ display }) => display === 'auto');
    const { startsAt, endsAt } = first!.extendedProps;
    const meets = async (from: number, to: number, more = '') => {
      const answer = await editor.get(`/api/channels/${BAC_HA}/conflicts?startsAt=${from}&endsAt=${to}${more}`);
      return json<{ meets: { id: string }[] }>(answer).meets.map(({ id }) => id);
    };
    expect(await meets(startsAt + 1000, endsAt + 1000)).toEqual([first!.id]);
    expect(await meets(startsAt + 1000, endsAt + 1000, `&except=${first!.id}`)).toEqual([]);
    // Half-open: a range that begins where another ends meets nothing.
    expect(await meets(endsAt, endsAt + 1000)).toEqual([]);
    const backwards = await editor.get(`/api/channels/${BAC_HA}/conflicts?startsAt=${endsAt}&endsAt=${startsAt}`);
    expect(backwards.status).toBe(400);
  });

  it('costs as many questions for a full month as for an empty one, and for all channels as for one', async () => {
    const month = (month: string) => statements(() => editor.get(`/api/channels/${BAC_HA}/calendar?month=${month}`));
    const board = (query: string) => statements(() => editor.get(`/api/board?date=${query}`));
    // The first request also records the use of the session.
    await month('2026-11');
    expect(await month('2026-11')).toBe(await month('2028-11'));
    expect(await board('2026-11-25')).toBe(await board('2028-11-25&kind=city-loudspeaker'));
    const cost = await board('2026-11-25');
    expect(cost).toBeGreaterThan(3);
    expect(cost).toBeLessThan(15);
  });

  it('gives each channel as iCalendar: UTC, no rules, every slot and every opening', async () => {
    const answer = await editor.get(`/api/channels/${BAC_HA}/calendar.ics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const ics = answer.text.replace(/\r\n /g, '');
    expect(ics.match(/^UID:slot-/gm)).toHaveLength(6);
    expect(ics.match(/^UID:window-/gm)!.length).toBeGreaterThan(60);
    expect(ics).not.toMatch(/RRULE|TZID|VTIMEZONE/);
    expect(ics).toContain('SUMMARY:Cài Bluezone\\, tổ 1\\; tổ 2');
    expect(ics).toContain('SUMMARY:Buổi sáng\\, phường Bắc Hà');
    expect(ics).toMatch(/^URL(?:;VALUE=URI)?:http:\/\/127\.0\.0\.1:\d+\/lich\/luot\//m);
    // A program that asks again, a quarter of an hour later, is told that nothing has changed.
    house.clock.advance(900_000);
    const etag = answer.headers.get('etag')!;
    const again = await editor.get(`/api/channels/${BAC_HA}/calendar.ics`, { 'if-none-match': etag });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    // 05:30 on the 25th in Hà Tĩnh.
    expect(ics).toMatch(/DTSTART:20261124T2[23]/);
  });

  it('explains the plan: each slot with its reason, and what is lacking with every way out', async () => {
    const long = await approvedClip(house, { seconds: 50 * 60, title: 'Bài rất dài' });
    const { clipId, campaignId, obligationId } = long;
    const channelIds = [(await house.app.get(Channels).list()).find(({ code }) => code === BAC_HA)!.id];
    const demands = [{ channelIds, clipId, obligationId, minPlaysPerDay: 3 }];
    const body = { demands, from: '2026-12-01', until: '2026-12-01' };
    expect((await editor.post(`/api/campaigns/${campaignId}/plan`, body)).status).toBe(200);
    const explain = (more: object = {}) =>
      house.app
        .get(PlanExplanations)
        .explain(systemActor('thử'), { from: '2026-12-01', until: '2026-12-01', campaignId, ...more });
    const found = await explain();
    expect([found.slots, found.shortfalls]).toEqual([2, 1]);
    const [campaign] = found.campaigns;
    expect(campaign).toMatchObject({ campaignId, bulletinClass: 'normal', channels: [{ code: BAC_HA }] });
    expect(campaign!.directive).toMatch(/UBND/);
    const [day] = campaign!.channels[0]!.days;
    expect(day!.slots.map(({ state, why }) => [state, why.startsWith('Lượt')])).toEqual([
      ['planned', true],
      ['planned', true],
    ]);
    expect(day!.shortfalls).toMatchObject([{ wanted: 3, placed: 2, code: 'full' }]);
    const text = planText(found, { explain: true });
    expect(text).toContain('cần 3 lượt, xếp được 2: các buổi phát không còn đủ chỗ trống.');
    for (const way of day!.shortfalls[0]!.wouldFree) expect(text).toContain(`– ${way}`);
    expect(day!.shortfalls[0]!.wouldFree.length).toBeGreaterThan(0);
    await expect(explain({ channelCode: 'khong-co' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(explain({ campaignId: newId(0) })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
