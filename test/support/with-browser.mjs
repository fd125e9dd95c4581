/**
 * Walks through the screens in a real browser: Debian's Chromium, installed when it is missing, against the built program on
 * an empty data folder. Never skips: without a browser it fails. LOA_SCREENSHOTS names a folder for pictures of every screen.
 * The last line is 'N passed, N failed'.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, walk } from '../browser/walk.mjs';
import { build, houseAt, loa, openBrowser, root, serve, stop } from './browser-house.mjs';

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
  if (shots) mkdirSync(shots, { recursive: true });
  const { env, url } = await houseAt(data);
  build();
  loa(['admin', 'create', '--username', ADMIN.username, '--name', ADMIN.name], env, `${ADMIN.password}\n`);
  running = await serve({ env, url });
  browser = await openBrowser();
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
