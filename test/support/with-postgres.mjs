/**
 * Runs the journeys on PostgreSQL: the server that LOA_TEST_POSTGRES names, otherwise one of its own that is deleted
 * afterwards, made with Debian's programs, installed when they are missing. Never skips: without a server it fails.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { need, POSTGRES } from './debian.mjs';
import { scratchFolder } from './scratch.mjs';

const TEMPLATE = 'loa_template';
/** Journeys of sound files, of letters on pages, and of SQLite's own file: they do not depend on the server. */
const ASK_NO_ROWS = [
  'clips',
  'crash-recordings',
  'disk-database',
  'disk-recordings',
  'hostile-files',
  'stored-scripts',
];

const named = process.env.LOA_TEST_POSTGRES;
const own = named ? undefined : await startServer();
const url = named ?? own.url;
try {
  await ask(url, 'SELECT 1');
  const which = process.argv.slice(2);
  const all = ['test/journeys', '--testPathIgnorePatterns', ...ASK_NO_ROWS.map((name) => `/${name}.journey`)];
  const jest = ['node_modules/jest/bin/jest.js'];
  const template = await furnish(url);
  const done = spawnSync(process.execPath, [...jest, '--silent', ...(which.length > 0 ? which : all)], {
    stdio: 'inherit',
    env: { ...process.env, LOA_TEST_POSTGRES: url, LOA_TEST_TEMPLATE: template ?? '' },
  });
  process.exitCode = done.status ?? 1;
} finally {
  own?.stop();
}

/**
 * A database with every table and no row, from which each application's database is copied: migrating from nothing
 * costs twice as much as opening an application. Only on a server of our own: on another one it would be left behind.
 */
async function furnish(server) {
  if (!own) return undefined;
  await ask(server, `CREATE DATABASE ${TEMPLATE}`);
  const address = new URL(server);
  address.pathname = `/${TEMPLATE}`;
  const env = { ...process.env, LOA_DATABASE_URL: address.href };
  const { status, stderr } = spawnSync(process.execPath, ['bin/loa.mjs', 'migrate'], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The template could not be migrated: ${stderr}`);
  return TEMPLATE;
}

async function ask(address, sql) {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A server for this run alone: it waits for no disk, so a journey costs its own work only. */
async function startServer() {
  const programs = installed();
  const folder = scratchFolder();
  const data = join(folder, 'rows');
  // PostgreSQL refuses to run as root: its own account, which Debian's package makes, owns the folder.
  const asRoot = process.getuid() === 0;
  const account = asRoot ? ['runuser', '-u', 'postgres', '--'] : [];
  if (asRoot) chownSync(folder, numberOf('-u'), numberOf('-g'));
  const port = await freePort();
  const run = (program, ...args) => {
    const [command, ...rest] = [...account, join(programs, program), ...args];
    const { status, stderr, error } = spawnSync(command, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  };
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: 200,
    unix_socket_directories: folder,
    port,
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', options.join(' '), 'start');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The newest of Debian's PostgreSQL programs. */
function installed() {
  need('postgresql');
  const version = readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a))[0];
  return join(POSTGRES, version, 'bin');
}

function numberOf(which) {
  return Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout);
}

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const door = createServer().once('error', reject);
    door.listen(0, '127.0.0.1', () => {
      const { port } = door.address();
      door.close(() => resolve(port));
    });
  });
}
