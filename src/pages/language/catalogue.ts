import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const pages = fileURLToPath(new URL('..', import.meta.url));
const file = z.record(z.string().min(1), z.string().min(1));

/** The `en.json` files of the folders of pages/: Vietnamese sentence → English sentence. */
export function catalogueFiles(): string[] {
  return readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(pages, entry.name, 'en.json'))
    .filter(existsSync)
    .sort();
}

export interface Catalogue {
  sentences: ReadonlyMap<string, string>;
  /** Sentences that two folders translate differently; the first is used, and a spec fails. */
  clashes: string[];
}

/** All catalogues merged. */
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
