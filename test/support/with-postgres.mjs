/**
 * Runs the journeys on PostgreSQL: the server that LOA_TEST_POSTGRES names, otherwise one of its own that is thrown away
 * afterwards, made with Debian's programs, installed when they are missing. Never skips: without a server it fails.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { scratchFolder } from './scratch.mjs';

/** Journeys of sound files, and of what pages do with letters: which server keeps the rows is all the same to them. */
const ASK_NO_ROWS = ['clips', 'crash-recordings', 'disk-recordings', 'hostile-files', 'stored-scripts'];
const PROGRAMS = '/usr/lib/postgresql';

const named = process.env.LOA_TEST_POSTGRES;
const own = named ? undefined : await startServer();
const url = named ?? own.url;
try {
  await answers(url);
  const which = process.argv.slice(2);
  const all = ['test/journeys', '--testPathIgnorePatterns', ...ASK_NO_ROWS.map((name) => `/${name}.journey`)];
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const done = spawnSync(process.execPath, [...jest, '--silent', ...(which.length > 0 ? which : all)], {
    stdio: 'inherit',
    env: { ...process.env, LOA_TEST_POSTGRES: url },
  });
  process.exitCode = done.status ?? 1;
} finally {
  own?.stop();
}

async function answers(address) {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 5000 });
  await client.connect();
  await client.end();
}

/** A server that nobody else uses: it waits for no disk, so a journey costs what it does and not what the disk does. */
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
  if (!existsSync(PROGRAMS)) {
    if (process.getuid() !== 0)
      throw new Error('Install PostgreSQL (apt-get install postgresql), or name one in LOA_TEST_POSTGRES.');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], quiet);
  }
  const version = readdirSync(PROGRAMS).sort((a, b) => Number(b) - Number(a))[0];
  return join(PROGRAMS, version, 'bin');
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
