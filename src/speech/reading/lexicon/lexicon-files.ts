import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../../shared/domain-error.js';
import { parseLexicon } from './lexicon-file.js';
import { BUILT_IN, type Lexicon } from '../text/reading.js';

/** Folder of the built-in lexicon; the same relative path from `src/` and from `dist/`. */
export const builtInLexiconFolder = fileURLToPath(new URL('../../../../scripts-content/lexicons/', import.meta.url));

/**
 * Reads all `*.tsv` of a folder as one lexicon named 'built-in'. Throws `bad-lexicon` (422) naming the first invalid
 * line: a gap in a built-in lexicon would be heard on a loudspeaker.
 */
export async function readBuiltInLexicon(folder = builtInLexiconFolder): Promise<Lexicon> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.tsv')).sort();
  const entries = [];
  for (const file of files) {
    const { lexicon, problems } = parseLexicon('Loa', await readFile(join(folder, file), 'utf8'));
    const first = problems[0];
    if (first) {
      throw new DomainError('invalid', 'bad-lexicon', {
        vi: `Từ điển ${file}, dòng ${first.line}: ${first.sentence.vi}`,
        en: `Lexicon ${file}, line ${first.line}: ${first.sentence.en}`,
      });
    }
    entries.push(...lexicon.entries);
  }
  return { name: BUILT_IN, entries };
}
