import { readFileSync } from 'node:fs';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const settings = [...new Set(text('src/config/config.ts').match(/^ {2}LOA_[A-Z_]+(?=:)/gm))].map((name) => name.trim());

it.each(['README.md', 'README.vi.md'])('%s has a row for every setting, and for no other', (file) => {
  const rows = [...text(file).matchAll(/^\| `(LOA_[A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(settings.length).toBeGreaterThan(30);
  expect(rows.toSorted()).toEqual(settings.toSorted());
});
