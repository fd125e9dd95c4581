import { AsyncLocalStorage } from 'node:async_hooks';
import { Database } from '../../src/database/database.js';
import { logFields } from '../../src/shared/context.js';
import type { House } from './house.js';

/**
 * The number of statements that `work` sends to the database by the connection for queries: those of `work` itself and of the
 * requests that it makes. Jobs and timers of the house may ask at the same time and are not counted.
 */
export async function countStatements(house: House, work: () => Promise<unknown>): Promise<number> {
  const { connection } = house.app.get(Database).read();
  const before = connection.logger;
  const ofWork = new AsyncLocalStorage<true>();
  let count = 0;
  const nothing = () => undefined;
  connection.logger = {
    logQuery: () => {
      if (ofWork.getStore() === true || 'requestId' in logFields()) count++;
    },
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
  try {
    await ofWork.run(true, work);
  } finally {
    connection.logger = before;
    ofWork.disable();
  }
  return count;
}
