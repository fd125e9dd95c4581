import { dirname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { FreeSpace } from '../../database/disk/free-space.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import { HouseCopy } from '../../jobs/house-copy.service.js';
import { JobRunner } from '../../jobs/job-runner.js';

/** The state of one part of the system: `word` is `ok`, or the fault. */
export interface PartHealth {
  works: boolean;
  word: string;
}

type Check = () => Promise<PartHealth> | PartHealth;

/** The checks behind /health. Later folders add checks of their own. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, Check>();

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly space: FreeSpace,
    private readonly clockWatch: ClockWatch,
    private readonly jobs: JobRunner,
    private readonly copy: HouseCopy,
  ) {
    this.add('database', () => this.databaseHealth());
    this.add('disk', () => this.diskHealth());
    this.add('clock', () => this.clockHealth());
    this.add('jobs', () => this.jobsHealth());
    this.add('house', () => this.copyHealth());
  }

  add(part: string, check: Check): void {
    this.checks.set(part, check);
  }

  all(): (readonly [part: string, check: () => Promise<PartHealth>])[] {
    return [...this.checks].map(([part, check]) => [part, () => answerOf(check)] as const);
  }

  /** The database answers and stores rows: the last COMMIT was confirmed, or a probe since then. */
  private async databaseHealth(): Promise<PartHealth> {
    const { fault } = this.database;
    if (fault) return { works: false, word: fault };
    try {
      await this.database.read().query('SELECT 1');
      return { works: true, word: 'ok' };
    } catch {
      return { works: false, word: 'unreachable' };
    }
  }

  /** `jumped`: nothing is posted or settled until the time is certain. */
  private clockHealth(): PartHealth {
    return this.clockWatch.doubt() ? { works: false, word: 'jumped' } : { works: true, word: 'ok' };
  }

  /**
   * `stopped`: nothing is rendered, posted or settled. `late`: work waits longer than it should. `idle`: in a command.
   */
  private async jobsHealth(): Promise<PartHealth> {
    const word = await this.jobs.health();
    return { works: word !== 'stopped', word };
  }

  /** `passive`: this copy of the installation may not act until a person activates it. */
  private copyHealth(): PartHealth {
    return this.copy.passive ? { works: false, word: 'passive' } : { works: true, word: 'ok' };
  }

  /** `low`: no recordings are accepted. `full`: people can change nothing. */
  private async diskHealth(): Promise<PartHealth> {
    const { dataDir, mediaDir, databaseUrl, reserve } = this.config;
    const folders = [dataDir, mediaDir];
    if (!this.database.isPostgres) folders.push(dirname(databaseUrl.slice('sqlite:'.length)));
    const free = Math.min(...(await Promise.all(folders.map((folder) => this.space.freeBytes(folder)))));
    if (free < reserve.lastBytes) return { works: false, word: 'full' };
    return { works: true, word: free < reserve.bytes ? 'low' : 'ok' };
  }
}

async function answerOf(check: Check): Promise<PartHealth> {
  try {
    return await check();
  } catch {
    return { works: false, word: 'unknown' };
  }
}
