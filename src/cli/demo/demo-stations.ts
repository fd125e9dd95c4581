import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { FixedClock, type ShiftedClock } from '../../shared/clock.js';
import { addDays, daysBetween, instantOf, type LocalDate } from '../../shared/local-time.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { JobRunner } from '../../jobs/job-runner.js';
import { systemActor } from '../../people/access/actor.js';
import { Player } from '../../stations/player/player.js';
import { Stations } from '../../stations/stations.service.js';

const NAME = 'Trạm mô phỏng';

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
  clock: ShiftedClock,
): Promise<{ channel: Channel; player: Player }[]> {
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
 * Simulates the days: every morning at five each station downloads the playlists ahead, plays its day and reports. On
 * the third day one ward has no electricity in the morning, so that the report shows a miss.
 */
export async function liveThroughDays(
  app: INestApplicationContext,
  stations: { channel: Channel; player: Player }[],
  days: { from: LocalDate; until: LocalDate },
  clock: ShiftedClock,
  report: (text: string) => void,
): Promise<void> {
  const unlucky = stations.find(({ channel }) => channel.kind === 'ward-loudspeaker');
  const unluckyDay = addDays(days.from, 2);
  for (const date of daysBetween(days.from, days.until)) {
    const zone = stations[0]?.channel.zone ?? 'Asia/Ho_Chi_Minh';
    clock.moveTo(instantOf(date, '05:00', zone));
    const dates = daysBetween(date, addDays(date, 2)).filter((one) => one <= days.until);
    await Promise.all(stations.map(({ player }) => player.pull(dates)));
    // Posts are due at nine o'clock.
    clock.moveTo(instantOf(date, '09:01', zone));
    await app.get(JobRunner).drain();
    const noon = instantOf(date, '12:00', zone);
    clock.moveTo(instantOf(date, '22:00', zone));
    for (const station of stations) {
      const noPower = station === unlucky && date === unluckyDay;
      const miss = (item: { startsAt: string }) => (noPower && Date.parse(item.startsAt) < noon ? 'Mất điện' : null);
      // The player plays its day on a clock of its own, which jumps from item to item.
      await station.player.play(date, { miss, clock: new FixedClock(instantOf(date, '05:00', zone)) });
      await station.player.report();
    }
    report(date.split('-').reverse().join('/'));
  }
}
