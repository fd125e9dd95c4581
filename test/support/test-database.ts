import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The server's code for a statement that took too long. */
const QUERY_CANCELED = '57014';

/** Whether this run stores its rows on PostgreSQL. */
export const onPostgres = Boolean(process.env['LOA_TEST_POSTGRES']);

/**
 * The journeys run on SQLite, and once more on PostgreSQL when LOA_TEST_POSTGRES names a server:
 * every application then gets a database of its own.
 */
export async function testDatabase({ empty = false } = {}): Promise<{
  url: string | undefined;
  drop: () => Promise<void>;
}> {
  const server = process.env['LOA_TEST_POSTGRES'];
  if (!server) return { url: undefined, drop: async () => undefined };
  const name = `loa_test_${randomBytes(6).toString('hex')}`;
  // Migrated once for the whole run where the server is the run's own; otherwise, and where `empty` asks for it, from
  // nothing.
  const template = empty ? '' : process.env['LOA_TEST_TEMPLATE'];
  await onServer(server, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  // The journeys kill Loa, never the server: waiting for the disk at every commit would prove nothing here.
  await onServer(server, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A database in a folder of its own on the server's machine; only root may hand it over to the server. */
export async function databaseIn(folder: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env['LOA_TEST_POSTGRES'] ?? '';
  const name = `loa_test_${randomBytes(6).toString('hex')}`;
  execFileSync('chown', ['postgres', folder]);
  await onServer(server, `CREATE TABLESPACE ${name} LOCATION '${folder}'`);
  await onServer(server, `CREATE DATABASE ${name} TABLESPACE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = async () => {
    await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await onServer(server, `DROP TABLESPACE ${name}`);
  };
  return { url: url.href, drop };
}

/**
 * One statement on the server. DROP and CREATE DATABASE wait until every session of the server has heard of them, and a journey that
 * runs at the same time may hold one back (a silent line, a full disk): after 30 s the statement is given up and sent again, three
 * times at most.
 */
async function onServer(server: string, sql: string, attempt = 1): Promise<void> {
  const client = new pg.Client({ connectionString: server, statement_timeout: 30_000 });
  await client.connect();
  try {
    await client.query(sql);
  } catch (error) {
    if ((error as { code?: string }).code !== QUERY_CANCELED || attempt === 3) throw error;
    return await onServer(server, sql, attempt + 1);
  } finally {
    await client.end();
  }
}
