import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Mutant {
  name: string;
  file: string;
  find: string;
  put: string;
  tests: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const allTests = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
);
const lists = readdirSync(join(root, 'test/mutants')).filter((name) => name !== 'run.mjs');

describe('the mutants', () => {
  it.each(lists)('of %s are still faults of the code, with tests that run', async (list) => {
    const { mutants } = (await import(`./mutants/${list}`)) as { mutants: Mutant[] };
    const problems = mutants.flatMap(({ name, file, find, put, tests }) => {
      const found = readFileSync(join(root, file), 'utf8').split(find).length - 1;
      const missing = tests.filter((path) => !existsSync(join(root, path)) && !hasTest(path));
      return [
        ...(found === 1 ? [] : [`${name}: its text stands ${found} times in ${file}`]),
        ...(find === put ? [`${name}: changes nothing`] : []),
        ...missing.map((path) => `${name}: no test ${path}`),
      ];
    });
    expect(mutants.length).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });
});

/** A test is named by the beginning of its path. */
function hasTest(path: string): boolean {
  return allTests.some((one) => one.startsWith(path));
}
