import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { FixedClock } from '../shared/clock.js';
import { unreachable } from '../shared/transitions.js';
import { ClockWatch } from './clock-watch.service.js';
import { JobClaims } from './job-claims.js';
import type { JobRun } from './job-handler.js';
import { JobRunner } from './job-runner.js';
import { jobTransitions } from './job.transitions.js';
import { Jobs } from './jobs.service.js';

async function until(question: () => boolean): Promise<void> {
  while (!question()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('jobs', () => {
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

  it('drained means that also what a job leaves behind is done, when it ends while others are looked for', async () => {
    const { jobs, claims, runner } = worker();
    const ran: string[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const note = async ({ job }: JobRun) => void ran.push(job.key);
    jobs.define('follow', { run: note });
    jobs.define('make', {
      run: async (run) => {
        await released;
        await run.finish((tx) => jobs.add(tx, { name: 'follow', key: 'what it leaves' }));
        ran.push(run.job.key);
      },
    });
    jobs.define('quick', { run: note });
    jobs.define('last looked for', { run: note });
    await db.write(async (tx) => {
      await jobs.add(tx, { name: 'make', key: 'long' });
      await jobs.add(tx, { name: 'quick', key: 'short' });
    });
    const claim = claims.claim.bind(claims);
    let rounds = 0;
    claims.claim = async (name, ...rest) => {
      // The second round starts because the short job is over, and finds nothing to claim.
      if (name === 'last looked for' && ++rounds === 2) {
        release();
        await until(() => ran.includes('long'));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return claim(name, ...rest);
    };
    await runner.drain();
    expect(ran).toEqual(['short', 'long', 'what it leaves']);
  });

  it('an urgent job has a place of its own beside those that work for long, and takes no other along', async () => {
    const { jobs, runner } = worker();
    const begun: string[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const run = async ({ job }: JobRun) => {
      begun.push(job.key);
      if (job.key.startsWith('long')) await released;
    };
    jobs.define('make', { concurrency: 2, urgentPlaces: 1, run });
    await db.write(async (tx) => {
      for (const key of ['long 1', 'long 2', 'short']) await jobs.add(tx, { name: 'make', key, priority: 5 });
    });
    const draining = runner.drain();
    await until(() => begun.length === 2);
    await db.write(async (tx) => {
      for (const key of ['emergency 1', 'emergency 2']) await jobs.add(tx, { name: 'make', key, priority: 0 });
    });
    const second = runner.drain();
    await until(() => begun.length >= 4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(begun).toEqual(['long 1', 'long 2', 'emergency 1', 'emergency 2']);
    release();
    await Promise.all([draining, second]);
    expect(begun.at(-1)).toBe('short');
  });

  it('a failing job is tried again after a pause, then fails with its reason and tells its owner', async () => {
    const { jobs, runner } = worker();
    let reported = '';
    let runs = 0;
    jobs.define('bad', {
      run: async () => {
        runs++;
        throw new Error(`no ${runs}`);
      },
      failed: async (_tx, _job, reason) => void (reported = reason),
      backoffMs: () => 5000,
    });
    await db.write((tx) => jobs.add(tx, { name: 'bad', key: 'x', maxAttempts: 2 }));
    await runner.drain();
    expect(runs).toBe(1);
    clock.advance(5000);
    await runner.drain();
    expect(runs).toBe(2);
    expect(await jobs.find('bad', 'x')).toMatchObject({ state: 'failed', reason: 'no 2' });
    expect(reported).toBe('no 2');
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

  /** A job that runs until it is told to stop; `begun` lists its attempts, `end` ends one of them. */
  const lasting = (jobs: Jobs, name: string, concurrency = 1) => {
    const begun: number[] = [];
    const signals: AbortSignal[] = [];
    const ends: (() => void)[] = [];
    const runs: JobRun[] = [];
    jobs.define(name, {
      concurrency,
      run: async (run) => {
        begun.push(run.job.attempt);
        signals.push(run.signal);
        runs.push(run);
        await new Promise<void>((resolve, reject) => {
          ends.push(resolve);
          run.signal.addEventListener('abort', () => reject(run.signal.reason as Error));
        });
      },
    });
    const reached = async (count: number) => {
      for (let turn = 0; begun.length < count; turn++) {
        if (turn > 500) throw new Error(`attempt ${count} does not begin`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    return { begun, signals, ends, runs, reached };
  };

  it('a shutdown is no failure: however often it comes, the job goes on after the next start', async () => {
    const reported: string[] = [];
    for (let start = 1; start <= 4; start++) {
      const { jobs, runner } = worker();
      const { reached } = lasting(jobs, 'long');
      const { failed } = { failed: async (_tx: unknown, _job: unknown, reason: string) => void reported.push(reason) };
      Object.assign(jobs.handlers.get('long')!, { failed });
      if (start === 1) await db.write((tx) => jobs.add(tx, { name: 'long', key: 'x', maxAttempts: 2 }));
      await runner.start();
      await reached(1);
      await runner.beforeApplicationShutdown();
      expect(await jobs.find('long', 'x')).toMatchObject({ state: 'waiting', reason: null, runAt: clock.now() });
    }
    const { jobs, runner } = worker();
    jobs.define('long', { run: async () => undefined });
    await runner.drain();
    expect(await jobs.find('long', 'x')).toMatchObject({ state: 'done', attempt: 5 });
    expect(reported).toEqual([]);
  });

  it('a shutdown in the middle of looking for jobs stops what is still being taken', async () => {
    const { jobs, runner } = worker();
    const { begun } = lasting(jobs, 'long');
    await db.write(async (tx) => {
      for (const key of ['x', 'y']) await jobs.add(tx, { name: 'long', key });
    });
    await runner.start();
    await runner.beforeApplicationShutdown();
    expect(begun.length).toBeLessThanOrEqual(1);
    for (const key of ['x', 'y']) expect(await jobs.find('long', key)).toMatchObject({ state: 'waiting' });
  });

  it('a job whose workers die again and again is given up in the end, so that it cannot take the server down for ever', async () => {
    const { jobs, claims, runner } = worker();
    let reported = '';
    let runs = 0;
    jobs.define('deadly', {
      run: async () => void runs++,
      failed: async (_tx, _job, reason) => void (reported = reason),
    });
    await db.write((tx) => jobs.add(tx, { name: 'deadly', key: 'x', maxAttempts: 2 }));
    let deaths = 0;
    for (; deaths < 7; deaths++) {
      expect((await claims.claim('deadly', 30_000))?.attempt).toBe(deaths + 1);
      clock.advance(30_001);
    }
    await runner.drain();
    expect(runs).toBe(0);
    expect(await jobs.find('deadly', 'x')).toMatchObject({ state: 'failed', reason: expect.stringContaining('7 lần') });
    expect(reported).toContain('7 lần');
  });

  it('an attempt that lost its lease in this very process is forgotten without its successor', async () => {
    const { jobs, runner } = worker();
    const { begun, signals, ends, reached } = lasting(jobs, 'slow', 2);
    await db.write((tx) => jobs.add(tx, { name: 'slow', key: 'x' }));
    await runner.start();
    await reached(1);
    clock.advance(30_001);
    runner.wake();
    await reached(2);
    ends[0]!();
    // Its late finish is refused and recorded nowhere; one turn of the event loop lets it get there.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await jobs.find('slow', 'x')).toMatchObject({ state: 'running', attempt: 2 });
    await runner.beforeApplicationShutdown();
    expect([begun, signals[1]?.aborted]).toEqual([[1, 2], true]);
    expect(await jobs.find('slow', 'x')).toMatchObject({ state: 'waiting' });
  });

  it('a running job hears of its cancellation with the next word of its progress', async () => {
    const { jobs, runner } = worker();
    const { runs, signals, reached } = lasting(jobs, 'long');
    await db.write((tx) => jobs.add(tx, { name: 'long', key: 'x' }));
    await runner.start();
    await reached(1);
    await runs[0]!.progress('Đang làm', 10);
    expect(signals[0]?.aborted).toBe(false);
    await db.write((tx) => jobs.cancel(tx, 'long', 'x'));
    await runs[0]!.progress('Đang làm', 20);
    expect(signals[0]?.aborted).toBe(true);
    await runner.beforeApplicationShutdown();
    expect(await jobs.find('long', 'x')).toMatchObject({ state: 'cancelled', percent: 10 });
  });

  it('refuses to start while a job waits that nobody can do', async () => {
    const { jobs, runner } = worker();
    await db.write((tx) => jobs.add(tx, { name: 'unknown', key: 'x' }));
    await expect(runner.start()).rejects.toThrow('without a handler: unknown');
  });
});
