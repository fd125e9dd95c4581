import { fork, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { round } from './median.mjs';
import { Browser } from './pages/browser.mjs';
import { LIMITS, overBudget, timesOf, weightLimit } from './pages/budgets.mjs';
import { forgotten, screensOf } from './pages/screens.mjs';

const ROUNDS = 3;
const VISITS = { bench: 20, check: 7 };
const WARM_UP = 3;
/** A ward of the demo, and one of the added wards. */
const FEW = { channel: 'truyen-thanh-phuong-bac-ha', unit: 'phuong-bac-ha' };
const MANY = { channel: 'truyen-thanh-xa-do-7', unit: 'xa-do-7' };

/**
 * Every screen on the demo's data with 250 channels and 60 days of slots: first load in KB over the wire (page,
 * scripts, styles, fonts and the immediate requests of its script, in the encoding that a browser receives); p95 of its
 * server time in ms beside a bare handler of the same application, requested in turns over one kept connection; the
 * processor time of one visit; and the number of statements, which is compared with that of the demo's data alone.
 * `--check` fails on an exceeded budget and on a page that is not measured; budgets.mjs says what counts on a busy
 * machine.
 */
export async function bench(say) {
  const check = process.argv.includes('--check');
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const env = {
    ...process.env,
    LOA_DATA_DIR: join(dir, 'data'),
    LOA_DATABASE_URL: '',
    LOA_PUBLIC_URL: '',
    LOA_LOG_LEVEL: 'error',
    LOA_VOICES: 'espeak',
  };
  let child;
  try {
    makeDemo(dir, env, say);
    const house = join(dir, 'data-demo');
    Object.assign(env, { LOA_DATA_DIR: house, LOA_MEDIA_DIR: join(house, 'media') });
    child = fork(fileURLToPath(new URL('./pages/serving.mjs', import.meta.url)), { env, stdio: 'inherit' });
    const { figures, faults } = await measure(child, check ? VISITS.check : VISITS.bench, say);
    for (const fault of faults) say(`over budget: ${fault}`);
    if (check && faults.length > 0) process.exitCode = 1;
    return figures;
  } finally {
    child?.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The demo's data in `dir`; LOA_BENCH_HOUSE names a folder that already has them (`data-demo`) and is copied. */
function makeDemo(dir, env, say) {
  const kept = process.env.LOA_BENCH_HOUSE;
  if (kept) {
    cpSync(join(kept, 'data-demo'), join(dir, 'data-demo'), { recursive: true });
    return;
  }
  say('the demo makes its data');
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const stdio = ['ignore', 'ignore', 'pipe'];
  const demo = spawnSync(process.execPath, ['bin/loa.mjs', 'demo', '--json'], { cwd, env, stdio });
  if (demo.status !== 0) throw new Error(`loa demo: ${demo.stderr}`);
}

async function measure(child, visits, say) {
  const { url, username, password, routes } = await told(child);
  const browser = new Browser(url);
  const door = await browser.get('/dang-nhap');
  const rows = [{ screen: '/dang-nhap', kb: await browser.weigh(door), limit: LIMITS.kb }];
  await browser.signIn(username, password);
  const few = new Map();
  for (const { screen, path } of await screensOf(browser, FEW)) few.set(screen, await statementsOf(browser, path));
  say('channels and slots');
  child.send('fill');
  const { channels, slots } = await told(child);
  say(`${channels} channels more, ${slots} slots more`);
  const screens = await screensOf(browser, MANY);
  for (const { screen, path } of screens) {
    const page = await browser.get(path);
    const kb = await browser.weigh(page);
    const statements = await statementsOf(browser, path);
    rows.push({ screen, kb, limit: weightLimit(page.text), statements, ...(await times(browser, path, visits)) });
  }
  say('KB over the wire (limit)   p95 ms   cpu ms   statements   others   screen');
  for (const { screen, kb, limit, p95, cpu, statements, others } of rows) {
    const weight = kb === undefined ? '' : `${kb.toFixed(0)} (${limit})`;
    const figures = [p95?.toFixed(1), cpu?.toFixed(1), statements, others?.toFixed(1)].map((one) =>
      String(one ?? '').padStart(8),
    );
    say(`${weight.padStart(14)} ${figures.join(' ')}   ${screen}`);
  }
  const left = forgotten(routes, screens).map((route) => `${route}: nobody measures it (test/bench/pages/screens.mjs)`);
  const faults = [...overBudget(rows, few), ...left];
  return {
    faults,
    figures: { channels, slots, ...summary(rows), overBudget: faults.length === 0 ? 'none' : faults.length },
  };
}

function summary(rows) {
  const most = (of) => rows.reduce((worst, row) => Math.max(worst, of(row) ?? 0), 0);
  const bareTimes = rows.flatMap(({ bare }) => (bare === undefined ? [] : [bare])).sort((a, b) => a - b);
  const bareP95 = bareTimes[Math.floor(bareTimes.length / 2)];
  const worstP95 = most(({ p95 }) => p95);
  return {
    screens: rows.length,
    worstKb: round(
      most(({ kb, limit }) => (limit === LIMITS.kb ? kb : 0)),
      1,
    ),
    worstPlayerKb: round(
      most(({ kb, limit }) => (limit === LIMITS.playerKb ? kb : 0)),
      1,
    ),
    worstP95Ms: round(worstP95, 1),
    bareP95Ms: round(bareP95, 2),
    worstTimesBare: round(worstP95 / bareP95, 1),
    worstCpuMs: round(
      most(({ cpu }) => cpu),
      1,
    ),
    mostStatements: most(({ statements }) => statements),
  };
}

/** Rounds of visits, each visit beside one of the bare handler, which also reports the cost of the visit before it. */
async function times(browser, path, visits) {
  const visit = async () => {
    const [own, bare] = [await browser.get(path), await browser.get('/bare')];
    return { ms: own.ms, bareMs: bare.ms, cpuMs: Number(bare.headers['x-cpu-before']) };
  };
  for (let n = 0; n < WARM_UP; n++) await visit();
  const rounds = [];
  const since = busyMs();
  for (let r = 0; r < ROUNDS; r++) {
    const round = [];
    for (let n = 0; n < visits; n++) round.push(await visit());
    rounds.push(round);
  }
  const now = busyMs();
  const served = rounds.flat().reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const others = (now.busy - since.busy - (now.own - since.own) - served) / (now.at - since.at);
  return { ...timesOf(rounds), others: Math.max(0, others) };
}

/** Milliseconds that all processors and this process have worked, and the time. */
function busyMs() {
  const busy = cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
  const { user, system } = process.cpuUsage();
  return { busy, own: (user + system) / 1000, at: performance.now() };
}

/** The minimum of several visits: the very first one may fill a cache, and background jobs run a query now and then. */
async function statementsOf(browser, path) {
  const counts = [];
  for (let n = 0; n < 4; n++) {
    await browser.get(path);
    counts.push(Number((await browser.get('/bare')).headers['x-statements-before']));
  }
  return Math.min(...counts);
}

function told(child) {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the server ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
