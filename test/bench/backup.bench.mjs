import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { round } from './median.mjs';
import { makeRows, postgresRows, sqliteRows } from './backup/rows.mjs';

const loa = fileURLToPath(new URL('../../bin/loa.mjs', import.meta.url));
const RESTORED = 'loa_bench_restored';

/**
 * `loa backup` and `loa restore` as processes of their own, over a database with many as-run rows: rows a second, peak
 * memory, and the ratio to a bare baseline in the same run (SQLite: a loop over one statement with JSON.stringify, and
 * one prepared insert in one transaction; PostgreSQL: COPY on the server's disk, and back).
 * `--rows=N` (default 400,000), `--postgres=URL` of a server on which the bench may create databases.
 */
export async function bench(say) {
  const rows = Number(option('rows') ?? 400_000);
  const server = option('postgres');
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const house = server ? await postgresRows(server) : sqliteRows(dir);
  try {
    const place = (name, url) => ({
      LOA_DATA_DIR: join(dir, name),
      LOA_MEDIA_DIR: join(dir, name, 'media'),
      LOA_DATABASE_URL: url,
    });
    await run(['migrate'], place('data', house.url));
    await makeRows(house, rows);
    say(`${rows} as-run rows made`);
    const folder = join(dir, 'backup');
    const written = await run(['backup', folder], place('data', house.url));
    say(`backup, read again: ${round(written.seconds)} s, ${written.peakMb} MB`);
    const bareOut = await house.bareOut(join(dir, 'bare'));
    say(`the barest way out: ${round(bareOut)} s`);
    const target = await house.fresh(RESTORED);
    await run(['migrate'], place('restored', target.url));
    const restored = await run(['restore', folder], place('restored', target.url));
    say(`restore: ${round(restored.seconds)} s, ${restored.peakMb} MB`);
    if ((await target.count()) !== rows) throw new Error('rows are missing');
    const bareIn = await house.bareIn(join(dir, 'bare'));
    say(`the barest way in: ${round(bareIn)} s`);
    return {
      rows,
      tableMb: Math.round(statSync(join(folder, 'tables', 'as_run.ndjson')).size / 1e6),
      databaseMb: Math.round((await house.bytes()) / 1e6),
      backupSeconds: round(written.seconds),
      backupRowsPerSecond: Math.round(rows / written.seconds),
      backupPeakMb: written.peakMb,
      backupTimesBare: round(written.seconds / bareOut),
      restoreSeconds: round(restored.seconds),
      restoreRowsPerSecond: Math.round(rows / restored.seconds),
      restorePeakMb: restored.peakMb,
      restoreTimesBare: round(restored.seconds / bareIn),
    };
  } finally {
    await house.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Runs to the end; throws the output when the exit code is not 0. Its own memory is the highest value that the system
 * reports.
 */
function run(args, settings) {
  const start = performance.now();
  const child = spawn(process.execPath, [loa, ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  let peakMb = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMb = Math.max(peakMb, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024));
    } catch {
      // It has ended.
    }
  }, 100);
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      clearInterval(look);
      const seconds = (performance.now() - start) / 1000;
      if (code === 0) resolve({ seconds, peakMb });
      else reject(new Error(said));
    });
  });
}

function option(name) {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}
