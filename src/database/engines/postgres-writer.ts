import type { DataSource, EntityManager } from 'typeorm';
import type { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { storageFaultOf, TransactionLost } from '../disk/storage-fault.js';

interface Client {
  query(sql: string): Promise<{ command: string }>;
}

/**
 * One transaction on PostgreSQL. Resolves when the server has confirmed the COMMIT; `committing` is called right before
 * it. PostgreSQL answers the COMMIT of a failed transaction with "ROLLBACK" and no error, which TypeORM takes for
 * success.
 */
export async function postgresTransaction<T>(
  source: DataSource,
  work: (tx: EntityManager) => Promise<T>,
  committing: () => void,
): Promise<T> {
  const runner = source.createQueryRunner() as PostgresQueryRunner;
  let broken: Error | undefined;
  try {
    await runner.startTransaction();
    const answer = await work(runner.manager);
    committing();
    const client = (await runner.connect()) as Client;
    void source.logger.logQuery('COMMIT', [], runner);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new TransactionLost();
    return answer;
  } catch (error) {
    await runner.query('ROLLBACK').catch((second: Error) => (broken = second));
    // TypeORM releases a broken connection at once and then reports only that it is released.
    if (runner.isReleased && !storageFaultOf(error)) throw new TransactionLost({ cause: error });
    throw error;
  } finally {
    // A connection in an unknown state must not be reused.
    await releaseTo(runner, broken);
  }
}

async function releaseTo(runner: PostgresQueryRunner, broken?: Error): Promise<void> {
  const pool = runner as unknown as { releasePostgresConnection(error?: Error): Promise<void> };
  await pool.releasePostgresConnection(broken);
}
