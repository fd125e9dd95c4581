import { AsRun } from '../../src/proof/as-run.entity.js';
import type { AsRunEvent, Receipt } from '../../src/proof/as-run-event.js';
import { ClockWatch } from '../../src/jobs/clock-watch.service.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import { Campaign } from '../../src/campaigns/campaign.entity.js';
import { MakeGood } from '../../src/schedule/changes/make-good.entity.js';
import type { SlotProof } from '../../src/proof/slot-proofs.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { SlotExplanation } from '../../src/schedule/placing/slot-explanations.service.js';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { addDays } from '../../src/shared/local-time.js';
import { Station } from '../../src/stations/station.entity.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { type Answer, type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';

describe('proof of play', () => {
  let house: House;
  let clip: ApprovedClip;
  /** Slots of today and tomorrow, by channel code, ordered by time. */
  let slots: Record<string, Slot[]>;
  let station: { id: string; token: string };

  beforeEach(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '04:00' } });
    clip = await approvedClip(house);
    station = await house.app.get(Stations).enrol(systemActor('thử'), { channelCode: BAC_HA, name: 'Trạm chợ' });
    slots = {};
    for (const code of [BAC_HA, NAM_HA]) slots[code] = await planned(code);
  });
  afterEach(() => house.close());

  async function planned(code: string): Promise<Slot[]> {
    const channel = (await house.app.get(Channels).list()).find((one) => one.code === code);
    if (!channel) throw new Error(code);
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId: clip.campaignId,
      demands: [
        {
          channelIds: [channel.id],
          clipId: clip.clipId,
          minPlaysPerDay: 3,
          maxPlaysPerDay: 3,
          obligationId: clip.obligationId,
        },
      ],
      from: '2026-11-24',
      until: addDays('2026-11-24', 1),
    });
    return read().find(Slot, { where: { channelId: channel.id }, order: { startsAt: 'ASC' } });
  }

  const read = () => house.app.get(Database).read();
  const write = <T>(work: (tx: ReturnType<typeof read>) => Promise<T>) => house.app.get(Database).write(work);
  const slotOf = (code: string, n: number): Slot => {
    const slot = slots[code]?.[n];
    if (!slot) throw new Error(`${code} has no slot ${n}`);
    return slot;
  };
  const event = (n: number, change: Partial<AsRunEvent> = {}): AsRunEvent => {
    const slot = slotOf(BAC_HA, n);
    return {
      sequence: n + 1,
      slotId: slot.id,
      sha256: clip.sha256,
      startedAt: slot.startsAt,
      endedAt: slot.endsAt,
      outcome: 'played',
      ...change,
    };
  };
  const send = (events: unknown[], token = station.token): Promise<Answer> =>
    house.stranger().post('/api/station/as-run', { events }, { authorization: `Bearer ${token}` });
  const endOf = async (slot: Slot) => {
    const { state, reason, evidenceUntil } = await read().findOneByOrFail(Slot, { id: slot.id });
    return [state, reason, evidenceUntil];
  };
  const reconcile = () => house.app.get(Reconciliation).reconcile();
  const makeGoodRows = async () => {
    await house.drain();
    return read().find(MakeGood);
  };
  const makeGoods = async () => (await makeGoodRows()).length;
  const makeGoodOf = (slot: Slot) => read().findOneBy(MakeGood, { slotId: slot.id });
  const explanationOf = async (slot: Slot) =>
    json<SlotExplanation>(await (await house.person('editor')).get(`/api/slots/${slot.id}/explanation`));
  // Sessions end after half an hour, and hours pass here: people sign in again when needed.
  const operator = (): Promise<Client> => house.person('operator', 'phuong-bac-ha');
  const proofOf = async (slot: Slot) =>
    json<SlotProof>(await (await house.person('official')).get(`/api/slots/${slot.id}/proof`));

  it('says that a slot sounds only while a station says so; without its word the time has come', async () => {
    const slot = slotOf(BAC_HA, 0);
    house.clock.set(slot.startsAt + 5 * SECOND);
    const page = async () => (await (await operator()).get('/hom-nay')).text;
    const sounding = async () => json<SlotProof>(await (await operator()).get(`/api/slots/${slot.id}/proof`)).sounding;
    expect([await sounding(), (await page()).includes('Đến giờ phát')]).toEqual([false, true]);
    expect(await page()).not.toMatch(/Đang phát|Đang trong giờ/);
    const beat = { playerVersion: 'thử/1', playing: slot.id };
    const answer = await house
      .stranger()
      .post('/api/station/heartbeat', beat, { authorization: `Bearer ${station.token}` });
    expect(answer.status).toBe(200);
    expect([await sounding(), (await page()).includes('Đang phát, theo máy báo về')]).toEqual([true, true]);
    house.clock.set(slot.endsAt + MINUTE);
    expect(await sounding()).toBe(false);
    expect(await page()).toContain('Chưa có tin từ máy. Nếu loa đã phát, bấm Đã phát.');
  });

  it('the same report twice is one row, also when both arrive at once', async () => {
    house.clock.set(slotOf(BAC_HA, 2).endsAt + MINUTE);
    const batch = [event(0), event(1), event(2)];
    const answers = await Promise.all([send(batch), send(batch), send(batch)]);
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    const receipts = answers.map((one) => json<Receipt>(one)).sort((a, b) => b.accepted - a.accepted);
    expect(receipts).toEqual([
      { accepted: 3, duplicates: 0, highest: 3, missing: [] },
      { accepted: 0, duplicates: 3, highest: 3, missing: [] },
      { accepted: 0, duplicates: 3, highest: 3, missing: [] },
    ]);
    const rows = await read().find(AsRun, { order: { sequence: 'ASC' } });
    expect(rows.map((row) => [row.sequence, row.slotId, row.outcome, row.grade])).toEqual(
      batch.map((one) => [one.sequence, one.slotId, 'played', 'B']),
    );
    expect(await endOf(slotOf(BAC_HA, 0))).toEqual(['played', 'Nhật ký máy', null]);
    expect(await read().countBy(AuditEntry, { action: 'slot.played' })).toBe(3);
  });

  it('later numbers may come first; what is missing is told back until it arrives', async () => {
    house.clock.set(slotOf(BAC_HA, 5).endsAt + MINUTE);
    const first = json<Receipt>(await send([event(4), event(2)]));
    expect(first).toMatchObject({
      highest: 5,
      missing: [
        { from: 1, to: 2 },
        { from: 4, to: 4 },
      ],
    });
    const second = json<Receipt>(await send([event(0), event(1), event(2), event(3)]));
    expect(second).toEqual({ accepted: 3, duplicates: 1, highest: 5, missing: [] });
    const me = json<{ lastSequence: number }>(
      await house.stranger().get('/api/station/me', { authorization: `Bearer ${station.token}` }),
    );
    expect(me.lastSequence).toBe(5);
  });

  it('what is missing is counted from the rows where an older version kept no account', async () => {
    house.clock.set(slotOf(BAC_HA, 5).endsAt + MINUTE);
    await send([event(4), event(2)]);
    await write((tx) => tx.update(Station, { id: station.id }, { logGaps: null }));
    expect(json<Receipt>(await send([event(0), event(2)]))).toEqual({
      accepted: 1,
      duplicates: 1,
      highest: 5,
      missing: [
        { from: 2, to: 2 },
        { from: 4, to: 4 },
      ],
    });
    const { logGaps } = await read().findOneByOrFail(Station, { id: station.id });
    expect(logGaps).toHaveLength(2);
  });

  it('a slot that was settled without a log opens for one that was here in time and was lost, and for no other', async () => {
    const [lost, late, failed] = [slotOf(BAC_HA, 0), slotOf(BAC_HA, 1), slotOf(BAC_HA, 2)];
    house.clock.set(failed.endsAt + 2 * 24 * HOUR);
    await reconcile();
    for (const slot of [lost, late, failed]) expect((await endOf(slot)).slice(0, 1)).toEqual(['missed']);
    await house.drain();
    const day = 24 * HOUR;
    const answer = await send([
      event(0, { acknowledgedAt: lost.endsAt + day }),
      event(1, { acknowledgedAt: late.endsAt + day + 1 }),
      event(2, { acknowledgedAt: failed.endsAt, outcome: 'failed' }),
    ]);
    expect(answer.status).toBe(200);
    expect(await endOf(lost)).toEqual(['played', 'Nhật ký máy', null]);
    for (const slot of [late, failed]) expect((await endOf(slot)).slice(0, 1)).toEqual(['missed']);
    expect((await proofOf(late)).lateReported).toBe(true);
    const corrected = await read().findBy(AuditEntry, { action: 'slot.corrected' });
    expect(corrected.map(({ entityId }) => entityId)).toEqual([lost.id]);
    expect(corrected[0]?.after).toMatchObject({ state: 'played', stationId: station.id });
    await house.drain();
    expect(await makeGoodOf(lost)).toMatchObject({ state: 'dismissed' });
    // The same event again, with or without that field, is the same event.
    expect(json<Receipt>(await send([event(0), event(1)]))).toMatchObject({ accepted: 0, duplicates: 2 });
  });

  it('the same number with other content is refused, named, and nothing of the batch is stored', async () => {
    house.clock.set(slotOf(BAC_HA, 2).endsAt + MINUTE);
    await send([event(0)]);
    const answer = await send([event(1), event(0, { outcome: 'failed' })]);
    expect(answer.status).toBe(409);
    expect(json(answer)).toMatchObject({ code: 'sequence-taken', details: { sequence: 1 } });
    expect(await read().count(AsRun)).toBe(1);
    const twins = await send([event(2), event(2, { detail: 'khác' })]);
    expect([twins.status, await read().count(AsRun)]).toEqual([409, 1]);
  });

  it('a slot of another ward and one that does not exist are refused alike, with nothing stored', async () => {
    house.clock.set(slotOf(BAC_HA, 2).endsAt + MINUTE);
    const foreign = await send([event(0), event(1, { slotId: slotOf(NAM_HA, 0).id })]);
    const missing = await send([event(0), event(1, { slotId: 'khong-co' })]);
    expect([foreign.status, missing.status]).toEqual([422, 422]);
    const strip = (answer: Answer) => {
      const body = json<{ details: { slotId: string } }>(answer);
      return { ...body, details: { ...body.details, slotId: '' } };
    };
    expect(strip(foreign)).toEqual(strip(missing));
    expect(json(foreign)).toMatchObject({ code: 'unknown-slot', details: { sequence: 2 } });
    expect(await read().count(AsRun)).toBe(0);
  });

  it.each([
    ['bad-times', (one: AsRunEvent) => ({ ...one, endedAt: one.startedAt - 1 }), 422],
    ['far-from-slot', (one: AsRunEvent) => ({ ...one, startedAt: one.startedAt - 25 * HOUR }), 422],
    ['malformed', (one: AsRunEvent) => ({ ...one, note: 'thừa' }), 400],
    ['malformed', (one: AsRunEvent) => ({ ...one, sequence: 0 }), 400],
    ['malformed', (one: AsRunEvent) => ({ ...one, sha256: 'abc' }), 400],
  ])('an event that cannot be is refused: %s', async (code, change, status) => {
    house.clock.set(slotOf(BAC_HA, 1).endsAt + MINUTE);
    const answer = await send([event(0), change(event(1))]);
    expect([answer.status, json<{ code: string }>(answer).code]).toEqual([status, code]);
    expect(await read().count(AsRun)).toBe(0);
  });

  it('another file than the approved one does not count as played', async () => {
    const slot = slotOf(BAC_HA, 0);
    house.clock.set(slot.endsAt + MINUTE);
    await send([event(0, { sha256: 'f'.repeat(64) })]);
    const reason = 'Trạm không phát được: tệp phát không phải bản thu đã duyệt của lượt này';
    expect(await endOf(slot)).toEqual(['missed', reason, slot.endsAt + 30 * MINUTE]);
    house.clock.advance(30 * MINUTE);
    await reconcile();
    expect(await endOf(slot)).toEqual(['missed', reason, null]);
  });

  it('what a device could not play is missed at once with its reason, and settled half an hour later', async () => {
    const slot = slotOf(BAC_HA, 0);
    house.clock.set(slot.endsAt + SECOND);
    await send([event(0, { outcome: 'failed', detail: 'thiếu clip' })]);
    expect((await endOf(slot))[0]).toBe('planned');
    house.clock.set(slot.endsAt + 20 * SECOND);
    await reconcile();
    const until = slot.endsAt + 30 * MINUTE;
    expect(await endOf(slot)).toEqual(['missed', 'Trạm không phát được: thiếu clip', until]);
    expect(await proofOf(slot)).toMatchObject({ standing: 'missed', until });
    expect(await makeGoods()).toBe(0);
    house.clock.set(until);
    await reconcile();
    expect(await endOf(slot)).toEqual(['missed', 'Trạm không phát được: thiếu clip', null]);
    expect(await makeGoods()).toBe(1);
  });

  it('a device that failed and then played is mended within the half hour, and nothing is made good', async () => {
    const slot = slotOf(BAC_HA, 0);
    house.clock.set(slot.endsAt + MINUTE);
    await send([event(0, { outcome: 'failed', detail: 'mất điện' })]);
    expect((await endOf(slot))[0]).toBe('missed');
    house.clock.advance(10 * MINUTE);
    await send([event(0, { sequence: 2 })]);
    expect(await endOf(slot)).toEqual(['played', 'Nhật ký máy', null]);
    house.clock.advance(HOUR);
    await reconcile();
    expect(await makeGoods()).toBe(0);
    const { slot: explained, history } = await explanationOf(slot);
    expect(explained.state).toBe('played');
    const [run] = await read().find(AsRun, { where: { sequence: 2 } });
    expect(history.filter(({ what }) => what.startsWith('slot.')).slice(-2)).toMatchObject([
      { what: 'slot.missed', detail: { state: 'missed', reason: 'Trạm không phát được: mất điện' } },
      {
        what: 'slot.corrected',
        who: 'đối soát phát sóng',
        detail: { state: 'played', reason: 'Nhật ký máy', asRunId: run?.id, stationId: station.id },
      },
    ]);
  });

  it('silence is no word within a minute and a miss after a day, once; a report after that changes no state', async () => {
    const slot = slotOf(BAC_HA, 0);
    house.clock.set(slot.endsAt + 20 * SECOND);
    expect(await reconcile()).toEqual({ played: 0, missed: 2 }); // the first slot of either ward
    const until = slot.endsAt + 24 * HOUR;
    expect(await endOf(slot)).toEqual(['missed', 'Chưa có tin của trạm', until]);
    expect(await endOf(slotOf(NAM_HA, 0))).toEqual(['missed', 'Chưa có tin của trực đài', expect.any(Number)]);
    const waiting = 'Chờ nhật ký máy; tạm tính là không phát';
    expect(await proofOf(slot)).toMatchObject({ standing: 'no-word', note: waiting, until, lateReported: false });
    house.clock.set(slot.endsAt + 23 * HOUR);
    await reconcile();
    expect((await endOf(slot))[2]).toBe(until);
    expect(await makeGoods()).toBe(0);
    house.clock.set(until);
    const settlement = house.app.get(Reconciliation);
    await Promise.all([settlement.reconcile(), settlement.reconcile()]);
    expect(await endOf(slot)).toEqual(['missed', 'Trạm chưa liên lạc lần nào', null]);
    expect(await endOf(slotOf(NAM_HA, 0))).toEqual(['missed', 'Kênh chưa có trạm và trực đài chưa xác nhận', null]);
    expect(await read().countBy(AuditEntry, { action: 'slot.missed', entityId: slot.id })).toBe(1);
    expect(await makeGoods()).toBe(2);
    expect(json(await send([event(0)]))).toMatchObject({ accepted: 1 });
    expect(await endOf(slot)).toEqual(['missed', 'Trạm chưa liên lạc lần nào', null]);
    expect(await proofOf(slot)).toMatchObject({ state: 'missed', standing: 'missed', lateReported: true, grade: 'B' });
  });

  it('a station that was cut off for a day is heard in time, and one that calls and says nothing is not believed', async () => {
    const [first, second] = [slotOf(BAC_HA, 0), slotOf(BAC_HA, 1)];
    house.clock.set(first.endsAt + MINUTE);
    await reconcile();
    expect((await endOf(first))[0]).toBe('missed');
    house.clock.set(first.endsAt + 20 * HOUR);
    await send([event(0)]);
    expect(await endOf(first)).toEqual(['played', 'Nhật ký máy', null]);
    const corrected = await read().findBy(AuditEntry, { action: 'slot.corrected' });
    expect(corrected.map(({ entityId, before }) => [entityId, before])).toEqual([
      [first.id, { state: 'missed', reason: 'Chưa có tin của trạm' }],
    ]);
    house.clock.set(second.endsAt + 24 * HOUR);
    await reconcile();
    expect(await endOf(second)).toEqual(['missed', 'Trạm không báo đã phát', null]);
    expect((await makeGoodRows()).map(({ slotId }) => slotId)).not.toContain(first.id);
  });

  describe('a log that comes when the make-good stands already', () => {
    async function missedAndLate(): Promise<Slot> {
      const slot = slotOf(BAC_HA, 0);
      house.clock.set(slot.endsAt + 24 * HOUR);
      await reconcile();
      await house.drain();
      return slot;
    }
    const lateLog = async () => {
      await send([event(0)]);
      await house.drain();
    };

    it('takes the proposal back', async () => {
      const slot = await missedAndLate();
      expect(await makeGoodOf(slot)).toMatchObject({ state: 'proposed' });
      await lateLog();
      expect(await makeGoodOf(slot)).toMatchObject({ state: 'dismissed', reason: expect.stringContaining('đã phát') });
      const id = (await makeGoodOf(slot))?.id;
      const answer = await (await house.person('editor')).post(`/api/make-goods/${id}/accept`);
      expect([answer.status, json<{ code: string }>(answer).code]).toEqual([409, 'decided']);
    });

    it('takes an automatic play out that has not begun: nothing sounds twice', async () => {
      await write((tx) => tx.update(Campaign, { id: clip.campaignId }, { autoMakeGood: true }));
      const slot = await missedAndLate();
      const made = await read().findOneByOrFail(Slot, { makeGoodFor: slot.id });
      expect(made.state).toBe('planned');
      await lateLog();
      expect(await endOf(made)).toEqual(['cancelled', expect.stringContaining('đã phát'), null]);
      expect(await makeGoodOf(slot)).toMatchObject({ state: 'dismissed' });
    });

    it('leaves what a person accepted, and says there that it is not needed', async () => {
      const slot = await missedAndLate();
      const row = await makeGoodOf(slot);
      expect((await (await house.person('editor')).post(`/api/make-goods/${row?.id}/accept`)).status).toBe(200);
      await lateLog();
      const made = await read().findOneByOrFail(Slot, { makeGoodFor: slot.id });
      expect(made.state).toBe('planned');
      expect((await explanationOf(slot)).makeGood).toMatchObject({
        state: 'accepted',
        slotId: made.id,
        reason: expect.stringContaining('đã phát'),
      });
    });

    it('comes before the proposal is made: none is made', async () => {
      const slot = slotOf(BAC_HA, 0);
      house.clock.set(slot.endsAt + 24 * HOUR);
      await write((tx) => house.app.get(Schedule).finish(tx, slot.id, 'missed', 'Trạm không báo đã phát'));
      await send([event(0)]);
      await house.drain();
      await house.drain();
      expect(await makeGoodOf(slot)).toMatchObject({ state: 'dismissed' });
      expect(await read().countBy(Slot, { makeGoodFor: slot.id })).toBe(0);
    });
  });

  it('slots that an older version left waiting are settled by the first look after the start', async () => {
    const old = slotOf(BAC_HA, 0);
    house.clock.set(old.endsAt + 40 * 24 * HOUR);
    await reconcile();
    const waiting = (await read().find(Slot)).filter(
      ({ state, evidenceUntil }) => state === 'planned' || evidenceUntil,
    );
    expect(waiting).toEqual([]);
    expect(await endOf(old)).toEqual(['missed', 'Trạm chưa liên lạc lần nào', null]);
  });

  describe("the operator's tick", () => {
    const tick = async (slot: Slot, body: unknown, who?: Client) =>
      (who ?? (await operator())).post(`/api/slots/${slot.id}/tick`, body);

    it('decides at once where there is no device', async () => {
      await house.app.get(Stations).revoke(systemActor('thử'), station.id);
      const [first, second] = [slotOf(BAC_HA, 0), slotOf(BAC_HA, 1)];
      house.clock.set(second.endsAt);
      expect(json(await tick(first, { played: true }))).toEqual({ state: 'played' });
      expect(json(await tick(first, { played: true }))).toEqual({ state: 'played' });
      expect(json(await tick(second, { played: false, reason: 'mất điện' }))).toEqual({ state: 'missed' });
      expect(await endOf(second)).toEqual(['missed', 'Trực đài báo không phát: mất điện', null]);
      const rows = await read().find(AsRun, { order: { startedAt: 'ASC' } });
      expect(rows.map((row) => [row.grade, row.outcome, row.stationId])).toEqual([
        ['C', 'played', null],
        ['C', 'failed', null],
      ]);
      expect(rows.every((row) => row.recordedBy !== null)).toBe(true);
      const contrary = await tick(first, { played: false, reason: 'nhầm' });
      expect([contrary.status, json<{ code: string }>(contrary).code]).toEqual([409, 'slot-decided']);
    });

    it('mends what nobody had spoken of, for a day', async () => {
      await house.app.get(Stations).revoke(systemActor('thử'), station.id);
      const slot = slotOf(BAC_HA, 0);
      house.clock.set(slot.endsAt + MINUTE);
      await reconcile();
      expect((await endOf(slot)).slice(0, 2)).toEqual(['missed', 'Chưa có tin của trực đài']);
      house.clock.set(slot.endsAt + 10 * HOUR);
      expect(json(await tick(slot, { played: true }))).toEqual({ state: 'played' });
      expect(await endOf(slot)).toEqual(['played', 'Trực đài xác nhận', null]);
      house.clock.set(slot.endsAt + 24 * HOUR);
      await reconcile();
      expect(await makeGoodOf(slot)).toBeNull();
    });

    it('takes the last word, also when the clock has not moved', async () => {
      const slot = slotOf(BAC_HA, 0);
      house.clock.set(slot.endsAt);
      const who = await operator();
      for (const [n, played] of [true, false, true, false].entries()) {
        await tick(slot, played ? { played } : { played, reason: `lần ${n}` }, who);
      }
      expect((await proofOf(slot)).runs.map((run) => run.outcome)).toEqual(['played', 'failed', 'played', 'failed']);
      house.clock.set(slot.endsAt + 24 * HOUR);
      await house.app.get(Reconciliation).reconcile();
      expect(await endOf(slot)).toEqual(['missed', 'Trực đài báo không phát: lần 3', null]);
      const late = await tick(slot, { played: true }, await operator());
      expect([late.status, json<{ code: string }>(late).code]).toEqual([409, 'slot-decided']);
    });

    it('two ticks at once are one row', async () => {
      const slot = slotOf(BAC_HA, 0);
      house.clock.set(slot.endsAt);
      const who = await operator();
      await Promise.all([tick(slot, { played: true }, who), tick(slot, { played: true }, who)]);
      expect(await read().countBy(AsRun, { slotId: slot.id })).toBe(1);
    });

    it('counts until the device speaks, which outweighs it; a silent device leaves the word to the operator', async () => {
      const [first, second, third] = [slotOf(BAC_HA, 0), slotOf(BAC_HA, 1), slotOf(BAC_HA, 2)];
      house.clock.set(third.endsAt + MINUTE);
      expect(json(await tick(first, { played: false, reason: 'không nghe thấy' }))).toEqual({ state: 'missed' });
      expect(json(await tick(second, { played: true }))).toEqual({ state: 'played' });
      expect(json(await tick(third, { played: true }))).toEqual({ state: 'played' });
      const note = 'Trực đài báo đã phát; chờ nhật ký máy; tạm tính là đã phát';
      expect(await proofOf(second)).toMatchObject({ note, grade: 'C', until: second.endsAt + 24 * HOUR });
      await send([event(0), event(2, { outcome: 'failed', detail: 'mất điện' })]);
      expect(await endOf(first)).toEqual(['played', 'Nhật ký máy', null]);
      expect((await endOf(third)).slice(0, 2)).toEqual(['missed', 'Trạm không phát được: mất điện']);
      house.clock.set(second.endsAt + 24 * HOUR);
      await reconcile();
      expect(await endOf(second)).toEqual(['played', 'Trực đài xác nhận', null]);
      expect(await proofOf(second)).toMatchObject({ grade: 'C' });
    });

    it('needs a reason, a slot that has begun and a ward of his own', async () => {
      const slot = slotOf(BAC_HA, 0);
      const code = (answer: Answer) => [answer.status, json<{ code: string }>(answer).code];
      expect(code(await tick(slot, { played: true }))).toEqual([422, 'not-yet']);
      house.clock.set(slotOf(NAM_HA, 0).endsAt);
      expect(code(await tick(slot, { played: false, reason: '  ' }))).toEqual([422, 'reason-needed']);
      const foreign = await tick(slotOf(NAM_HA, 0), { played: true });
      const who = await operator();
      const missing = await who.post('/api/slots/khong-co/tick', { played: true });
      expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
      expect((await who.get(`/api/slots/${slotOf(NAM_HA, 0).id}/proof`)).status).toBe(404);
      expect((await who.get(`/api/slots/${slot.id}/proof`)).status).toBe(200);
      expect(code(await tick(slot, { played: true }, await house.person('editor')))).toEqual([403, 'forbidden']);
      expect(await read().count(AsRun)).toBe(0);
    });
  });

  it('two stations of one channel report at once: the slot is played once', async () => {
    const other = await house.app.get(Stations).enrol(systemActor('thử'), { channelCode: BAC_HA, name: 'Trạm đình' });
    house.clock.set(slotOf(BAC_HA, 0).endsAt + MINUTE);
    const answers = await Promise.all([
      send([event(0)]),
      send([event(0)], other.token),
      send([event(0, { sequence: 9, outcome: 'failed', detail: 'mất điện' })], other.token),
    ]);
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(await read().countBy(AsRun, { slotId: slotOf(BAC_HA, 0).id })).toBe(3);
    expect(await read().countBy(AuditEntry, { action: 'slot.played' })).toBe(1);
  });

  it('a clock that jumps concludes nothing: neither what is to come nor what stations report, until it is right again', async () => {
    house.clock.set(slotOf(BAC_HA, 0).endsAt + MINUTE);
    await reconcile();
    house.clock.jump(4 * 24 * HOUR);
    expect(await reconcile()).toEqual({ played: 0, missed: 0 });
    const refused = await send([event(0)]);
    expect([refused.status, json<{ code: string }>(refused).code]).toEqual([503, 'clock-in-doubt']);
    house.clock.jump(-4 * 24 * HOUR);
    expect((await send([event(0)])).status).toBe(200);
    expect((await endOf(slotOf(BAC_HA, 0)))[0]).toBe('played');
    const later = [...(slots[BAC_HA] ?? []).slice(1), ...(slots[NAM_HA] ?? []).slice(1)];
    expect(new Set(await Promise.all(later.map(async (slot) => (await endOf(slot))[0])))).toEqual(new Set(['planned']));
  });

  it('what silence settled by a wrong clock is open again when the clock is right, and ends by what is heard of it', async () => {
    const watch = house.app.get(ClockWatch);
    house.clock.set(slotOf(BAC_HA, 0).endsAt + MINUTE);
    expect((await send([event(0)])).status).toBe(200);
    // The machine was started with a future date: this could not be detected.
    house.clock.jump(4 * 24 * HOUR);
    watch.accept();
    await reconcile();
    expect((await endOf(slotOf(BAC_HA, 5)))[0]).toBe('missed');
    expect(await makeGoods()).toBe(11);
    house.clock.jump(-4 * 24 * HOUR);
    expect(watch.doubt()).not.toBeNull();
    watch.accept();
    await reconcile();
    expect((await endOf(slotOf(BAC_HA, 0)))[0]).toBe('played');
    const over = slotOf(NAM_HA, 0);
    expect(await endOf(over)).toEqual(['missed', expect.stringContaining('Chưa có tin'), over.endsAt + 24 * HOUR]);
    for (const slot of [slotOf(BAC_HA, 1), slotOf(BAC_HA, 5), slotOf(NAM_HA, 5)])
      expect(await endOf(slot)).toEqual(['planned', null, null]);
    expect(await makeGoods()).toBe(0);
    expect(await read().countBy(AuditEntry, { action: 'slot.reopened' })).toBe(11);
    // From here on the normal rules apply: one slot has evidence, one has not.
    house.clock.set(slotOf(BAC_HA, 1).endsAt + MINUTE);
    await send([event(1)]);
    expect((await endOf(slotOf(BAC_HA, 1)))[0]).toBe('played');
    house.clock.set(slotOf(BAC_HA, 2).endsAt + 24 * HOUR);
    await reconcile();
    expect((await endOf(slotOf(BAC_HA, 2)))[0]).toBe('missed');
    await house.drain();
    expect(await makeGoodOf(slotOf(BAC_HA, 2))).not.toBeNull();
  });
});
