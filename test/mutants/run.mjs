/**
 * `npm run mutants [-- WORDS]`: puts one fault after another into a copy of the sources and runs the tests that must
 * notice it. A mutant that no test notices survives, and the command ends with 1. WORDS: only mutants whose name or
 * file contains them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { mutants as accounts } from './accounts.mjs';
import { mutants as durability } from './durability.mjs';
import { mutants as forgery } from './forgery.mjs';
import { mutants as security } from './security.mjs';
import { mutants as states } from './states.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const words = process.argv.slice(2);
const chosen = [...security, ...accounts, ...forgery, ...durability, ...states].filter(({ name, file }) =>
  words.every((word) => name.includes(word) || file.includes(word)),
);
const folder = mkdtempSync(join(tmpdir(), 'loa-mutants-'));
const jest = ['node_modules/jest/bin/jest.js'];

process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
for (const part of [
  'src',
  'test',
  'scripts-content',
  'bin',
  'dist',
  'media/chimes',
  'package.json',
  'package-lock.json',
  'jest.config.mjs',
  'tsconfig.json',
  'README.md',
  'DECISIONS.md',
])
  cpSync(join(root, part), join(folder, part), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
// A mutant is one module: what a test starts there runs from the modules, not from the bundle of them.
writeFileSync(join(folder, 'bin', 'loa.mjs'), "await import('../dist/cli/main.js');\n");

const { compilerOptions } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config;
const compiler = ts.convertCompilerOptionsFromJson(compilerOptions, root).options;

/** Commands that a test runs are in dist/: built without a type check, which a mutant need not pass. */
function writeMutant(file, text) {
  writeFileSync(join(folder, file), text);
  const built = join(folder, file.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'));
  const { outputText } = ts.transpileModule(text, { compilerOptions: compiler, fileName: join(root, file) });
  if (built.endsWith('.js')) writeFileSync(built, outputText);
}

function runTests(tests) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...jest, '--silent', '--bail', ...tests], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

// Tests that fail without any fault would kill every mutant.
for (const tests of new Map(chosen.map(({ tests }) => [tests.join(), tests])).values()) {
  const { status, said } = runTests(tests);
  if (status !== 0) throw new Error(`${tests.join(' ')} fails without a mutant:\n${said}`);
}

const survivors = [];
for (const { name, file, find, put, tests } of chosen) {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold this once: ${find}`);
  writeMutant(
    file,
    source.replace(find, () => put),
  );
  const begun = performance.now();
  const { status, said } = runTests(tests);
  writeMutant(file, source);
  const failed = /^Tests:\s+(\d+) failed/m.exec(said)?.[1];
  // A suite that fails to load has noticed nothing.
  const killed = status !== 0 && failed !== undefined;
  if (!killed) survivors.push(name);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${String(seconds).padStart(4)} s  ${name} (${file})`);
}
console.log(
  `${chosen.length - survivors.length} of ${chosen.length} killed${survivors.length ? `; survivors: ${survivors.join('; ')}` : ''}`,
);
process.exitCode = survivors.length > 0 || chosen.length === 0 ? 1 : 0;
