import { Buffer } from 'node:buffer';
import { fork, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, URLSearchParams } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { round } from './median.mjs';

const VISITS = 40;
const WARM_UP = 3;
/** Budgets (issue of the pages): KB over the wire at a first visit, ms of p95. */
const LIMITS = { kb: 200, playerKb: 350, p95Ms: 150 };
/** What a page with one of these loads may weigh more: a player, a calendar. */
const LARGE = /\/static\/(wavesurfer|event-calendar)\./;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const cookies = new Map();

/**
 * First load of every screen in KB over the wire (page, scripts, styles, fonts and what its script asks for at once, in the
 * encoding that a browser is sent), and p95 of its server time in ms beside a bare handler of the same application, asked
 * in turns over one kept connection. On the demo's data with 250 channels and 60 days of slots.
 */
export async function bench(say) {
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const env = {
    ...process.env,
    LOA_DATA_DIR: join(dir, 'data'),
    LOA_MEDIA_DIR: join(dir, 'media'),
    LOA_DATABASE_URL: '',
    LOA_PUBLIC_URL: '',
    LOA_LOG_LEVEL: 'error',
    LOA_VOICES: 'espeak',
  };
  let child;
  try {
    makeDemo(dir, env, say);
    say('channels and slots');
    child = fork(fileURLToPath(new URL('./pages.serving.mjs', import.meta.url)), { env, stdio: 'inherit' });
    const served = await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the server ended')));
    });
    return await measure(served, say);
  } finally {
    child?.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The demo's data in `dir`; LOA_BENCH_HOUSE names a folder where they already lie (`data` and `media`), which is copied. */
function makeDemo(dir, env, say) {
  const kept = process.env.LOA_BENCH_HOUSE;
  if (kept) {
    for (const part of ['data', 'media']) cpSync(join(kept, part), join(dir, part), { recursive: true });
    return;
  }
  say('the demo makes its data');
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const stdio = ['ignore', 'ignore', 'pipe'];
  const demo = spawnSync(process.execPath, ['bin/loa.mjs', 'demo', '--json'], { cwd, env, stdio });
  if (demo.status !== 0) throw new Error(`loa demo: ${demo.stderr}`);
}

async function measure({ url, username, password, channels, slots }, say) {
  say(`${channels} channels more, ${slots} slots more`);
  const door = await get(url, '/dang-nhap');
  const doorKb = await weigh(url, door, []);
  await signIn(url, door.text, username, password);
  const screens = await screensOf(url);
  const rows = [{ screen: '/dang-nhap', kb: doorKb, limit: LIMITS.kb, p95: undefined }];
  for (const { path, also = [] } of screens) {
    const page = await get(url, path);
    const kb = await weigh(url, page, also);
    const bytes = page.text.length;
    const limit = LARGE.test(page.text) ? LIMITS.playerKb : LIMITS.kb;
    const [p95, bare] = await times(url, path);
    rows.push({ screen: path.replace(/[0-9a-f-]{36}/g, '…'), kb, limit, p95, bare, bytes });
    for (const more of also) {
      const [p95More, bareMore] = await times(url, more);
      rows.push({ screen: more, p95: p95More, bare: bareMore });
    }
  }
  say('KB over the wire (limit)   p95 ms   screen');
  for (const { screen, kb, limit, p95 } of rows) {
    const weight = kb === undefined ? '' : `${kb.toFixed(0)} (${limit})`;
    say(`${weight.padStart(14)} ${(p95?.toFixed(1) ?? '').padStart(18)}   ${screen}`);
  }
  const most = (of) => rows.reduce((worst, row) => Math.max(worst, of(row) ?? 0), 0);
  const worstP95 = most((row) => row.p95);
  const bareTimes = rows.flatMap(({ bare }) => (bare === undefined ? [] : [bare])).sort((a, b) => a - b);
  const bareP95 = bareTimes[Math.floor(bareTimes.length / 2)];
  return {
    screens: rows.length,
    channels,
    slots,
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
    overBudget:
      rows
        .filter(({ kb, limit, p95 }) => kb > limit || p95 > LIMITS.p95Ms)
        .map(({ screen }) => screen)
        .join(' ') || 'none',
  };
}

/** Every screen that one can open, with ids found on the lists before it. */
async function screensOf(url) {
  const find = async (from, pattern) => {
    const { text } = await get(url, from);
    const found = new RegExp(`href="(${pattern})"`).exec(text.replaceAll('&amp;', '&'))?.[1];
    if (!found) throw new Error(`${from} has no link like ${pattern}`);
    return found;
  };
  const id = '[0-9a-f-]{36}';
  const day = (days) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() + days * 86_400_000);
  const directive = await find('/cong-van', `/cong-van/${id}`);
  const script = await find('/bai', `/bai/${id}`);
  const progress = directive.replace('cong-van', 'tien-do');
  const board = JSON.parse((await get(url, `/api/board?date=${day(2)}`)).text);
  const slot = board.events.find(({ extendedProps }) => extendedProps.kind === 'slot').id;
  const channel = 'truyen-thanh-xa-do-7';
  return [
    { path: '/ban-bien-tap' },
    { path: '/cong-van' },
    { path: '/cong-van/moi' },
    { path: directive },
    { path: '/bai' },
    { path: script },
    { path: `${script}/canh-nhau` },
    { path: '/duyet' },
    { path: `/hom-nay` },
    { path: `/hom-nay?kenh=${channel}` },
    { path: `/lich?ngay=${day(2)}`, also: [`/api/board?date=${day(2)}`] },
    { path: `/lich/${channel}?tuan=${day(2)}` },
    { path: `/lich/${channel}/thang` },
    { path: `/lich/luot/${slot}` },
    { path: '/bai-dang' },
    { path: await find('/bai-dang?xem=danh-sach', `/bai-dang/${id}`) },
    { path: '/tien-do' },
    { path: progress },
    { path: await find(progress, `${progress}/[^"]+`) },
    { path: '/bao-cao' },
    { path: directive.replace('cong-van', 'bao-cao') },
    { path: '/nhat-ky' },
    { path: '/don-vi' },
    { path: '/don-vi/xa-do-7' },
    { path: '/mau-bai' },
    { path: '/mau-bai/general.loudspeaker' },
    { path: '/nguoi-dung' },
    { path: await find('/nguoi-dung', `/nguoi-dung/${id}`) },
    { path: '/tram' },
    { path: '/bao-mat' },
  ];
}

