/**
 * Walks through the screens in a real browser: Debian's Chromium, installed when it is missing, against the built
 * program on an empty data folder and a clock that the walk moves. Then stores attackers' payloads and looks for any
 * that run. Never skips: without a browser it fails. LOA_SCREENSHOTS names a folder for pictures of every screen. The
 * last line is 'N passed, N failed'.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { ADMIN, at } from '../browser/cast.mjs';
import { walk } from '../browser/walk.mjs';
import { scratchFolder } from './scratch.mjs';
import { speechFile } from './speech-file.mjs';
import { build, houseAt, loa, openBrowser, root, serveOnClock, stop } from './browser-house.mjs';

const counts = { passed: 0, failed: 0 };
const began = performance.now();
/**
 * One requirement for the screens; later ones run after a failure, because they often show the cause of an earlier one.
 */
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
const data = scratchFolder();
let running;
let browser;
try {
  if (shots) mkdirSync(shots, { recursive: true });
  build();
  const house = await houseAt(data);
  running = await serveOnClock(house, { admin: ADMIN, moveTo: at(0, '08:00') });
  browser = await openBrowser({ microphone: await speechFile(data) });
  const { url, moveTo, now } = running;
  // The user of the server's terminal is the second person of a town with one administrator.
  const atTerminal = (...args) => loa(args, house.env);
  await walk({ browser, url, check, shots, root, moveTo, now, atTerminal });
  await check('the server had nothing to complain of', () => {
    if (/ERROR/.test(running.said())) throw new Error(running.said());
  });
  await stop(running.server);
  await check('on a slow line no answer is lost and no older one wins', () => journey('slow-line'));
  await check('nothing that people write runs in a browser', () => journey('stored-scripts'));
} catch (error) {
  counts.failed++;
  console.log(`FAIL ${String(error?.stack ?? error)}`);
} finally {
  await browser?.close();
  if (running) await stop(running.server);
  rmSync(data, { recursive: true, force: true });
}
console.log(`in ${Math.round((performance.now() - began) / 1000)} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

/** test/browser/NAME.browser.ts: a journey that opens the application itself and a browser beside it. */
function journey(name) {
  const jest = ['node_modules/jest/bin/jest.js'];
  const child = spawn(process.execPath, [...jest, '--silent', '--testMatch', `**/test/browser/${name}.browser.ts`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(said))));
  });
}
