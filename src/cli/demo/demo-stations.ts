import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { type Clock, FixedClock, type Instant, type ShiftedClock } from '../../shared/clock.js';
import { addDays, daysBetween, instantOf, type LocalDate, localDateOf, VIETNAM } from '../../shared/local-time.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { JobRunner } from '../../jobs/job-runner.js';
import { systemActor } from '../../people/access/actor.js';
import { Player } from '../../stations/player/player.js';
import { Stations } from '../../stations/stations.service.js';

const NAME = 'Trạm mô phỏng';
/** No item of the demo is longer. */
const LONGEST_MS = 5 * 60_000;

export interface DemoStation {
  channel: Channel;
  player: Player;
}

/**
 * One simulated station for each loudspeaker channel: a player that has only an address and a token, downloads over
 * HTTP, verifies every clip and reports what it played. On a later run a station gets a new token and continues the log
 * it stored.
 */
export async function enrolStations(
  app: INestApplicationContext,
  baseUrl: string,
  publicKey: string,
  folder: string,
  clock: Clock,
): Promise<DemoStation[]> {
  const actor = systemActor('chạy thử');
  const stations = app.get(Stations);
  const known = new Map(
    (await stations.visibleTo(actor)).filter((one) => one.name === NAME).map((one) => [one.channelCode, one]),
  );
  const enrolled = [];
  for (const channel of (await app.get(Channels).list()).filter((one) => isLoudspeaker(one.kind))) {
    const old = known.get(channel.code);
    const { token } = old
      ? await stations.rotate(actor, old.id)
      : await stations.enrol(actor, { channelCode: channel.code, name: NAME, simulated: true });
    const dir = join(folder, channel.code);
    enrolled.push({ channel, player: new Player({ baseUrl, token, publicKey, dir, clock }) });
  }
  return enrolled;
}

/**
 * Simulates the past days: every morning at five each station downloads the playlists ahead, plays its day and reports.
 * Three days before the last one ward has no electricity in the morning, so that the report shows a miss and, since the
 * campaign makes good by itself, the play that makes it good on the next day.
 */
export async function liveThroughDays(
  app: INestApplicationContext,
  stations: DemoStation[],
  days: { from: LocalDate; until: LocalDate; morning: () => Promise<void> },
  clock: ShiftedClock,
  report: (text: string) => void,
): Promise<void> {
  const unlucky = stations.find(({ channel }) => channel.kind === 'ward-loudspeaker');
  const unluckyDay = addDays(days.until, -3);
  for (const date of daysBetween(days.from, days.until)) {
    const zone = stations[0]?.channel.zone ?? VIETNAM;
    clock.moveTo(instantOf(date, '05:00', zone));
    await Promise.all(stations.map(({ player }) => player.pull([date, addDays(date, 1)])));
    clock.moveTo(instantOf(date, '09:05', zone));
    await days.morning();
    const noon = instantOf(date, '12:00', zone);
    clock.moveTo(instantOf(date, '22:00', zone));
    for (const station of stations) {
      const noPower = station === unlucky && date === unluckyDay;
      const miss = (item: { startsAt: string }) => (noPower && Date.parse(item.startsAt) < noon ? 'Mất điện' : null);
      // The player plays its day on a clock of its own, which jumps from item to item.
      await station.player.play(date, { miss, clock: new FixedClock(instantOf(date, '05:00', zone)) });
      await station.player.report();
    }
    await app.get(JobRunner).drain();
    report(date.split('-').reverse().join('/'));
  }
}

/** Plays what of today is over at `now`, and downloads today and tomorrow. */
export async function liveUntil(stations: DemoStation[], now: Instant): Promise<void> {
  for (const { channel, player } of stations) {
    const today = localDateOf(now, channel.zone);
    await player.pull([today, addDays(today, 1)]);
    await player
      .play(today, { clock: new ClockUntil(instantOf(today, '00:00', channel.zone), now) })
      .catch((error: unknown) => {
        if (!(error instanceof NotYet)) throw error;
      });
    await player.report();
    await player.heartbeat();
  }
}

class NotYet extends Error {}

/** An item that would end later than `until` is left to the station that plays on. */
class ClockUntil extends FixedClock {
  constructor(
    from: Instant,
    private readonly until: Instant,
  ) {
    super(from);
  }

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // No clip of the demo is longer than five minutes: one that begins before that is over.
    if (this.now() + ms > this.until - (ms < LONGEST_MS ? 0 : LONGEST_MS)) return Promise.reject(new NotYet());
    return super.sleep(ms, signal);
  }
}
