/**
 * Runs the journeys on PostgreSQL: the server that answers at 127.0.0.1:5432, otherwise Debian's, installed and
 * started. Never skips: without a server it fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import pg from 'pg';

const user = process.env.PGUSER ?? 'postgres';
const url = process.env.LOA_TEST_POSTGRES ?? `postgres://${user}@127.0.0.1:5432/postgres`;
const run = (command, args, options = {}) => spawnSync(command, args, { stdio: 'inherit', ...options });

async function answers() {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start() {
  if (!existsSync('/usr/bin/pg_ctlcluster')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const [version] = readdirSync('/etc/postgresql').sort().reverse();
  const rules = `/etc/postgresql/${version}/main/pg_hba.conf`;
  // A server of our own on a test machine: whoever is on the machine may come in.
  run('sed', ['-i', '-E', 's/^(host\\s+all\\s+all\\s+127\\.0\\.0\\.1\\/32\\s+).*/\\1trust/', rules]);
  run('pg_ctlcluster', ['--skip-systemctl-redirect', version, 'main', 'restart']);
  for (let tries = 0; tries < 20 && !(await answers()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 500));
}

if (!(await answers())) await start();
if (!(await answers())) {
  console.error('No PostgreSQL answers at 127.0.0.1:5432 and none could be started.');
  process.exit(1);
}
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const done = run(process.execPath, [...jest, '--silent', 'test/journeys', ...process.argv.slice(2)], {
  env: { ...process.env, LOA_TEST_POSTGRES: url },
});
process.exit(done.status ?? 1);
