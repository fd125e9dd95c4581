import { AsyncResource } from 'node:async_hooks';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { storageFaultOf } from '../disk/storage-fault.js';

export type Work<T> = (tx: EntityManager) => Promise<T>;

/** People wait for one group at most: so many reports, and no further one is begun after so long. */
const MAX_IN_GROUP = 16;
const MAX_MS = 50;

interface Report {
  /** Resolves when the work is done and waits for the COMMIT; never rejects for what concerns this report alone. */
  run: (tx: EntityManager) => Promise<void>;
  committing: () => void;
  committed: () => void;
  failed: (error: unknown) => void;
  until: number;
}

/**
 * Reports that wait for SQLite's one writer are written in groups: one COMMIT, which waits for the disk, keeps all of a group. Each
 * has a savepoint of its own, so that one that is refused leaves the others as they are. What breaks in the storage ends the group.
 */
export class ReportGroups {
  private readonly waiting: Report[] = [];

  constructor(
    private readonly turn: (group: () => Promise<void>) => Promise<void>,
    private readonly transaction: (work: Work<void>, committing: () => void, until: number) => Promise<void>,
  ) {}

  take<T>(work: Work<T>, committing: () => void, until: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let answer: T;
      // What a report is asked for goes along: the group is begun by another.
      const own = AsyncResource.bind(async (tx: EntityManager) => void (answer = await work(tx)));
      this.waiting.push({
        run: (tx) =>
          inSavepoint(tx, own).catch((error: unknown) => {
            reject(error as Error);
            if (isFatal(error)) throw error;
          }),
        committing,
        committed: () => resolve(answer),
        failed: reject,
        until,
      });
      void this.turn(() => this.next());
    });
  }

  private async next(): Promise<void> {
    // Taken along by a group before.
    if (this.waiting.length === 0) return;
    const group = this.waiting.splice(0, MAX_IN_GROUP);
    const until = Math.max(...group.map((one) => one.until));
    try {
      await this.transaction(
        async (tx) => {
          const end = performance.now() + MAX_MS;
          for (const [n, { run }] of group.entries()) {
            if (n > 0 && performance.now() > end) {
              // They have turns of their own.
              this.waiting.unshift(...group.splice(n));
              break;
            }
            // SQLite answers at once, so a long line of reports would let nobody else be heard.
            await othersFirst();
            await run(managerOf(tx));
          }
        },
        () => group.forEach(({ committing }) => committing()),
        until,
      );
      // Those that were refused have been told.
      for (const { committed } of group) committed();
    } catch (error) {
      for (const { failed } of group) failed(error);
    }
  }
}

/** What is kept for a transaction is kept by its manager: each report has one. */
function managerOf(tx: EntityManager): EntityManager {
  return tx.dataSource.createEntityManager(tx.queryRunner);
}

async function inSavepoint(tx: EntityManager, work: Work<void>): Promise<void> {
  await tx.query('SAVEPOINT report');
  try {
    await work(tx);
  } catch (error) {
    if (!isFatal(error)) await tx.query('ROLLBACK TO report');
    throw error;
  }
  await tx.query('RELEASE report');
}

function isFatal(error: unknown): boolean {
  return storageFaultOf(error) !== undefined;
}
