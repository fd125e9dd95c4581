import { Database } from '../../src/database/database.js';
import type { House } from './house.js';

/** The number of statements that `work` sends to the database by the connection for queries. */
export async function countStatements(house: House, work: () => Promise<unknown>): Promise<number> {
  const { connection } = house.app.get(Database).read();
  const before = connection.logger;
  let count = 0;
  const nothing = () => undefined;
  connection.logger = {
    logQuery: () => void count++,
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
  try {
    await work();
  } finally {
    connection.logger = before;
  }
  return count;
}
