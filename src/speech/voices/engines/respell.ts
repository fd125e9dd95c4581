import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The same relative path from `src/` and from `dist/`. */
const table = fileURLToPath(new URL('../../../../scripts-content/voices/respelled.tsv', import.meta.url));
/** Maximum number of words in an entry. */
const LONGEST = 3;

/** Respells foreign words as Vietnamese syllables, for a voice that reads no other language. */
export interface Respelling {
  /** Digest of the table; part of the edition of a voice that uses it. */
  readonly edition: string;
  respell(text: string): string;
}

let kept: Respelling | undefined;

/** The shipped table, read once. */
export function respelling(): Respelling {
  return (kept ??= respellingOf(readFileSync(table, 'utf8')));
}

/**
 * Parses a table: a header line, then `written<TAB>respelled` in lower case. A longer form takes precedence over a
 * shorter.
 */
export function respellingOf(source: string): Respelling {
  const lines = source.normalize('NFC').trim().split(/\r?\n/).slice(1);
  const forms = new Map(lines.map((line) => line.split('\t', 2) as [string, string]));
  const edition = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 8);
  return { edition, respell: (text) => respell(text, forms) };
}

function respell(text: string, forms: ReadonlyMap<string, string>): string {
  const parts = text.normalize('NFC').split(/([\p{L}\p{M}]+)/u);
  // Words have odd indexes, separators even ones.
  const out: string[] = [parts[0] ?? ''];
  for (let at = 1; at < parts.length;) {
    const found = longestAt(parts, at, forms);
    const taken = found?.words ?? 1;
    out.push(found?.said ?? parts[at] ?? '', parts[at + taken * 2 - 1] ?? '');
    at += taken * 2;
  }
  return out.join('');
}

function longestAt(parts: readonly string[], at: number, forms: ReadonlyMap<string, string>) {
  for (let words = LONGEST; words > 0; words--) {
    const end = at + words * 2 - 1;
    if (end > parts.length) continue;
    const said = forms.get(parts.slice(at, end).join('').toLowerCase());
    if (said !== undefined) return { words, said };
  }
  return undefined;
}
