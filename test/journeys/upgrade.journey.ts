import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { postgresSource, sqliteSource } from '../../src/database/engines/data-sources.js';
import { migrations } from '../../src/database/migrations/index.js';
import { IN_USE } from '../../src/database/engines/postgres-locks.js';
import { type CommandResult, type Place, runLoa, ServeProcess, settingsOf, until } from '../support/serve-process.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const LATEST = migrations.length;
/** Tables of an earlier release. */
const OLD = migrations.findIndex(({ name }) => name.startsWith('FramesOfNothing')) + 1;
const dirs: string[] = [];
const drops: (() => Promise<void>)[] = [];

interface OldHouse {
  place: Place;
  backup: string;
}

/** An installation whose tables were made by the program of `count` migrations, with one unit. */
async function houseOf(count: number): Promise<OldHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'loa-upgrade-'));
  dirs.push(dir);
  const { url, drop } = await testDatabase({ empty: true });
  drops.push(drop);
  const backup = join(dir, 'backup');
  const place = { dir, env: { LOA_BACKUP_DIR: backup, ...(url ? { LOA_DATABASE_URL: url } : {}) } };
  await withSource(place, async (source) => {
    source.setOptions({ migrations: migrations.slice(0, count) });
    await source.initialize();
    await source.runMigrations();
    await source.query(
      `INSERT INTO unit (id, code, kind, name, short_name, aliases, search, active) VALUES ('u1', 'ha-tinh', 'city', 'Hà Tĩnh', 'Hà Tĩnh', '[]', 'ha tinh', ${onPostgres ? 'true' : '1'})`,
    );
  });
  return { place, backup };
}

