import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../src/config/config.js';
import type { FixedClock } from '../../src/shared/clock.js';

/** What a first start leaves in the data folder of a house. */
export const FURNITURE = ['loa.sqlite', 'keys'];
let copiesInUse = 0;

/**
 * Puts tables, seeds and keys into the data folder of a new house, as its first start at this moment would: migrating and seeding is half
 * of what opening a house costs. `firstStart` makes the template, once for the run and the moment; every other house is a copy.
 * Resolves with what gives the copy up, or undefined when this house has to start by itself: on PostgreSQL, in a folder where a house
 * stands, and beside another copy, because two houses that are open at once have keys of their own.
 */
export async function furnish(
  config: Config,
  clock: FixedClock,
  firstStart: (config: Config) => Promise<void>,
): Promise<(() => void) | undefined> {
  const { dataDir, contentDir } = config;
  const isOrdinary =
    config.databaseUrl === `sqlite:${join(dataDir, 'loa.sqlite')}` && contentDir === new Config({}).contentDir;
  if (!isOrdinary || existsSync(dataDir) || copiesInUse > 0) return undefined;
  const template = join(tmpdir(), `house-template-${clock.now()}`);
  if (!existsSync(template)) await make(template, firstStart);
  copiesInUse++;
  for (const name of FURNITURE) cpSync(join(template, name), join(dataDir, name), { recursive: true });
  return () => void copiesInUse--;
}

async function make(template: string, firstStart: (config: Config) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'loa-template-'));
  const config = new Config({
    PATH: process.env['PATH'],
    LOA_DATA_DIR: join(dir, 'data'),
    LOA_MEDIA_DIR: join(dir, 'media'),
    LOA_LOG_LEVEL: 'error',
    LOA_RESERVE_MB: '0',
  });
  await firstStart(config);
  try {
    renameSync(config.dataDir, template);
  } catch (error) {
    // Another worker was faster: its template is as good.
    if (!existsSync(template)) throw error;
  }
  rmSync(dir, { recursive: true, force: true });
}
