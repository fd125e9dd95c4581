import { cpSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Place } from './serve-process.js';
import { onPostgres, testDatabase } from './test-database.js';

/** A folder and an empty database beside those of `of`, with the same settings. */
export async function emptyPlace(of: Place, dir: string): Promise<{ place: Place; drop: () => Promise<void> }> {
  const rows = await testDatabase({ empty: true });
  const { LOA_DATABASE_URL: _, LOA_PORT: __, ...env } = of.env ?? {};
  return { place: { dir, env: { ...env, ...(rows.url ? { LOA_DATABASE_URL: rows.url } : {}) } }, drop: rows.drop };
}

/**
 * Copies the files and rows of an installation that is not running, as a person would who does not use `loa backup`.
 */
export async function copiedPlace(of: Place, dir: string): Promise<{ place: Place; drop: () => Promise<void> }> {
  const { place, drop } = await emptyPlace(of, dir);
  cpSync(join(of.dir, 'data'), join(dir, 'data'), { recursive: true });
  if (onPostgres) await copyDatabase(of.env?.['LOA_DATABASE_URL'] ?? '', place.env?.['LOA_DATABASE_URL'] ?? '');
  return { place, drop };
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['LOA_TEST_POSTGRES'] });
  await client.connect();
  try {
    const name = (url: string) => new URL(url).pathname.slice(1);
    await client.query(`DROP DATABASE ${name(to)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name(to)} TEMPLATE ${name(from)}`);
  } finally {
    await client.end();
  }
}
