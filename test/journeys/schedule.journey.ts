import { Approvals } from '../../src/approvals/approvals.service.js';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { DayView } from '../../src/schedule/calendar/day-view.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { SlotCancelled, SlotPlaced } from '../../src/schedule/slots/slot.events.js';
import { isOverlapRefusal } from '../../src/schedule/placing/slot-refusals.js';
import { newSlot } from '../../src/schedule/slots/new-slot.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { SlotView } from '../../src/schedule/slots/slot-view.js';
import { Events } from '../../src/database/events.js';
import { newId } from '../../src/shared/ids.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { type Answer, type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const WARDS = 15;

interface Refused {
  code: string;
  message: string;
  details: { meets: { id: string; startsAt: number; endsAt: number; title: string }[]; nearestFree: number[] };
}

interface Planned {
  placedTotal: number;
  placed: { id?: string; channelCode: string; startsAt: number; why: string }[];
  counts: Record<string, number>;
  shortfallsTotal: number;
  shortfalls: { code: string; message: string; wouldFree: string[] }[];
  kept: number;
  cancelledTotal: number;
}

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh, in every installation here; the machine's own zone must not matter.
const at = (time: string, date = '2026-11-25') => instantOf(date, time, VIETNAM);

describe('planning a campaign', () => {
  let house: House;
  let editor: Client;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
  });
  afterAll(() => house.close());

  const demand = (clip: ApprovedClip, more: object = {}) => ({
    channelKind: 'ward-loudspeaker',
    clipId: clip.clipId,
    obligationId: clip.obligationId,
    minPlaysPerDay: 3,
    maxPlaysPerDay: 5,
    ...more,
  });

  const plan = (clip: ApprovedClip, more: object = {}) =>
    editor.post(`/api/campaigns/${clip.campaignId}/plan`, {
      demands: [demand(clip)],
      from: '2026-11-24',
      until: '2026-11-26',
      ...more,
    });

  const slotsOf = (clip: ApprovedClip) =>
    house.app
      .get(Database)
      .read()
      .find(Slot, { where: { campaignId: clip.campaignId }, order: { startsAt: 'ASC' } });

  it('gives every ward its plays, explains them, and a second plan adds nothing', async () => {
    const clip = await approvedClip(house, { title: 'Cài Bluezone' });
    const dry = json<Planned>(await plan(clip, { dryRun: true }));
    expect(dry.placedTotal).toBe(WARDS * 3 * 3);
    expect(await slotsOf(clip)).toHaveLength(0);

    const told: SlotPlaced[] = [];
    house.app.get(Events).on(SlotPlaced, (event) => Promise.resolve(void told.push(event)));
    const first = json<Planned>(await plan(clip));
    expect(first).toMatchObject({ placedTotal: WARDS * 3 * 3, shortfallsTotal: 0, kept: 0, cancelledTotal: 0 });
    expect(first.counts).toEqual({ 'ward-loudspeaker': WARDS * 3 * 3 });
    expect(first.placed[0]?.why).toContain('Lượt 1/3 ngày 24/11/2026, buổi 17:00');
    expect(told).toHaveLength(WARDS);
    expect(told[0]?.dates).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
    expect(told.flatMap(({ slotIds }) => slotIds)).toHaveLength(WARDS * 3 * 3);

    const second = json<Planned>(await plan(clip));
    expect(second).toMatchObject({ placedTotal: 0, kept: WARDS * 3 * 3, cancelledTotal: 0, shortfallsTotal: 0 });
    const slots = await slotsOf(clip);
    expect(slots).toHaveLength(WARDS * 3 * 3);
    for (const slot of slots) {
      expect(slot.startsAt).toBeGreaterThan(house.clock.now());
      expect(slot.endsAt - slot.startsAt).toBe(clip.durationMs);
      expect(slot.obligationId).toBe(clip.obligationId);
    }
    const audits = await house.app
      .get(Database)
      .read()
      .findBy(AuditEntry, { action: 'campaign.planned', entityId: clip.campaignId });
    expect(audits).toHaveLength(2);
  });

  it('makes one plan of two that are asked for at once', async () => {
    const clip = await approvedClip(house, { title: 'Hai người cùng xếp' });
    const answers = await Promise.all([plan(clip), plan(clip), plan(clip)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const placed = answers.map((answer) => json<Planned>(answer).placedTotal).sort((a, b) => a - b);
    expect(placed).toEqual([0, 0, WARDS * 3 * 3]);
    expect(await slotsOf(clip)).toHaveLength(WARDS * 3 * 3);
  });

  it('tells what does not fit and what would help', async () => {
    const clip = await approvedClip(house, { seconds: 50 * 60, title: 'Bài rất dài' });
    const answer = json<Planned>(await plan(clip, { from: '2026-12-01', until: '2026-12-01' }));
    expect(answer.placedTotal).toBe(WARDS * 2);
    expect(answer.shortfallsTotal).toBe(WARDS);
    expect(answer.shortfalls[0]?.code).toBe('full');
    expect(answer.shortfalls[0]?.message).toContain('cần 3 lượt, xếp được 2');
    expect(answer.shortfalls[0]?.wouldFree.length).toBeGreaterThan(0);
  });

  it('refuses what is not approved, what is of another letter, and days outside the campaign', async () => {
    const waiting = await approvedClip(house, { state: 'submitted' });
    const refusal = await plan(waiting);
    expect([refusal.status, json<Refused>(refusal).code]).toEqual([409, 'not-approved']);
    expect(await slotsOf(waiting)).toHaveLength(0);

    const [one, other] = [await approvedClip(house), await approvedClip(house)];
    const codeOf = async (answer: Promise<Answer>) => {
      const { status, text } = await answer;
      return `${status} ${(JSON.parse(text) as Refused).code}`;
    };
    expect(await codeOf(plan(one, { demands: [demand(one, { clipId: other.clipId })] }))).toBe('422 other-campaign');
    expect(await codeOf(plan(one, { demands: [demand(one, { obligationId: other.obligationId })] }))).toBe(
      '422 other-directive',
    );
    expect(await codeOf(plan(one, { from: '2027-06-01', until: '2027-06-02' }))).toBe('422 outside-campaign');
    expect(await codeOf(plan(one, { demands: [demand(one), demand(one)] }))).toBe('422 demand-twice');
    expect(await codeOf(plan(one, { demands: [demand(one, { channelKind: 'fanpage' })] }))).toBe('400 malformed');
    expect(await codeOf(plan({ ...one, campaignId: newId(0) }))).toBe('404 not-found');
    const operator = await house.person('operator', 'phuong-bac-ha');
    const body = { demands: [demand(one)], from: '2026-11-24', until: '2026-11-26' };
    expect(await codeOf(operator.post(`/api/campaigns/${one.campaignId}/plan`, body))).toBe('403 forbidden');
  });

  it('takes back what was planned on an approval that is voided, and leaves what has aired', async () => {
    const clip = await approvedClip(house, { title: 'Bị thu hồi' });
    await plan(clip);
    const [first] = await slotsOf(clip);
    const schedule = house.app.get(Schedule);
    const database = house.app.get(Database);
    await database.write((tx) => schedule.finish(tx, first!.id, 'played', null));
    const told: SlotCancelled[] = [];
    house.app.get(Events).on(SlotCancelled, (event) => Promise.resolve(void told.push(event)));
    await database.write((tx) =>
      house.app.get(Approvals).void(tx, systemActor('thử'), clip.versionId, 'Số liệu đã cũ.'),
    );
    const after = await slotsOf(clip);
    expect(after.find(({ id }) => id === first!.id)?.state).toBe('played');
    const rest = after.filter(({ id }) => id !== first!.id);
    expect(new Set(rest.map(({ state }) => state))).toEqual(new Set(['cancelled']));
    expect(rest[0]?.reason).toBe('Nội dung không còn được duyệt: Số liệu đã cũ.');
    expect(told.flatMap(({ slotIds }) => slotIds)).toHaveLength(rest.length);
    expect((await plan(clip)).status).toBe(409);
  });

  it('plays a second script of an obligation beside the first, now and after re-planning', async () => {
    const clip = await approvedClip(house, { title: 'Bài một' });
    await plan(clip);
    const before = await slotsOf(clip);
    const second = await approvedClip(house, { title: 'Bài hai', of: clip });
    const answer = json<Planned>(await plan(clip, { demands: [demand(clip, { clipId: second.clipId })] }));
    expect(answer).toMatchObject({
      placedTotal: before.length,
      cancelledTotal: 0,
      others: [{ title: 'Bài một', plays: before.length }],
      cancelledOf: [],
    });
    await editor.post('/api/schedule/replan', { campaignId: clip.campaignId });
    const planned = (await slotsOf(clip)).filter(({ state }) => state === 'planned');
    expect(
      planned
        .filter(({ clipId }) => clipId === clip.clipId)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(before.map(({ id }) => id).sort());
    expect(planned).toHaveLength(before.length * 2);
  });

  it('owes nothing on an evening whose sessions are over: it starts on the first day that still has one', async () => {
    const evening = await openHouse({ at: { date: '2026-11-24', time: '20:30' } });
    try {
      const clip = await approvedClip(evening, { title: 'Buổi tối' });
      const person = await evening.person('editor');
      const days = { from: '2026-11-24', until: '2026-11-26' };
      const answer = json<Planned>(
        await person.post(`/api/campaigns/${clip.campaignId}/plan`, { demands: [demand(clip)], ...days }),
      );
      expect(answer).toMatchObject({ placedTotal: WARDS * 3 * 2, shortfallsTotal: 0 });
      const listed = await person.get(`/api/schedule/shortfalls?from=${days.from}&until=${days.until}`);
      expect(json<{ total: number }>(listed).total).toBe(0);
    } finally {
      await evening.close();
    }
  });

  it('replaces the plays of the first script when a person says so, and keeps its place in the day', async () => {
    const clip = await approvedClip(house, { title: 'Bản cũ' });
    await plan(clip);
    const before = await slotsOf(clip);
    const newer = await approvedClip(house, { title: 'Bản mới', of: clip });
    const demands = [demand(clip, { clipId: newer.clipId, others: 'replace' })];
    const answer = json<Planned>(await plan(clip, { demands }));
    expect(answer).toMatchObject({
      placedTotal: before.length,
      cancelledTotal: before.length,
      others: [],
      cancelledOf: [{ title: 'Bản cũ', plays: before.length }],
    });
    const again = await editor.post('/api/schedule/replan', { campaignId: clip.campaignId });
    expect(json<{ difference: object }>(again).difference).toMatchObject({ addedTotal: 0, removedTotal: 0 });
    const planned = (await slotsOf(clip)).filter(({ state }) => state === 'planned');
    expect(planned.map(({ startsAt }) => startsAt)).toEqual(before.map(({ startsAt }) => startsAt));
    expect(new Set(planned.map(({ clipId }) => clipId))).toEqual(new Set([newer.clipId]));
  });
});

describe('placing by hand', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await approvedClip(house, { title: 'Phòng dịch', seconds: 60 });
  });
  afterAll(() => house.close());

  const place = (startsAt: number, more: object = {}) =>
    editor.post('/api/slots', {
      channelCode: BAC_HA,
      clipId: clip.clipId,
      campaignId: clip.campaignId,
      startsAt,
      ...more,
    });

  it('refuses a clash and names the slots it meets and the nearest free times', async () => {
    const first = await place(at('05:40'));
    expect(first.status).toBe(201);
    const slot = json<SlotView>(first);
    expect(slot).toMatchObject({ title: 'Phòng dịch', date: '2026-11-25', endsAt: at('05:41'), state: 'planned' });

    const clash = await place(at('05:40') + 30_000);
    expect(clash.status).toBe(409);
    const refusal = json<Refused>(clash);
    expect(refusal.code).toBe('overlap');
    expect(refusal.message).toContain('Trùng với lượt phát 05:40–05:41 “Phòng dịch”');
    expect(refusal.details.meets).toEqual([
      { ...refusal.details.meets[0], id: slot.id, startsAt: at('05:40'), endsAt: at('05:41'), title: 'Phòng dịch' },
    ]);
    expect(refusal.details.nearestFree[0]).toBe(at('05:41'));
    expect((await place(refusal.details.nearestFree[0]!)).status).toBe(201);
    // Half-open: the time directly before it is free as well.
    expect((await place(at('05:39'))).status).toBe(201);
    // The same minute of another channel is independent.
    expect((await place(at('05:40'), { channelCode: NAM_HA })).status).toBe(201);
  });

  it.each([
    ['03:15', '2026-11-25', 'outside-permitted-hours', 'Ngoài giờ được phép phát (05:00–21:00)'],
    ['21:00', '2026-11-25', 'outside-permitted-hours', 'Ngoài giờ'],
    ['12:00', '2026-11-25', 'outside-window', 'không nằm trọn trong một buổi phát'],
    ['06:29', '2026-11-25', null, ''],
    ['06:30', '2026-11-25', 'outside-window', 'Giờ trống gần nhất'],
    ['07:59', '2026-11-24', 'in-the-past', 'Giờ này đã qua'],
    ['05:30', '2027-03-01', 'outside-campaign', ''],
  ])('at %s on %s: %s', async (time, date, code, words) => {
    const answer = await place(at(time, date));
    if (code === null) {
      expect(answer.status).toBe(201);
      return;
    }
    expect([answer.status, json<Refused>(answer).code]).toEqual([422, code]);
    expect(json<Refused>(answer).message).toContain(words);
  });

  it('refuses what is not approved and what does not exist', async () => {
    const waiting = await approvedClip(house, { state: 'submitted' });
    const refusal = await place(at('17:10'), { clipId: waiting.clipId, campaignId: waiting.campaignId });
    expect([refusal.status, json<Refused>(refusal).code]).toEqual([409, 'not-approved']);
    const missing = '00000000-0000-7000-8000-000000000000';
    expect((await place(at('17:10'), { clipId: missing })).status).toBe(404);
    expect((await place(at('17:10'), { campaignId: missing })).status).toBe(404);
    expect((await place(at('17:10'), { channelCode: 'khong-co' })).status).toBe(404);
    const website = await place(at('17:10'), { channelCode: 'trang-tin-phuong-bac-ha' });
    expect([website.status, json<Refused>(website).code]).toEqual([422, 'not-in-service']);
    expect((await place(at('17:10'), { channel: 'thừa' })).status).toBe(400);
    expect((await place(Number.MAX_SAFE_INTEGER)).status).toBe(422);
  });

  it('moves a slot and cancels it with a reason, once', async () => {
    const slot = json<SlotView>(await place(at('17:10')));
    const other = json<SlotView>(await place(at('17:20')));
    const clash = await editor.post(`/api/slots/${slot.id}/move`, { startsAt: at('17:20') + 1 });
    expect([clash.status, json<Refused>(clash).details.meets[0]?.id]).toEqual([409, other.id]);
    const moved = await editor.post(`/api/slots/${slot.id}/move`, { startsAt: at('17:10') + 30_000 });
    expect([moved.status, json<SlotView>(moved).endsAt]).toEqual([200, at('17:11') + 30_000]);

    const cancel = (reason: string) => editor.post(`/api/slots/${slot.id}/cancel`, { reason });
    expect(json<Refused>(await cancel('  ')).code).toBe('reason-needed');
    expect((await cancel('Mất điện cả phường')).status).toBe(204);
    expect(json<Refused>(await cancel('Lần nữa')).code).toBe('illegal-move');
    expect((await editor.post(`/api/slots/${slot.id}/move`, { startsAt: at('17:40') })).status).toBe(422);
    // A cancelled slot takes no time.
    expect((await place(at('17:11'))).status).toBe(201);
    expect((await editor.post('/api/slots/x%00y/cancel', { reason: 'Không có' })).status).toBe(404);
  });

  it('shows a day with how full its windows are', async () => {
    const answer = await editor.get(`/api/channels/${NAM_HA}/slots?date=2026-11-25`);
    expect(answer.status).toBe(200);
    const [day] = json<{ days: DayView[] }>(answer).days;
    expect(day).toMatchObject({ date: '2026-11-25', weekday: 'Thứ Tư' });
    expect(day!.windows).toMatchObject([
      {
        name: 'Buổi sáng',
        start: '05:30',
        end: '06:30',
        filledMinutes: 1,
        shortMinutes: 59,
        overMinutes: 0,
        state: 'short',
      },
      { name: 'Buổi chiều', start: '17:00', end: '18:00', filledMinutes: 0, shortMinutes: 60 },
    ]);
    expect(day!.slots.map(({ title, campaign }) => [title, campaign])).toEqual([['Phòng dịch', 'Đợt Phòng dịch']]);
    const week = await editor.get(`/api/channels/${NAM_HA}/slots?from=2026-11-23&until=2026-11-29`);
    expect(json<{ days: DayView[] }>(week).days).toHaveLength(7);
    for (const query of ['', '?date=2026-02-30', '?date=2026-11-25&from=2026-11-25', '?from=2026-11-25']) {
      expect((await editor.get(`/api/channels/${NAM_HA}/slots${query}`)).status).toBe(400);
    }
    expect((await editor.get(`/api/channels/${NAM_HA}/slots?from=2026-01-01&until=2026-11-25`)).status).toBe(422);
  });

  it('shows an operator his own ward, and of others only that there is nothing', async () => {
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect((await operator.get(`/api/channels/${BAC_HA}/slots?date=2026-11-25`)).status).toBe(200);
    const foreign = await operator.get(`/api/channels/${NAM_HA}/slots?date=2026-11-25`);
    const missing = await operator.get('/api/channels/khong-co/slots?date=2026-11-25');
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    const body = { channelCode: BAC_HA, clipId: clip.clipId, campaignId: clip.campaignId, startsAt: at('17:50') };
    expect((await operator.post('/api/slots', body)).status).toBe(403);
    expect((await house.stranger().get(`/api/channels/${BAC_HA}/slots?date=2026-11-25`)).status).toBe(401);
  });

  it('ends a slot once, and lets nobody cancel the past', async () => {
    const slot = json<SlotView>(await place(at('05:30', '2026-11-26')));
    const schedule = house.app.get(Schedule);
    const database = house.app.get(Database);
    const finish = (state: 'played' | 'missed') =>
      database.write((tx) => schedule.finish(tx, slot.id, state, state === 'missed' ? 'Không có báo cáo.' : null));
    expect(await finish('missed')).toBe(true);
    expect(await finish('missed')).toBe(false);
    await expect(finish('played')).rejects.toMatchObject({ code: 'illegal-move' });

    const past = json<SlotView>(await place(at('17:00', '2026-11-24')));
    house.clock.set(past.endsAt);
    const again = await house.person('editor');
    const answer = await again.post(`/api/slots/${past.id}/cancel`, { reason: 'Muộn rồi' });
    expect([answer.status, json<Refused>(answer).code]).toEqual([422, 'in-the-past']);
  });
});

