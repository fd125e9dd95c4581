/**
 * `npm run check`, after set-up: format, lint, types and the order of folders. Two run at a time, because each computes
 * on one core; failures are printed at the end. Exit 1 when one of them failed.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { root } from './setup.mjs';

const modules = 'node_modules';
/**
 * The longest first. The type check keeps its state beside the libraries, so that a second run reads only what has
 * changed.
 */
const checks = [
  ['lint', `${modules}/eslint/bin/eslint.js`, '.'],
  [
    'types',
    `${modules}/typescript/bin/tsc`,
    ...['--noEmit', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', `${modules}/.cache/check.tsbuildinfo`],
  ],
  ['format', `${modules}/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '.'],
  ['format of templates', 'test/support/format-templates.mjs', '--check'],
  ['order of the house', `${modules}/jest/bin/jest.js`, 'test/house.spec.ts'],
];

const began = performance.now();
const waiting = [...checks];
const worker = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await check(...next);
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
process.stderr.write(`check: ${Math.round((performance.now() - began) / 1000)} s\n`);

function check(name, ...command) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) {
        process.exitCode = 1;
        process.stderr.write(`== ${name} failed\n${said}\n`);
      }
      resolve();
    });
  });
}
