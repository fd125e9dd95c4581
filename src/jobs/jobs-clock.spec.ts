import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { FixedClock } from '../shared/clock.js';
import { ClockWatch } from './clock-watch.service.js';
import { JobClaims } from './job-claims.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.service.js';

describe('jobs, while a clock is days wrong', () => {
  let dir: string;
  let db: Database;
  const clock = new FixedClock(1_790_000_000_000);
  const worker = () => {
    const watch = new ClockWatch(clock, new Config({ LOA_DATA_DIR: dir }));
    watch.onModuleInit();
    const jobs = new Jobs(db, watch);
    const claims = new JobClaims(db, watch);
    return { jobs, claims, runner: new JobRunner(jobs, claims, db, clock) };
  };

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'loa-jobs-'));
    db = new Database(new Config({ LOA_DATA_DIR: dir }));
    await db.open();
  });
  afterEach(async () => {
    await db.close();
    rmSync(dir, { recursive: true });
  });

  const DAYS = 4 * 86_400_000;

  it('hold up none that failed meanwhile, nor one that was added', async () => {
    const { jobs, runner } = worker();
    const ran: string[] = [];
    jobs.define('bad', {
      run: async ({ job }) => {
        ran.push(job.key);
        if (job.attempt < 2) throw new Error('not now');
      },
      backoffMs: () => 5000,
    });
    for (const jump of [DAYS, -DAYS]) {
      clock.jump(jump);
      await db.write((tx) => jobs.add(tx, { name: 'bad', key: String(jump) }));
      await runner.drain();
      clock.advance(4000);
      await runner.drain();
      expect(ran.splice(0)).toEqual([String(jump)]);
      clock.jump(-jump);
      clock.advance(1000);
      await runner.drain();
      expect(ran.splice(0)).toEqual([String(jump)]);
    }
  });

  it('of another server, or of one that started with it, keeps no lease and no pause of days', async () => {
    const right = worker();
    right.jobs.define('slow', { run: async () => undefined });
    right.jobs.define('bad', { run: async () => undefined });
    clock.jump(DAYS);
    const wrong = worker();
    await db.write(async (tx) => {
      await wrong.jobs.add(tx, { name: 'slow', key: 'held', runAt: 0 });
      await wrong.jobs.add(tx, { name: 'bad', key: 'failed', runAt: 0 });
      await wrong.jobs.add(tx, { name: 'bad', key: 'planned', runAt: clock.now() + 1000 });
    });
    expect(await wrong.claims.claim('slow', 30_000)).toMatchObject({ attempt: 1 });
    const failed = await wrong.claims.claim('bad', 30_000);
    if (!failed) throw new Error('nothing to claim');
    await db.write((tx) => wrong.claims.fail(tx, failed, 'no', 5000));
    clock.jump(-DAYS);
    expect(await right.claims.claim('slow', 30_000)).toMatchObject({ key: 'held', attempt: 2 });
    expect(await right.claims.claim('bad', 30_000)).toMatchObject({ key: 'failed', attempt: 2 });
    expect(await right.claims.claim('bad', 30_000)).toBeNull();
  });
});
