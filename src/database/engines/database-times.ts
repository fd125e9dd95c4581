import type { DataSource, QueryRunner } from 'typeorm';
import { currentLane, type Lane } from './lane.js';

/**
 * `question`: a statement outside a transaction. `transaction`: including its wait in the queue. `snapshot`: all its
 * queries together.
 */
export type DatabaseWork = 'question' | 'transaction' | 'snapshot';

/** Receives how long a piece of work took, in milliseconds, also when it failed. Must not throw. */
export type DatabaseTimer = (work: DatabaseWork, lane: Lane, ms: number) => void;

/** How long the database takes, for metrics. */
export class DatabaseTimes {
  private readonly timers: DatabaseTimer[] = [];

  onTimed(timer: DatabaseTimer): void {
    this.timers.push(timer);
  }

  async of<T>(work: DatabaseWork, run: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await run();
    } finally {
      this.tell(work, begun);
    }
  }

  /**
   * Times every statement that runs through `source`, except those for which `isOther` returns true because they are
   * timed elsewhere.
   */
  statements(source: DataSource, isOther: () => boolean): DataSource {
    const { driver } = source;
    const create = driver.createQueryRunner.bind(driver);
    // SQLite has one runner for all queries, PostgreSQL one for each.
    const timed = new WeakSet<QueryRunner>();
    driver.createQueryRunner = (mode) => {
      const runner = create(mode);
      if (!timed.has(runner)) this.time(runner, isOther);
      timed.add(runner);
      return runner;
    };
    return source;
  }

  private time(runner: QueryRunner, isOther: () => boolean): void {
    const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
    const ask = (...asked: unknown[]): Promise<unknown> => {
      if (isOther()) return query(...asked);
      const begun = performance.now();
      const answer = query(...asked);
      const end = () => this.tell('question', begun);
      answer.then(end, end);
      return answer;
    };
    Object.assign(runner, { query: ask });
  }

  private tell(work: DatabaseWork, begun: number): void {
    const ms = performance.now() - begun;
    for (const timer of this.timers) timer(work, currentLane(), ms);
  }
}
