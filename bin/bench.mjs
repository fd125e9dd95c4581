/**
 * `npm run bench -- NAME [--json]`: runs test/bench/NAME.bench.mjs against the built program and prints its figures. A
 * bench with budgets accepts `--check` and ends with 1 when a budget is exceeded.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUp } from './setup.mjs';

await setUp();
const folder = join(root, 'test', 'bench');
const names = readdirSync(folder).flatMap((file) =>
  file.endsWith('.bench.mjs') ? [file.slice(0, -'.bench.mjs'.length)] : [],
);
const [name] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!name || !names.includes(name)) {
  console.error(`npm run bench -- NAME [--json] [--check], where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
const { bench } = await import(pathToFileURL(join(folder, `${name}.bench.mjs`)).href);
const figures = await bench((text) => process.stderr.write(`${text}\n`));
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(28)} ${value}`);
process.exit();