describe('many hands on one channel', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('keeps 200 placements at once free of overlaps', async () => {
    const editor = await house.person('editor');
    const clip = await approvedClip(house, { seconds: 40 });
    const placeAt = (n: number) =>
      editor.post('/api/slots', {
        channelCode: BAC_HA,
        clipId: clip.clipId,
        campaignId: clip.campaignId,
        // Every 17.2 s of the window, out of order: each meets several others.
        startsAt: at('05:30') + ((n * 7) % 200) * 17_200,
      });
    // More than one address may have in flight: refused requests are sent again.
    const placed = async (n: number): Promise<Answer> => {
      const answer = await placeAt(n);
      if (answer.status !== 429) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return placed(n);
    };
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => placed(n)));
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(json<Refused>(answer).details.meets.length).toBeGreaterThan(0);
    }
    const slots = await house.app
      .get(Database)
      .read()
      .find(Slot, { order: { startsAt: 'ASC' } });
    expect(slots).toHaveLength(statuses.filter((status) => status === 201).length);
    slots.slice(1).forEach((slot, i) => expect(slot.startsAt).toBeGreaterThanOrEqual(slots[i]!.endsAt));
  });

  it('has a database that refuses an overlap whatever the program does, told in the same words', async () => {
    const editor = await house.person('editor');
    const clip = await approvedClip(house, { seconds: 60, title: 'Chen ngang' });
    const [channel] = (await house.app.get(Channels).list('ward-loudspeaker')).filter(({ code }) => code === NAM_HA);
    const database = house.app.get(Database);
    const rival = (key: string, startsAt: number): Slot =>
      newSlot({
        id: newId(house.clock.now()),
        key,
        channelId: channel!.id,
        windowId: null,
        date: '2026-11-25',
        campaignId: clip.campaignId,
        obligationId: null,
        clipId: clip.clipId,
        startsAt,
        endsAt: startsAt + 60_000,
        state: 'planned',
        reason: null,
        why: 'Ghi thẳng.',
        createdAt: house.clock.now(),
        createdBy: null,
      });
    const insert = (slot: Slot) => database.write((tx) => tx.insert(Slot, slot));
    await insert(rival('a', at('05:40')));
    const refusal: unknown = await insert(rival('b', at('05:40') + 1)).catch((error: unknown) => error);
    expect(isOverlapRefusal(refusal)).toBe(true);
    const sameKey: unknown = await insert(rival('a', at('05:50'))).catch((error: unknown) => error);
    expect(sameKey).toBeInstanceOf(Error);
    expect(isOverlapRefusal(sameKey)).toBe(false);

    if (!database.isPostgres) return;
    // A program that does not take the locks: its row is not committed, so only the constraint can see it.
    let answer: Promise<Answer> | undefined;
    await database.write(async (tx) => {
      await tx.insert(Slot, rival('c', at('06:00')));
      const body = { channelCode: NAM_HA, clipId: clip.clipId, campaignId: clip.campaignId };
      answer = editor.post('/api/slots', { ...body, startsAt: at('06:00') + 30_000 });
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    const told = await answer!;
    expect([told.status, json<Refused>(told).code]).toEqual([409, 'overlap']);
    expect(json<Refused>(told).details.meets).toMatchObject([{ startsAt: at('06:00'), title: 'Chen ngang' }]);
    expect(json<Refused>(told).details.nearestFree[0]).toBe(at('06:01'));
  });
});
