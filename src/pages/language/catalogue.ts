import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const pages = fileURLToPath(new URL('..', import.meta.url));
const file = z.record(z.string().min(1), z.string().min(1));

/** Folders of pages/ that bring English: each keeps its own `en.json`, Vietnamese sentence → English one. */
export function catalogueFiles(): string[] {
  return readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(pages, entry.name, 'en.json'))
    .filter(existsSync)
    .sort();
}

export interface Catalogue {
  sentences: ReadonlyMap<string, string>;
  /** Sentences that two folders say differently; the first is taken, and a spec fails. */
  clashes: string[];
}

/** All of them as one. */
export function englishCatalogue(): Catalogue {
  const sentences = new Map<string, string>();
  const clashes: string[] = [];
  for (const path of catalogueFiles()) {
    for (const [key, english] of Object.entries(file.parse(JSON.parse(readFileSync(path, 'utf8'))))) {
      const before = sentences.get(key);
      if (before === undefined) sentences.set(key, english);
      else if (before !== english) clashes.push(`${key}: "${before}" and, in ${path}, "${english}"`);
    }
  }
  return { sentences, clashes };
}
