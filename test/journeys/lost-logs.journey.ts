import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Channels } from '../../src/channels/channels.service.js';
import { restoreBackup } from '../../src/cli/backup/restore-backup.js';
import { writeBackup } from '../../src/cli/backup/write-backup.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Activation } from '../../src/people/system/activation.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AsRun } from '../../src/proof/as-run.entity.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { FixedClock } from '../../src/shared/clock.js';
import { addDays, instantOf, localDateOf, localTimeOf, VIETNAM } from '../../src/shared/local-time.js';
import { PlayLog } from '../../src/stations/player/play-log.js';
import { Player } from '../../src/stations/player/player.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, someone } from '../support/approved-clip.js';
import { type House, openHouse } from '../support/house.js';
import { type Place, settingsOf } from '../support/serve-process.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const TODAY = '2026-11-24';
const CHANNEL = 'truyen-thanh-phuong-bac-ha';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('play logs that were acknowledged after the backup', () => {
  const dir = mkdtempSync(join(tmpdir(), 'loa-lost-logs-'));
  const ends: (() => Promise<unknown>)[] = [];

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(dir, { recursive: true, force: true });
  });

  /** As `loa restore` does it. */
  async function restored(folder: string): Promise<Place> {
    const rows = onPostgres ? await testDatabase({ empty: true }) : undefined;
    if (rows) ends.push(rows.drop);
    const place = { dir: join(dir, 'restored'), env: { LOA_DATABASE_URL: rows?.url ?? '' } };
    const config = new Config(settingsOf(place));
    const database = new Database(config);
    await database.open('to-restore');
    await restoreBackup(database, config, folder);
    await database.close();
    return place;
  }

  async function planned(house: House): Promise<{ slots: Slot[]; sha256: string }> {
    const clip = await approvedClip(house);
    const channel = (await house.app.get(Channels).list()).find(({ code }) => code === CHANNEL);
    const { campaignId, clipId, obligationId } = clip;
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds: [channel?.id ?? ''], clipId, minPlaysPerDay: 5, maxPlaysPerDay: 5, obligationId }],
      from: TODAY,
      until: addDays(TODAY, 3),
    });
    const where = { channelId: channel?.id, campaignId };
    return { slots: await reads(house).find(Slot, { where, order: { startsAt: 'ASC' } }), sha256: clip.sha256 };
  }

  const reads = (house: House) => house.app.get(Database).read();

  it('are sent again to the house that was restored, and count as they did', async () => {
    const first = await openHouse({ dir: join(dir, 'first'), at: { date: TODAY, time: '04:00' } });
    ends.push(() => first.close());
    const { slots, sha256 } = await planned(first);
    expect(slots).toHaveLength(20);
    const enrolled = await first.app
      .get(Stations)
      .enrol(systemActor('thử'), { channelCode: CHANNEL, name: 'Trạm chợ', simulated: true });
    const station = join(dir, 'station');
    const clock = new FixedClock(first.clock.now());
    const playerOf = (house: House) => new Player({ baseUrl: house.url, token: enrolled.token, dir: station, clock });
    const playAndReport = async (some: Slot[]) => {
      for (const slot of some) {
        first.clock.set(slot.endsAt + MINUTE);
        clock.set(slot.endsAt + MINUTE);
        const log = await PlayLog.open(join(station, 'log.ndjson'), clock.now());
        const { id: slotId, startsAt: startedAt, endsAt: endedAt } = slot;
        await log.event({ slotId, sha256, startedAt, endedAt, outcome: 'played' });
        await log.close();
        const player = playerOf(first);
        expect(await player.report()).toEqual({ sent: 1, refused: 0, left: 0 });
        await player.close();
      }
    };
    await playAndReport(slots.slice(0, 10));
    const backup = join(dir, 'backup');
    await writeBackup(first.app.get(Database), first.app.get(Config), first.clock.now(), backup);
    await playAndReport(slots.slice(10));
    const before = await reads(first).find(AsRun, { order: { sequence: 'ASC' } });
    expect(before).toHaveLength(20);

    const { dir: at, env } = await restored(backup);
    const later = (slots[19]?.endsAt ?? 0) + 2 * DAY;
    const time = { date: localDateOf(later, VIETNAM), time: localTimeOf(later, VIETNAM) };
    const second = await openHouse({ dir: at, env, at: time });
    ends.push(() => second.close());
    clock.set(instantOf(time.date, time.time, VIETNAM));
    await second.app.get(Activation).activate(systemActor('thử'));
    expect(await second.app.get(Reconciliation).reconcile()).toMatchObject({ missed: 10 });
    await second.drain();
    const player = playerOf(second);
    ends.push(() => player.close());
    expect(await player.report()).toEqual({ sent: 0, refused: 0, left: 0 });
    expect(await player.heartbeat()).toBe(true);
    expect(await player.report()).toEqual({ sent: 10, refused: 0, left: 0 });
    await second.drain();

    const after = await reads(second).find(AsRun, { order: { sequence: 'ASC' } });
    const said = ({ sequence, slotId, startedAt, outcome }: AsRun) => [sequence, slotId, startedAt, outcome];
    expect(after.map(said)).toEqual(before.map(said));
    const now = await reads(second).find(Slot, { where: slots.map(({ id }) => ({ id })) });
    expect(now.map(({ state, evidenceUntil }) => [state, evidenceUntil])).toEqual(now.map(() => ['played', null]));
    expect(await reads(second).countBy(AuditEntry, { action: 'slot.corrected' })).toBe(10);
    // Nothing is missing any more: nothing is sent.
    expect(await player.heartbeat()).toBe(true);
    expect(await player.report()).toEqual({ sent: 0, refused: 0, left: 0 });
  }, 120_000);
});
