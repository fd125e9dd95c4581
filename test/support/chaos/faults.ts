import { setTimeout as pause } from 'node:timers/promises';
import { publishFaults } from '../../fakes/graph.server.js';
import type { ChaosTown } from './town.js';

export interface Fault {
  name: string;
  /** Applies the fault and removes it. */
  run(town: ChaosTown, random: () => number): Promise<void>;
  /** False where this machine or database does not support it. */
  isPossible?(town: ChaosTown): boolean;
}

const DAY = 86_400_000;
const between = (random: () => number, from: number, to: number) => from + Math.floor(random() * (to - from));

export const faults: readonly Fault[] = [
  {
    name: 'kill -9',
    async run(town, random) {
      const n = between(random, 0, town.servers.length);
      await town.kill(n);
      await pause(between(random, 0, 3_000));
      await town.restart(n);
    },
  },
  {
    name: 'frozen process',
    async run(town, random) {
      const server = town.servers[between(random, 0, town.servers.length)]!;
      server.pause();
      await pause(between(random, 1_000, 12_000));
      server.resume();
    },
  },
  {
    name: 'clock jump',
    async run(town, random) {
      town.shiftClocks([4 * DAY, -3 * 3_600_000, 7 * 60_000][between(random, 0, 3)]!);
      await pause(between(random, 2_000, 10_000));
      town.shiftClocks(0);
    },
  },
  {
    name: 'full disk',
    isPossible: ({ disk }) => disk !== undefined,
    async run({ disk }, random) {
      disk!.fill();
      await pause(between(random, 1_000, 6_000));
      disk!.empty();
    },
  },
  {
    name: 'cut line to the database',
    isPossible: ({ line }) => line !== undefined,
    async run({ line }, random) {
      if (random() < 0.5) line!.cutStanding();
      else line!.silenceAll();
      await pause(between(random, 500, 8_000));
      line!.speak();
    },
  },
  {
    name: 'Facebook fails',
    async run({ graph }, random) {
      const some = publishFaults.filter((fault) => !/190|368|506|late/.test(fault));
      graph.publishScript = Array.from({ length: 3 }, () => some[between(random, 0, some.length)]!);
      await pause(between(random, 1_000, 5_000));
    },
  },
];

/** The same numbers for the same seed (mulberry32), so that a run can be repeated. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
