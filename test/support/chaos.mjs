/**
 * `npm run chaos [-- --minutes=10] [--seed=N] [--only=sqlite|postgres]`: an installation at work while its servers are
 * killed and frozen, its clock jumps, its disk is full, its connections are cut; on SQLite, then on PostgreSQL. Prints
 * the faults and their results; exit 1 when anything acknowledged is lost, anything went out twice or a server did not
 * recover.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const option = (name, fallback) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const seconds = Math.round(Number(option('minutes', '10')) * 60);
const seed = option('seed', String(Date.now() % 1_000_000));
const only = option('only', '');
const file = join(tmpdir(), `loa-chaos-${process.pid}.json`);
const env = { ...process.env, LOA_CHAOS_SECONDS: String(seconds), LOA_CHAOS_SEED: seed, LOA_CHAOS_REPORT: file };
const jest = ['node_modules/jest/bin/jest.js'];
const journey = 'test/journeys/chaos';

for (const [name, args] of [
  ['sqlite', [...jest, '--silent', journey]],
  ['postgres', ['test/support/with-postgres.mjs', journey]],
]) {
  if (only && only !== name) continue;
  console.log(`${name}: ${seconds} s, seed ${seed}`);
  rmSync(file, { force: true });
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  if (status !== 0) process.exitCode = 1;
  try {
    console.log(readFileSync(file, 'utf8'));
  } catch {
    console.log('It did not come to its end.');
  }
}
rmSync(file, { force: true });