/** Without any rule of the application. */
async function withSource<T>(place: Place, work: (source: DataSource) => Promise<T>): Promise<T> {
  const { databaseUrl } = new Config(settingsOf(place));
  const source = onPostgres
    ? postgresSource(databaseUrl, { poolSize: 2, patienceMs: null })
    : sqliteSource(databaseUrl.slice(7), 'write');
  try {
    return await work(source);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

async function ask(place: Place, sql: string): Promise<Record<string, unknown>[]> {
  return withSource(place, async (source) => (await source.initialize()).query(sql));
}

const applied = async (place: Place) => Number((await ask(place, 'SELECT count(*) AS n FROM migrations'))[0]?.['n']);
const copies = ({ backup }: OldHouse) => readdirSync(backup);

function expectRefused(done: CommandResult, code: number, words: RegExp): void {
  expect([done.code, done.err]).toEqual([code, expect.stringMatching(words)]);
  expect(done.err).not.toMatch(/\n {4}at /);
}

afterAll(async () => {
  await ServeProcess.killAll();
  for (const drop of drops) await drop();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

it('a command does not change tables that stand, and a new house gets its own', async () => {
  const { place } = await houseOf(OLD);
  expectRefused(await runLoa(place, ['audit', 'verify']), 1, /bản Loa cũ hơn[^]*loa migrate/);
  expect(await applied(place)).toBe(OLD);
}, 60_000);

it('three that upgrade at once do it once, after one copy, which the program before can be given', async () => {
  const house = await houseOf(OLD);
  const { place } = house;
  const all = await Promise.all([1, 2, 3].map(() => runLoa(place, ['migrate'])));
  expect(all.map(({ code, err }) => [code, err])).toEqual(all.map(() => [0, expect.stringContaining('mới nhất')]));
  expect(await applied(place)).toBe(LATEST);
  expect(copies(house)).toEqual([expect.stringMatching(/^before-upgrade-\d{8}T\d{6}\.(sqlite|dump)$/)]);
  const file = join(house.backup, copies(house)[0] ?? '');
  expect(all.map(({ err }) => err).filter((err) => err.includes(file))).toHaveLength(1);
  expect(await rowsOfCopy(file)).toEqual({ migrations: OLD, unit: 'Hà Tĩnh' });
  const server = await ServeProcess.start(place);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await server.stop();
  expect(copies(house)).toHaveLength(1);
}, 120_000);

/** The rows that a person who returns to the earlier program would find. */
async function rowsOfCopy(file: string): Promise<unknown> {
  if (!onPostgres) {
    const db = new BetterSqlite3(file, { readonly: true });
    const ask = (sql: string): unknown => db.prepare(sql).pluck().get();
    const found = { migrations: ask('SELECT count(*) FROM migrations'), unit: ask('SELECT name FROM unit') };
    db.close();
    return found;
  }
  const { url = '', drop } = await testDatabase({ empty: true });
  drops.push(drop);
  execFileSync('pg_restore', ['--no-owner', `--dbname=${url}`, file]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    'SELECT (SELECT count(*) FROM migrations)::int AS migrations, name AS unit FROM unit',
  );
  await client.end();
  return rows[0];
}

it('what cannot be copied is not upgraded, but for whoever has another copy', async () => {
  const house = await houseOf(OLD);
  writeFileSync(house.backup, 'a file where the folder should be');
  for (const command of ['migrate', 'serve']) {
    expectRefused(await runLoa(house.place, [command]), 1, /Chưa nâng cấp[^]*--without-copy/);
    expect(await applied(house.place)).toBe(OLD);
  }
  expect(await runLoa(house.place, ['migrate', '--without-copy'])).toMatchObject({ code: 0 });
  expect(await applied(house.place)).toBe(LATEST);
}, 60_000);

it('an upgrade that fails leaves the tables of the program before', async () => {
  const { place } = await houseOf(OLD);
  // The second of the pending migrations makes it.
  await ask(place, 'CREATE TABLE waiting_period (id text)');
  const before = await tablesOf(place);
  expect((await runLoa(place, ['migrate'])).code).toBe(1);
  expect(await applied(place)).toBe(OLD);
  expect(await tablesOf(place)).toEqual(before);
}, 60_000);

it('nothing is upgraded under a server that runs', async () => {
  const house = await houseOf(LATEST);
  const { place } = house;
  const server = await ServeProcess.start(place);
  const [last] = await ask(place, 'SELECT * FROM migrations ORDER BY "timestamp" DESC LIMIT 1');
  await ask(place, `DELETE FROM migrations WHERE name = '${String(last?.['name'])}'`);
  expectRefused(await runLoa(place, ['migrate']), 2, /Hãy dừng tất cả máy chủ/);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(await applied(place)).toBe(LATEST - 1);
  await server.stop();
}, 90_000);

const FUTURE = `INSERT INTO migrations ("timestamp", name) VALUES (9999999999999, 'FromTheFuture9999999999999')`;

it('a program does not open the tables of a newer one', async () => {
  const { place } = await houseOf(LATEST);
  await ask(place, FUTURE);
  for (const command of [['serve'], ['migrate'], ['audit', 'verify'], ['backup']]) {
    expectRefused(await runLoa(place, command), 1, /bản Loa mới hơn/);
  }
}, 60_000);

(onPostgres ? it : it.skip)(
  'who comes during an upgrade waits for its end',
  async () => {
    const { place } = await houseOf(OLD);
    const client = new pg.Client({ connectionString: place.env?.['LOA_DATABASE_URL'] });
    client.on('error', () => undefined);
    await client.connect();
    // Stops the upgrade in its middle.
    await client.query('BEGIN; LOCK TABLE clip IN SHARE MODE');
    const upgrade = runLoa(place, ['migrate', '--without-copy']);
    const isHeld = async () => {
      const sql = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND objid = ${IN_USE} AND granted`;
      return (await client.query(sql)).rows.length > 0;
    };
    await until(isHeld, 30_000, 'nobody upgrades');
    const command = runLoa(place, ['audit', 'verify']);
    const done = await Promise.race([command, new Promise((resolve) => setTimeout(() => resolve('waits'), 5_000))]);
    expect(done).toBe('waits');
    await client.query('COMMIT');
    await client.end();
    expect((await upgrade).code).toBe(0);
    expect((await command).err).not.toContain('loa migrate');
  },
  90_000,
);

(onPostgres ? it : it.skip)(
  'a server that finds newer tables after its connections broke ends',
  async () => {
    const { place } = await houseOf(LATEST);
    const server = await ServeProcess.start(place);
    await until(() => server.said.includes('thiet-lap'), 30_000, 'it does not come to the end of its start');
    await ask(place, FUTURE);
    const mine = 'datname = current_database() AND pid <> pg_backend_pid()';
    await ask(place, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${mine}`);
    await until(() => server.isOver, 30_000, 'the server goes on');
    expect(server.said).toContain('A newer version of Loa');
  },
  60_000,
);

async function tablesOf(place: Place): Promise<unknown[]> {
  const sql = onPostgres
    ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
    : `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1`;
  return (await ask(place, sql)).map(({ name }) => name);
}
