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

/** All of them as one. A sentence stands in two of them only with the same English; otherwise this throws. */
export function englishCatalogue(): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const path of catalogueFiles()) {
    for (const [key, english] of Object.entries(file.parse(JSON.parse(readFileSync(path, 'utf8'))))) {
      const before = all.get(key);
      if (before !== undefined && before !== english) {
        throw new Error(`"${key}" has two English sentences: "${before}" and, in ${path}, "${english}"`);
      }
      all.set(key, english);
    }
  }
  return all;
}
