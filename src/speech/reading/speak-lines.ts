import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { readBuiltInLexicon } from './lexicon/lexicon-files.js';
import { prepare } from './read.js';
import { defaultReadingSettings, type Lexicon, type ReadingSettings } from './text/reading.js';

/**
 * Reads one text per input line and writes exactly one reading per line, an empty line for an empty reading. Ends when
 * `input` ends.
 */
export async function speakLines(
  input: Readable,
  output: Writable,
  settings: ReadingSettings = defaultReadingSettings,
  lexicons?: readonly Lexicon[],
): Promise<void> {
  const reader = prepare(lexicons ?? [await readBuiltInLexicon()], settings);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const spoken = reader.read(line).spoken.replace(/\s*\n\s*/g, ' ');
    if (!output.write(`${spoken}\n`)) await once(output, 'drain');
  }
}
