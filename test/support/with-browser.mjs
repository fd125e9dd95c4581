/**
 * Walks through the screens in a real browser: Debian's Chromium, installed when it is missing, against the built program on
 * an empty data folder. Never skips: without a browser it fails. LOA_SCREENSHOTS names a folder for pictures of every screen.
 * The last line is 'N passed, N failed'.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ADMIN, walk } from '../browser/walk.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CHROMIUM = '/usr/bin/chromium';
const SECONDS_TO_START = 60;

function findBrowser() {
  if (existsSync(CHROMIUM)) return;
  if (process.getuid?.() !== 0) {
    throw new Error(`${CHROMIUM} is missing. Install it (apt-get install chromium), or run this as root on Debian.`);
  }
  process.stderr.write('Installing Chromium (once)…\n');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  if (!existsSync(CHROMIUM)) throw new Error('apt-get could not install chromium; see its messages above.');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function loa(args, env, input) {
  const done = spawnSync(process.execPath, ['bin/loa.mjs', ...args], { cwd: root, env, input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`loa ${args.join(' ')}: ${done.stderr}`);
}

async function serve(env, url) {
  const server = spawn(process.execPath, ['bin/loa.mjs', 'serve'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (data) => (said += data));
  for (let tries = 0; tries < SECONDS_TO_START * 4; tries++) {
    if (server.exitCode !== null) throw new Error(`loa serve stopped:\n${said}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return { server, said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  server.kill();
  throw new Error(`loa serve did not answer within ${SECONDS_TO_START} s:\n${said}`);
}

function stop(server) {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once('exit', resolve);
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
  });
}

const counts = { passed: 0, failed: 0 };
/** One promise about the screens; later ones go on, because they often tell what was wrong with an earlier one. */
async function check(name, work) {
  const from = performance.now();
  try {
    await work();
    counts.passed++;
    console.log(`ok   ${name} (${Math.round(performance.now() - from)} ms)`);
  } catch (error) {
    counts.failed++;
    console.log(`FAIL ${name}\n     ${String(error?.stack ?? error).replace(/\n/g, '\n     ')}`);
  }
}

const shots = process.env.LOA_SCREENSHOTS;
const data = mkdtempSync(join(tmpdir(), 'loa-browser-'));
let running;
let browser;
try {
  findBrowser();
  if (shots) mkdirSync(shots, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    LOA_DATA_DIR: join(data, 'data'),
    LOA_MEDIA_DIR: join(data, 'media'),
    LOA_DATABASE_URL: '',
    LOA_PUBLIC_URL: '',
    LOA_HOST: '127.0.0.1',
    LOA_PORT: String(port),
    LOA_VOICES: 'espeak',
    LOA_LOG_LEVEL: 'error',
  };
  const built = spawnSync(process.execPath, ['bin/setup.mjs', '--build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) throw new Error('the program could not be built');
  loa(['admin', 'create', '--username', ADMIN.username, '--name', ADMIN.name], env, `${ADMIN.password}\n`);
  running = await serve(env, url);
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  await walk({ browser, url, check, shots, root });
  await check('the server had nothing to complain of', () => {
    if (/ERROR/.test(running.said())) throw new Error(running.said());
  });
} catch (error) {
  counts.failed++;
  console.log(`FAIL ${String(error?.stack ?? error)}`);
} finally {
  await browser?.close();
  if (running) await stop(running.server);
  rmSync(data, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
