import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBuiltInLexicon } from './lexicon/lexicon-files.js';
import { prepare, type PreparedReading } from './read.js';
import { defaultReadingSettings } from './text/reading.js';

const folder = fileURLToPath(new URL('./cases/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.tsv'));

let reader: PreparedReading;
beforeAll(async () => {
  reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
});

/** Words only: capitals and pauses have their own specs. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[,.;:!?\n]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

it('there are several hundred cases', () => {
  const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1));
  expect(lines.length).toBeGreaterThanOrEqual(500);
  expect(new Set(lines.map((line) => line.split('\t')[1])).size).toBe(lines.length);
});

it.each(files)('%s is read as an announcer reads it', (file) => {
  const wrong = readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, input = '', expected = '']) => ({ input, expected, got: words(reader.read(input).spoken) }))
    .filter(({ expected, got }) => got !== expected)
    .map(({ input, expected, got }) => `${input}\n  is   ${got}\n  want ${expected}`);
  expect(wrong.join('\n')).toBe('');
});
