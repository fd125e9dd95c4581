import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { Activation } from '../../src/people/system/activation.service.js';
import { MayAct } from '../../src/jobs/may-act.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AsRun } from '../../src/proof/as-run.entity.js';
import { Reconciliation, WAKE_MS } from '../../src/proof/reconciliation.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { slotStatusOf } from '../../src/schedule/slots/slot-status.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { SlotOutcomes } from '../../src/schedule/changes/slot-outcomes.service.js';
import { addDays, instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { FaultyWire } from '../../src/stations/player/faulty-wire.fake.js';
import { Player } from '../../src/stations/player/player.js';
import type { Speaker } from '../../src/stations/player/speaker.port.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, someone } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const TODAY = '2026-11-24';
const TOMORROW = addDays(TODAY, 1);
const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60 * SECOND;
const LATE_MS = 60 * SECOND;
const BAC_HA = 'truyen-thanh-phuong-bac-ha';

/** One world with one clock: the centre and a station that plays, logs and reports, from 04:00 on. */
describe('when the clock jumps, and after the machines were off', () => {
  let house: House;
  let dir: string;
  let wire: FaultyWire;
  let token: string;
  let sounded: number;

  beforeEach(async () => {
    house = await openHouse({ at: { date: TODAY, time: '04:00' } });
    dir = await mkdtemp(join(tmpdir(), 'loa-clock-'));
    const station = { channelCode: BAC_HA, name: 'Trạm chợ', simulated: true };
    token = (await house.app.get(Stations).enrol(systemActor('thử'), station)).token;
    wire = new FaultyWire(fetch);
    sounded = 0;
  });
  afterEach(async () => {
    await house.close();
    await rm(dir, { recursive: true, force: true });
  });

  const read = () => house.app.get(Database).read();
  const slots = () => read().find(Slot, { order: { startsAt: 'ASC' } });

  /** `jump` is added to the clock in the middle of the play of that number. */
  function player(jump: { atPlay: number; ms: number } = { atPlay: -1, ms: 0 }): Player {
    const speaker: Speaker = {
      play: async (_file, durationMs, clock, signal) => {
        sounded++;
        await clock.sleep(durationMs / 2, signal);
        if (sounded === jump.atPlay) house.clock.advance(jump.ms);
        await clock.sleep(durationMs / 2, signal);
      },
    };
    return new Player({ baseUrl: house.url, token, dir, clock: house.clock, speaker, fetch: wire.fetch });
  }

  async function plan(playsADay: number): Promise<Slot[]> {
    const clip = await approvedClip(house, { seconds: 20 });
    const channel = (await house.app.get(Channels).list()).find(({ code }) => code === BAC_HA)!;
    const { campaignId, clipId, obligationId } = clip;
    const demands = [{ channelIds: [channel.id], clipId, obligationId, minPlaysPerDay: playsADay }];
    const days = { from: TODAY, until: TOMORROW };
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), { campaignId, demands, ...days });
    const planned = await slots();
    expect(planned).toHaveLength(playsADay * 2);
    return planned;
  }

  /**
   * The minute after a return, with real timers, in two processes at once: this one, and one that has just started. A
   * slot that was over at the return has an end state after it.
   */
  async function withinAMinute(): Promise<void> {
    const returned = house.clock.now();
    const { app } = house;
    const started = () =>
      new Reconciliation(app.get(Database), app.get(SlotOutcomes), house.clock, app.get(MayAct), app.get(Activation));
    for (let at = WAKE_MS; at <= MINUTE; at += WAKE_MS) {
      house.clock.set(returned + at);
      await Promise.all([app.get(Reconciliation).reconcile(), started().reconcile()]);
    }
    const open = (await slots()).filter(({ state, endsAt }) => state === 'planned' && endsAt <= returned);
    expect(open).toEqual([]);
  }

  /** Every slot ended once, has one report, and nothing was played twice. */
  async function eachOnce(): Promise<Slot[]> {
    const all = await slots();
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    const rows = await read().find(AsRun);
    expect(new Set(rows.map(({ slotId }) => slotId)).size).toBe(rows.length);
    expect(rows.filter(({ outcome }) => outcome !== 'failed')).toHaveLength(sounded);
    const decided = all.filter(({ state }) => state !== 'planned');
    for (const { state, reason } of decided) {
      expect(['played', 'missed']).toContain(state);
      expect(reason).toBeTruthy();
    }
    const named = async (action: string) =>
      (await read().findBy(AuditEntry, { action })).map(({ entityId }) => entityId).sort();
    // A slot that a wrong clock ended was reopened and ended again.
    const reopened = await named('slot.reopened');
    const ended = [...(await named('slot.played')), ...(await named('slot.missed'))];
    expect(ended.sort()).toEqual([...decided.map(({ id }) => id), ...reopened].sort());
    return all;
  }

  it.each([
    ['an hour ahead', HOUR],
    ['an hour back', -HOUR],
    ['a day ahead', DAY],
  ])('%s: nothing sounds twice and every slot ends in one state', async (_, ms) => {
    const planned = await plan(40);
    const station = player({ atPlay: 10, ms });
    await station.pull([TODAY, TOMORROW]);
    await station.play(TODAY);
    await station.play(TOMORROW);
    expect(await station.report()).toMatchObject({ left: 0 });
    await station.close();
    await withinAMinute();
    const all = await eachOnce();
    expect(all.filter(({ state }) => state === 'planned')).toEqual([]);
    // Slots in the skipped time could not be played; all others were.
    const jumped = planned[9]!;
    const back = jumped.endsAt + ms;
    const leapt = planned.filter((slot) => slot.startsAt > jumped.startsAt && slot.startsAt < back - LATE_MS);
    expect(all.filter(({ state }) => state === 'missed').map(({ id }) => id)).toEqual(leapt.map(({ id }) => id));
    expect(leapt.length > 0).toBe(ms > 0);
  });

  it.each([1, 10, 100])('the centre was off across %i slots: the station played on, and told it', async (count) => {
    const planned = await plan(60);
    const station = player();
    await station.pull([TODAY, TOMORROW]);
    wire.cut = true;
    const ended = planned[count - 1]!.endsAt;
    const off = new AbortController();
    const { sleep } = house.clock;
    house.clock.sleep = async (ms, signal) => {
      await sleep.call(house.clock, ms, signal);
      if (house.clock.now() > ended) off.abort(new Error('the day is looked at here'));
    };
    for (const date of [TODAY, TOMORROW]) await station.play(date, { signal: off.signal }).catch(() => undefined);
    house.clock.sleep = sleep;
    expect(await read().count(AsRun)).toBe(0);
    wire.cut = false;
    house.clock.set(Math.max(house.clock.now(), ended + SECOND));
    expect(await station.report()).toMatchObject({ left: 0, refused: 0 });
    await station.close();
    await withinAMinute();
    const all = await eachOnce();
    expect(all.slice(0, count).map(({ state }) => state)).toEqual(planned.slice(0, count).map(() => 'played'));
    // The station was switched off there: slots that ended in the minute after it were not played.
    for (const { state, endsAt } of all.slice(count)) {
      expect(['planned', 'missed']).toContain(state);
      expect(state === 'planned' || endsAt <= house.clock.now()).toBe(true);
    }
  });

  it.each([1, 10, 100])(
    'all was off across %i slots: each is missed with its reason, and the next one plays',
    async (count) => {
      const planned = await plan(60);
      const before = player();
      await before.pull([TODAY, TOMORROW]);
      await before.close();
      // Power returns half an hour after the last of them; slots that began meanwhile are over too.
      let back = planned[count - 1]!.endsAt + 30 * MINUTE;
      while (planned.some(({ startsAt }) => startsAt <= back + SECOND && startsAt >= back - LATE_MS))
        back += 10 * SECOND;
      house.clock.set(back);
      const gone = planned.filter(({ startsAt }) => startsAt < house.clock.now() - LATE_MS);
      expect(gone.length).toBeGreaterThanOrEqual(count);
      const station = player();
      const ready = new AbortController();
      const { sleep } = house.clock;
      house.clock.sleep = (ms, signal) => {
        // The first wait is for future slots: all past ones were entered before it.
        ready.abort(new Error('waiting for the next one'));
        return sleep.call(house.clock, ms, signal);
      };
      for (const date of [TODAY, TOMORROW]) {
        if (!ready.signal.aborted) await station.play(date, { signal: ready.signal }).catch(() => undefined);
      }
      house.clock.sleep = sleep;
      expect(await station.report()).toMatchObject({ left: 0, refused: 0 });
      await withinAMinute();
      const all = await eachOnce();
      expect(all.slice(0, count).map(({ state }) => state)).toEqual(planned.slice(0, count).map(() => 'missed'));
      expect(all[0]!.reason).toContain('Quá giờ phát');
      expect(all.slice(gone.length).every(({ state }) => state === 'planned')).toBe(true);
      const next = planned.find(({ startsAt }) => startsAt > house.clock.now())!;
      for (const date of [TODAY, TOMORROW]) await station.play(date);
      await station.report();
      await station.close();
      await withinAMinute();
      const after = await eachOnce();
      expect(after.find(({ id }) => id === next.id)!.state).toBe('played');
      expect(after.filter(({ state }) => state === 'planned')).toEqual([]);
    },
  );

  it.each<[object, [string, number][], boolean]>([
    [
      { rule: 'cut' },
      [
        ['missed', 12],
        ['played', 0],
      ],
      true,
    ],
    [
      { rule: 'wait', seconds: 60 },
      [
        ['played', 12],
        ['played', 10],
      ],
      false,
    ],
    [
      { rule: 'wait', seconds: 4 },
      [
        ['missed', 12],
        ['played', 4],
      ],
      true,
    ],
    [
      { rule: 'next' },
      [
        ['played', 12],
        ['played', 10],
      ],
      false,
    ],
  ])('a station that begins ten seconds late keeps the rule of the next item: %j', async (start, ends, gaveWay) => {
    const { clipId, campaignId } = await approvedClip(house, { seconds: 20 });
    const editor = await house.person('editor');
    const put = (startsAt: number, more: object = {}) =>
      editor.post('/api/slots', { channelCode: BAC_HA, clipId, campaignId, startsAt, ...more });
    const first = json<Slot>(await put(instantOf(TODAY, '05:30', VIETNAM)));
    expect((await put(first.endsAt + 2 * SECOND, { start })).status).toBe(201);
    const station = player();
    await station.pull([TODAY]);
    house.clock.set(first.startsAt + 12 * SECOND);
    await station.play(TODAY);
    expect(await station.report()).toMatchObject({ refused: 0 });
    await station.close();
    await withinAMinute();
    const [a, b] = (await slots()) as [Slot, Slot];
    const runs = new Map((await read().find(AsRun)).map((run) => [run.slotId, run]));
    expect([a, b].map(({ id, state, startsAt }) => [state, (runs.get(id)!.startedAt - startsAt) / SECOND])).toEqual(
      ends,
    );
    expect(a.reason).toContain(gaveWay ? 'Dừng nhường' : 'Nhật ký máy');
  });

  describe('a dead device', () => {
    const noWord = (all: Slot[]) => all.filter((slot) => slotStatusOf(slot) === 'no-word').map(({ id }) => id);
    const ended = (all: Slot[]) => all.filter(({ state }) => state !== 'planned').map(({ id }) => id);
    const idsOf = (all: Slot[]) => all.map(({ id }) => id);

    it.each([
      ['an hour ahead', HOUR],
      ['an hour back', -HOUR],
      ['a day ahead', DAY],
    ])('%s: what is over has one state within a minute, what is to come has none', async (_, ms) => {
      const planned = await plan(40);
      house.clock.set(planned[9]!.endsAt);
      await withinAMinute();
      const before = ended(await slots());
      expect(before.length).toBeGreaterThanOrEqual(10);
      house.clock.advance(ms);
      const returned = house.clock.now();
      await withinAMinute();
      const all = await eachOnce();
      const over = planned.filter(({ endsAt }) => endsAt <= returned);
      expect(ended(all).slice(0, over.length)).toEqual(idsOf(over));
      // Nothing is concluded about future slots; an outcome that silence alone decided too early is open again.
      if (ms > 0) expect(ended(all)).toEqual(expect.arrayContaining(before));
      expect(all.filter(({ state, endsAt }) => state !== 'planned' && endsAt > returned + MINUTE)).toEqual([]);
      // A day of silence makes the outcome final; until then a log may arrive.
      const open = noWord(all);
      expect(open).toEqual(
        idsOf(all.filter(({ id, endsAt }) => ended(all).includes(id) && endsAt + DAY > house.clock.now())),
      );
      expect(open.length < ended(all).length).toBe(ms === DAY);
    });

    it.each([1, 10, 100])('the centre was off across %i slots: none has a word, all have one state', async (count) => {
      const planned = await plan(60);
      house.clock.set(planned[count - 1]!.endsAt);
      await withinAMinute();
      const all = await eachOnce();
      expect(idsOf(all.slice(0, count))).toEqual(ended(all).slice(0, count));
      expect(all.filter(({ state, endsAt }) => state !== 'planned' && endsAt > house.clock.now())).toEqual([]);
      for (const { state, reason, endsAt } of all.slice(0, count)) {
        const awaited = endsAt + DAY > house.clock.now();
        expect([state, reason]).toEqual(['missed', awaited ? 'Chưa có tin của trạm' : 'Trạm chưa liên lạc lần nào']);
      }
    });

    it('wakes up hours later with all of it in its log: what it played is mended, once', async () => {
      const planned = await plan(20);
      const station = player();
      await station.pull([TODAY]);
      wire.cut = true;
      await station.play(TODAY);
      await withinAMinute();
      const today = planned.filter(({ date }) => date === TODAY);
      expect(noWord(await slots())).toEqual(idsOf(today));
      wire.cut = false;
      house.clock.advance(3 * HOUR);
      expect(await station.report()).toMatchObject({ left: 0, refused: 0 });
      await station.close();
      await withinAMinute();
      const all = await eachOnce();
      expect(idsOf(all.filter(({ state }) => state === 'played'))).toEqual(idsOf(today));
      const corrected = await read().findBy(AuditEntry, { action: 'slot.corrected' });
      expect(corrected.map(({ entityId }) => entityId).sort()).toEqual(idsOf(today).sort());
    });
  });
});
