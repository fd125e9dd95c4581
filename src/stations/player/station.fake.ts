import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../shared/clock.js';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { FakeCentre } from './centre.fake.js';
import { FaultyWire } from './faulty-wire.fake.js';
import { Player, type PlayerOptions } from './player.js';

export const DATE = '2026-11-24';

export const at = (time: string) => instantOf(DATE, time, VIETNAM);

/** A station's folder and a centre in memory, at four in the morning: two items at half past five, one at 17:00. */
export class FakeStation {
  readonly centre = new FakeCentre();
  readonly wire = new FaultyWire(this.centre.fetch);
  readonly clock = new FixedClock(at('04:00'));
  private readonly players: Player[] = [];

  private constructor(readonly dir: string) {
    this.centre.playlists.set(DATE, {
      date: DATE,
      version: 1,
      zone: VIETNAM,
      permitted: [{ from: '05:00', until: '21:00' }],
      items: [
        this.centre.item('s1', at('05:30'), 30_000, 'bài một'),
        this.centre.item('s2', at('05:31'), 45_000, 'bài hai'),
        this.centre.item('s3', at('17:00'), 30_000, 'bài một'),
      ],
    });
  }

  static async open(): Promise<FakeStation> {
    return new FakeStation(await mkdtemp(join(tmpdir(), 'loa-player-')));
  }

  /** Another process on the same folder. */
  player(change: Partial<PlayerOptions> = {}): Player {
    const { centre, dir, clock, wire } = this;
    const options = { baseUrl: 'http://centre/', token: centre.token, dir, clock, fetch: wire.fetch };
    const made = new Player({ ...options, publicKey: centre.publicKey, ...change });
    this.players.push(made);
    return made;
  }

  async close(): Promise<void> {
    for (const player of this.players) await player.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}
