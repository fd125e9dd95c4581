import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { FixedClock } from '../shared/clock.js';
import { unreachable } from '../shared/transitions.js';
import { JobClaims } from './job-claims.js';
import { JobRunner } from './job-runner.js';
import { jobTransitions } from './job.transitions.js';
import { Jobs } from './jobs.service.js';

describe('jobs', () => {
  let dir: string;
  let db: Database;
  const clock = new FixedClock(1_790_000_000_000);
  const worker = () => {
    const jobs = new Jobs(db, clock);
    const claims = new JobClaims(db, clock);
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

  it('every state can be reached', () => expect(unreachable(jobTransitions, 'waiting')).toEqual([]));

  it('adding twice runs once; again runs again; priority goes first', async () => {
    const { jobs, runner } = worker();
    const ran: string[] = [];
    jobs.define('count', { run: async ({ job }) => void ran.push(job.key) });
    await db.write(async (tx) => {
      await jobs.add(tx, { name: 'count', key: 'normal' });
      await jobs.add(tx, { name: 'count', key: 'normal' });
      await jobs.add(tx, { name: 'count', key: 'emergency', priority: 0 });
    });
    await runner.drain();
    expect(ran).toEqual(['emergency', 'normal']);
    await db.write((tx) => jobs.add(tx, { name: 'count', key: 'normal' }));
    await runner.drain();
    expect(ran).toHaveLength(2);
    await db.write((tx) => jobs.add(tx, { name: 'count', key: 'normal', again: true }));
    await runner.drain();
    expect(ran).toHaveLength(3);
  });

  it('a failing job is tried again after a pause, then fails with its reason and tells its owner', async () => {
    const { jobs, runner } = worker();
    let told = '';
    let runs = 0;
    jobs.define('bad', {
      run: async () => {
        runs++;
        throw new Error(`no ${runs}`);
      },
      failed: async (_tx, _job, reason) => void (told = reason),
      backoffMs: () => 5000,
    });
    await db.write((tx) => jobs.add(tx, { name: 'bad', key: 'x', maxAttempts: 2 }));
    await runner.drain();
    expect(runs).toBe(1);
    clock.advance(5000);
    await runner.drain();
    expect(runs).toBe(2);
    expect(await jobs.find('bad', 'x')).toMatchObject({ state: 'failed', reason: 'no 2' });
    expect(told).toBe('no 2');
  });

  it('a lost worker is replaced when its lease has run out, and its late finish changes nothing', async () => {
    const { jobs, claims } = worker();
    jobs.define('slow', { run: async () => undefined });
    await db.write((tx) => jobs.add(tx, { name: 'slow', key: 'x' }));
    const lost = await claims.claim('slow', 30_000);
    expect(await claims.claim('slow', 30_000)).toBeNull();
    clock.advance(30_001);
    const second = await claims.claim('slow', 30_000);
    expect(second?.attempt).toBe(2);
    await expect(db.write((tx) => claims.finish(tx, lost!))).rejects.toMatchObject({ code: 'lease-lost' });
    await db.write((tx) => claims.finish(tx, second!));
    expect(await jobs.find('slow', 'x')).toMatchObject({ state: 'done' });
  });

  it('results and finish are one sentence: when the results cannot be written the job is not done', async () => {
    const { jobs, runner } = worker();
    jobs.define('half', {
      run: async (run) =>
        run.finish(async () => {
          throw new Error('disk');
        }),
    });
    await db.write((tx) => jobs.add(tx, { name: 'half', key: 'x' }));
    await runner.drain();
    expect(await jobs.find('half', 'x')).toMatchObject({ state: 'waiting', reason: 'disk' });
  });

  it('a cancelled job does not run, and one that runs cannot finish', async () => {
    const { jobs, claims } = worker();
    jobs.define('gone', { run: async () => undefined });
    await db.write((tx) => jobs.add(tx, { name: 'gone', key: 'x' }));
    const mine = await claims.claim('gone', 30_000);
    expect(await db.write((tx) => jobs.cancel(tx, 'gone', 'x'))).toBe(true);
    await expect(db.write((tx) => claims.finish(tx, mine!))).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await db.write((tx) => jobs.cancel(tx, 'gone', 'x'))).toBe(false);
  });

  it('refuses to start while a job waits that nobody can do', async () => {
    const { jobs, runner } = worker();
    await db.write((tx) => jobs.add(tx, { name: 'unknown', key: 'x' }));
    await expect(runner.start()).rejects.toThrow('without a handler: unknown');
  });
});
