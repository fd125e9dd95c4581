import { AsyncResource } from 'node:async_hooks';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { storageFaultOf } from '../disk/storage-fault.js';

export type Work<T> = (tx: EntityManager) => Promise<T>;

/** People wait for one group at most: at most this many reports, and no further report starts after this time. */
const MAX_IN_GROUP = 16;
const MAX_MS = 50;

interface Report {
  /** Resolves when the work is done and waits for the COMMIT; never rejects for a failure of this report alone. */
  run: (tx: EntityManager) => Promise<void>;
  committing: () => void;
  committed: () => void;
  failed: (error: unknown) => void;
  until: number;
}

/**
 * Writes the reports that wait for SQLite's one writer in groups: one COMMIT, which waits for the disk, stores a whole
 * group. Each report has a savepoint of its own, so that a refused one leaves the others unchanged. A storage fault
 * ends the group.
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
      // Binds the report to its own async context: another request starts the group.
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
    // An earlier group has already taken the reports.
    if (this.waiting.length === 0) return;
    const group = this.waiting.splice(0, MAX_IN_GROUP);
    const until = Math.max(...group.map((one) => one.until));
    try {
      await this.transaction(
        async (tx) => {
          const end = performance.now() + MAX_MS;
          for (const [n, { run }] of group.entries()) {
            if (n > 0 && performance.now() > end) {
              // The remaining reports run in later turns.
              this.waiting.unshift(...group.splice(n));
              break;
            }
            // SQLite answers synchronously; a long queue of reports would block every other request.
            await othersFirst();
            await run(managerOf(tx));
          }
        },
        () => group.forEach(({ committing }) => committing()),
        until,
      );
      // Refused reports have already been answered.
      for (const { committed } of group) committed();
    } catch (error) {
      for (const { failed } of group) failed(error);
    }
  }
}

/** State per transaction is kept by its manager, so each report needs one of its own. */
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
