import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from './backup/rows.mjs';
import { round } from './median.mjs';
import { Browser } from './pages/browser.mjs';

/** The pages that people open while the reports arrive. */
const PAGES = ['/hom-nay', '/tram', '/bao-cao', '/cong-van'];
const LOOK_EVERY_MS = 100;
/** One of so many slots could not be played by any station, and stays open for better evidence. */
const FAILED_EACH = 5;

/**
 * Five thousand reports of one event at once: 50 stations of five channels, each from an address of its own, with a
 * hundred reports of the same hundred slots of its channel. Seconds until all are accepted, how often a station was
 * told to retry later (429 and 503 with Retry-After, which it obeys), failures, and the response times of pages
 * meanwhile; beside a bare handler that puts the same events into one table.
 * `--postgres=URL` of a server on which the bench may create a database; SQLite without.
 */
export async function bench(say) {
  const server = process.argv.find((word) => word.startsWith('--postgres='))?.slice('--postgres='.length);
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const url = server ? await freshDatabase(server, 'loa_bench_reports') : '';
  const env = { ...process.env, LOA_DATA_DIR: dir, LOA_MEDIA_DIR: join(dir, 'media'), LOA_DATABASE_URL: url };
  const serving = new URL('./reports/serving.mjs', import.meta.url);
  const child = fork(fileURLToPath(serving), { env: { ...env, LOA_RESERVE_MB: '0' }, stdio: 'inherit' });
  try {
    return await measure(child, say);
  } finally {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measure(child, say) {
  const house = await told(child);
  const browser = new Browser(house.url);
  await browser.signIn(house.username, house.password);
  for (let n = 0; n < 3; n++) await look(browser, range(4));
  const quiet = await look(browser, range(20));
  const all = reportsOf(house);
  say(`${all.length} reports of ${house.stations.length} stations`);
  const bare = await sendAll(house.bareUrl, all);
  say(`a bare handler: ${round(bare.seconds)} s`);
  let over = false;
  const meanwhile = lookUntil(browser, () => over);
  const taken = await sendAll(house.url, all);
  over = true;
  const pages = await meanwhile;
  child.send('count');
  const counted = await told(child);
  if (counted.rows < all.length - taken.failed || counted.bareRows !== all.length)
    throw new Error(`rows: ${JSON.stringify(counted)}`);
  return {
    reports: all.length,
    failed: taken.failed,
    toldToWait: taken.toldToWait,
    seconds: round(taken.seconds),
    reportsPerSecond: Math.round(all.length / taken.seconds),
    bareSeconds: round(bare.seconds),
    timesBare: round(taken.seconds / bare.seconds),
    slotsDecided: counted.decided,
    logsComplete: counted.complete,
    pagesLookedAt: pages.length,
    quietPagesP95Ms: Math.round(p95(quiet)),
    pagesP95Ms: Math.round(p95(pages)),
    pagesMaxMs: Math.round(Math.max(...pages)),
  };
}

function reportsOf({ stations, sha256 }) {
  return stations.flatMap(({ token, slots }, station) =>
    slots.map(({ id, startsAt, endsAt }, n) => {
      const outcome = n % FAILED_EACH === 0 ? 'failed' : 'played';
      const event = { sequence: n + 1, slotId: id, sha256, startedAt: startsAt, endedAt: endsAt, outcome };
      return { token, address: `127.0.1.${station + 1}`, body: JSON.stringify({ events: [event] }) };
    }),
  );
}

async function sendAll(url, reports) {
  const begin = performance.now();
  const answers = await Promise.all(reports.map((report) => send(url, report)));
  return {
    seconds: (performance.now() - begin) / 1000,
    failed: answers.filter(({ status }) => status !== 200).length,
    toldToWait: answers.reduce((sum, { waits }) => sum + waits, 0),
  };
}

/** Retries until it is accepted, or refused for good. */
async function send(url, report) {
  for (let waits = 0; ; waits++) {
    const { status, retryAfter } = await post(url, report);
    if (![429, 503].includes(status) || !retryAfter || waits === 20) return { status, waits };
    await pause(retryAfter * 1000 * (1 + Math.random()));
  }
}

/** A connection of its own; 0 when it broke. */
function post(url, { token, address, body }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve) => {
    const options = { method: 'POST', headers, localAddress: address, agent: new Agent({ maxSockets: 1 }) };
    const sent = request(`${url}/api/station/as-run`, options, (answer) => {
      answer.resume();
      answer.on('end', () => {
        clearTimeout(end);
        resolve({ status: answer.statusCode, retryAfter: Number(answer.headers['retry-after'] ?? 0) });
      });
    });
    const end = setTimeout(() => sent.destroy(), 60_000);
    sent.on('error', () => resolve({ status: 0, retryAfter: 0 }));
    sent.end(body);
  });
}

/** Milliseconds of each of these pages in turn. */
async function look(browser, times) {
  const took = [];
  for (const n of times) took.push((await browser.get(PAGES[n % PAGES.length])).ms);
  return took;
}

async function lookUntil(browser, isOver) {
  const took = [];
  for (let n = 0; !isOver(); n++) {
    took.push(...(await look(browser, [n])));
    await pause(LOOK_EVERY_MS);
  }
  return took;
}

function range(length) {
  return Array.from({ length }, (_, n) => n);
}

function p95(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}

function told(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the server ended')));
  });
}
