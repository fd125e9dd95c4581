import { setTimeout as pause } from 'node:timers/promises';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { forMachines } from '../../src/database/engines/lane.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AsRun } from '../../src/proof/as-run.entity.js';
import type { AsRunEvent, Receipt } from '../../src/proof/as-run-event.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { Station } from '../../src/stations/station.entity.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { type Answer, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { onPostgres } from '../support/test-database.js';

const DATE = '2026-11-24';
const CHANNEL = 'truyen-thanh-phuong-bac-ha';
const STATIONS = 12;
const MINUTE = 60_000;

describe('stations of one channel that report together', () => {
  let house: House;
  let clip: ApprovedClip;
  let slots: Slot[];
  let stations: { id: string; token: string }[];

  beforeEach(async () => {
    house = await openHouse({ at: { date: DATE, time: '04:00' } });
    clip = await approvedClip(house);
    const channel = (await house.app.get(Channels).list()).find(({ code }) => code === CHANNEL);
    const { campaignId, clipId, obligationId } = clip;
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds: [channel?.id ?? ''], clipId, minPlaysPerDay: 6, maxPlaysPerDay: 6, obligationId }],
      from: DATE,
      until: DATE,
    });
    slots = await read().find(Slot, { where: { channelId: channel?.id, campaignId }, order: { startsAt: 'ASC' } });
    expect(slots).toHaveLength(6);
    stations = [];
    for (let n = 0; n < STATIONS; n++) {
      const station = { channelCode: CHANNEL, name: `Trạm ${n}` };
      stations.push(await house.app.get(Stations).enrol(systemActor('thử'), station));
    }
    house.clock.set((slots[5]?.endsAt ?? 0) + MINUTE);
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const played = (slot: Slot, n: number): AsRunEvent => {
    return {
      sequence: n + 1,
      slotId: slot.id,
      sha256: clip.sha256,
      startedAt: slot.startsAt,
      endedAt: slot.endsAt,
      outcome: 'played',
    };
  };
  const failed = (slot: Slot, n: number): AsRunEvent => ({ ...played(slot, n), outcome: 'failed', detail: 'loa hỏng' });
  const send = (token: string, events: AsRunEvent[]): Promise<Answer> =>
    house.stranger().post('/api/station/as-run', { events }, { authorization: `Bearer ${token}` });
  const refused = (answers: Answer[]) => answers.filter(({ status }) => status !== 200).map(({ text }) => text);

  it('event by event are all taken, and each slot is decided once', async () => {
    const all = stations.flatMap(({ token }) => slots.map((slot, n) => send(token, [played(slot, n)])));
    expect(refused(await Promise.all(all))).toEqual([]);
    expect(await read().count(AsRun)).toBe(STATIONS * 6);
    const now = await read().find(Slot);
    expect(now.map(({ state, evidenceUntil }) => [state, evidenceUntil])).toEqual(now.map(() => ['played', null]));
    expect(await read().countBy(AuditEntry, { action: 'slot.played' })).toBe(6);
    for (const { lastSequence, logGaps } of await read().find(Station))
      expect([lastSequence, logGaps]).toEqual([6, []]);
  });

  it('in batches that name the slots in one order and the other are all taken, and the last word of each counts', async () => {
    const [good, bad] = [slots.slice(0, 3), slots.slice(3)];
    const batch = (n: number) => [
      ...good.map((slot, at) => (n === STATIONS - 1 ? played(slot, at) : failed(slot, at))),
      ...bad.map((slot, at) => failed(slot, at + 3)),
    ];
    const answers = await Promise.all(
      stations.map(({ token }, n) => send(token, n % 2 === 0 ? batch(n) : batch(n).reverse())),
    );
    expect(refused(answers)).toEqual([]);
    for (const answer of answers)
      expect(json<Receipt>(answer)).toEqual({ accepted: 6, duplicates: 0, highest: 6, missing: [] });
    const states = async (of: Slot[]) =>
      Promise.all(
        of.map(async ({ id }) => {
          const { state, reason } = await read().findOneByOrFail(Slot, { id });
          return [state, reason];
        }),
      );
    expect(await states(good)).toEqual(good.map(() => ['played', 'Nhật ký máy']));
    expect(await states(bad)).toEqual(bad.map(() => ['missed', 'Trạm không phát được: loa hỏng']));
    expect(await read().count(AsRun)).toBe(STATIONS * 6);
  });

  it('while others send the same again lose nothing and add nothing', async () => {
    const batch = slots.map(played);
    const answers = await Promise.all(
      stations.flatMap(({ token }) => [send(token, batch), send(token, batch.slice(0, 3)), send(token, batch)]),
    );
    expect(refused(answers)).toEqual([]);
    const receipts = answers.map((one) => json<Receipt>(one));
    expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(STATIONS * 6);
    expect(await read().count(AsRun)).toBe(STATIONS * 6);
  });

  it('wait for a person who came after them', async () => {
    const database = house.app.get(Database);
    let release = (): void => undefined;
    const gate = new Promise<void>((done) => (release = done));
    // The maximum number of reports is being written.
    const holds = Array.from({ length: onPostgres ? 6 : 1 }, () => forMachines(() => database.write(() => gate)));
    const reports = stations.map(({ token }) => send(token, slots.map(played)));
    await pause(500);
    const person = database.write((tx) => tx.count(AsRun));
    // On PostgreSQL the person waits for nobody; on SQLite he is in the queue by now.
    await (onPostgres ? person : pause(100));
    release();
    await Promise.all(holds);
    expect(await person).toBe(0);
    expect(refused(await Promise.all(reports))).toEqual([]);
    expect(await read().count(AsRun)).toBe(STATIONS * 6);
  });
});
