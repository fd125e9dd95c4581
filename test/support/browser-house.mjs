/**
 * A built program on its own data folder and Debian's Chromium beside it, for checks and pictures in a real browser.
 */
import { fork, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM, need } from './debian.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const SECONDS_TO_START = 60;

/**
 * Debian's Chromium, installed when it is missing. Throws when it cannot be installed. `microphone`: a WAV file that
 * its microphone repeats; without one it only beeps.
 */
export async function openBrowser({ microphone } = {}) {
  need('chromium');
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
    ],
  });
}

/** The environment of a program that keeps everything below `folder`, and its future address. */
export async function houseAt(folder) {
  const port = await freePort();
  const env = {
    ...process.env,
    LOA_DATA_DIR: join(folder, 'data'),
    LOA_MEDIA_DIR: join(folder, 'media'),
    LOA_DATABASE_URL: '',
    LOA_PUBLIC_URL: '',
    LOA_HOST: '127.0.0.1',
    LOA_PORT: String(port),
    LOA_VOICES: 'espeak',
    LOA_LOG_LEVEL: 'error',
    LOA_RESERVE_MB: '0',
  };
  return { env, url: `http://127.0.0.1:${port}` };
}

export function build() {
  const built = spawnSync(process.execPath, ['bin/setup.mjs', '--build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) throw new Error('the program could not be built');
}

/** Runs a command of Loa to its end; throws its output when it fails. */
export function loa(args, env, input) {
  const done = spawnSync(process.execPath, ['bin/loa.mjs', ...args], { cwd: root, env, input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`loa ${args.join(' ')}: ${done.stderr}`);
}

export async function serve({ env, url }) {
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

/**
 * The same program with a clock that can be moved (serve-on-clock.mjs): `{ server, url, said, moveTo, now }`. `now` is
 * the clock of the installation as the parent counts it.
 */
export async function serveOnClock({ env, url }, { admin, moveTo }) {
  const server = fork(join(root, 'test/support/serve-on-clock.mjs'), { cwd: root, env, silent: true });
  let said = '';
  for (const pipe of [server.stdout, server.stderr]) pipe.on('data', (data) => (said += data));
  const answer = () =>
    new Promise((resolve, reject) => {
      server.once('message', resolve);
      server.once('exit', () => reject(new Error(`the house stopped:\n${said}`)));
    });
  let offset = 0;
  const tell = async (message) => {
    const told = answer();
    server.send(message);
    offset = message.moveTo - Date.now();
    await told;
  };
  await answer();
  await tell({ admin, moveTo });
  return { server, url, said: () => said, moveTo: (at) => tell({ moveTo: at }), now: () => Date.now() + offset };
}

export function stop(server) {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', resolve);
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
  });
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