async function signIn(url, html, username, password) {
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: token, username, password }).toString();
  const answer = await ask(url, '/dang-nhap', { method: 'POST', body });
  if (answer.status >= 400 || answer.status < 300) throw new Error(`sign-in: ${answer.status}`);
}

/** KB of the page and of all that it names: a browser with an empty cache. */
async function weigh(url, page, also) {
  let bytes = page.wire;
  const seen = new Set();
  const assets = (text) => [...text.matchAll(/\/static\/[\w.-]+/g)].map(([path]) => path);
  const waiting = [...assets(page.text), ...also];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const one = await get(url, path);
    bytes += one.wire;
    if (path.endsWith('.css')) waiting.push(...assets(one.text));
  }
  return bytes / 1024;
}

/** p95 of the page and of the bare handler in ms, asked in turns. */
async function times(url, path) {
  const own = [];
  const bare = [];
  for (let n = 0; n < VISITS + WARM_UP; n++) {
    const [one, other] = [await get(url, path), await get(url, '/bare')];
    if (n >= WARM_UP) {
      own.push(one.ms);
      bare.push(other.ms);
    }
  }
  return [p95(own), p95(bare)];
}

function p95(values) {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}

async function get(url, path) {
  const answer = await ask(url, path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.headers.location ?? ''}`);
  return answer;
}

function ask(url, path, { method = 'GET', body } = {}) {
  const headers = {
    'accept-encoding': 'gzip, deflate, br',
    cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
  };
  if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: url });
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers, agent }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const ms = performance.now() - begin;
        const bytes = Buffer.concat(chunks);
        const head = answer.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const { statusCode: status, headers: got } = answer;
        resolve({ status, headers: got, ms, wire: bytes.length + head, text: decoded(bytes, got) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function decoded(bytes, headers) {
  const encoding = headers['content-encoding'];
  if (encoding === 'br') return brotliDecompressSync(bytes).toString('utf8');
  if (encoding === 'gzip') return gunzipSync(bytes).toString('utf8');
  return bytes.toString('utf8');
}
