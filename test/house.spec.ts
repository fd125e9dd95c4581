import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The list printed in the README is the law: a folder imports only folders above it. */
const order = [...readme.matchAll(/^\| `([a-z-]+)\/` \|/gm)].map((match) => match[1] ?? '');

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });
}

function texts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(ts|md)$/.test(name)).map((name) => join(folder, name));
}

function views(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.hbs')).map((name) => join(folder, name));
}

/** Numbers of the lines that are longer than 160 characters. */
function longLines(text: string): number[] {
  return text.split('\n').flatMap((line, n) => (line.length > 160 ? [n + 1] : []));
}

function roomOf(path: string): string {
  return relative(src, path).split('/')[0] ?? '';
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)];
  return found.map((match) => resolve(dirname(path), match[1] ?? ''));
}

/** Every import that runs the wrong way, as a sentence. */
export function wrongWay(paths: { from: string; to: string }[], rooms: string[]): string[] {
  return paths.flatMap(({ from, to }) => {
    const [a, b] = [rooms.indexOf(from), rooms.indexOf(to)];
    if (a === -1 || b === -1 || b <= a) return [];
    return [
      `${from}/ imports ${to}/, which stands below it: move the code, or publish an event that ${to}/ listens to.`,
    ];
  });
}

describe('the house', () => {
  it('the README lists every folder of src, and only those', () => {
    const folders = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory());
    expect([...order].sort()).toEqual(folders.sort());
  });

  it('imports run one way', () => {
    const seen = files(src).flatMap((path) => {
      const from = roomOf(path);
      return importsOf(path).map((target) => ({ path: relative(root, path), from, to: roomOf(target) }));
    });
    expect(seen.length).toBeGreaterThan(200);
    const problems = seen.flatMap((one) => wrongWay([one], order).map((sentence) => `${one.path}: ${sentence}`));
    expect(problems).toEqual([]);
  });

  it('posts, feeds and stations never import each other', () => {
    const apart = ['posts', 'feeds', 'stations'];
    const problems = files(src)
      .filter((path) => apart.includes(roomOf(path)))
      .flatMap((path) =>
        importsOf(path)
          .filter((target) => apart.includes(roomOf(target)) && roomOf(target) !== roomOf(path))
          .map((target) => `${relative(root, path)} imports ${roomOf(target)}/`),
      );
    expect(problems).toEqual([]);
  });

  it('the check finds an import that runs the wrong way', () => {
    expect(wrongWay([{ from: 'shared', to: 'pages' }], ['shared', 'pages'])).toHaveLength(1);
    expect(wrongWay([{ from: 'pages', to: 'shared' }], ['shared', 'pages'])).toEqual([]);
  });

  it('app.module.ts assembles the rooms in the same order', () => {
    const text = readFileSync(join(src, 'app.module.ts'), 'utf8');
    const list = /imports: \[([\s\S]*?)\]/.exec(text)?.[1] ?? '';
    const modules = [...list.matchAll(/(\w+)Module/g)].map((match) => (match[1] ?? '').toLowerCase());
    expect(modules).toEqual(order.filter((room) => modules.includes(room)));
    expect(modules.length).toBeGreaterThan(15);
  });

  it('a decision that the code names stands in DECISIONS.md', () => {
    const headings = new Set(
      [...readFileSync(join(root, 'DECISIONS.md'), 'utf8').matchAll(/^## (.+)$/gm)].map(([, one]) => one),
    );
    const named = texts(src).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/DECISIONS\.md, “([^”]+)”/g)].map(([, one]) => one),
    );
    expect(named).toContain('Sound is shaped, limited and measured in TypeScript');
    expect(named.filter((one) => !headings.has(one))).toEqual([]);
  });

  it('no line of a page template is longer than 160 characters', () => {
    const long = views(src).flatMap((path) =>
      longLines(readFileSync(path, 'utf8')).map((line) => `${relative(root, path)}:${line}`),
    );
    expect(long).toEqual([]);
    expect(longLines(`<p>\n${'a'.repeat(160)}\n${'đ'.repeat(161)}\n</p>\n`)).toEqual([3]);
  });

  it('no template writes unescaped text', () => {
    const all = [...views(src), ...views(join(root, 'scripts-content'))];
    const raw = all.filter((path) => /\{\{\{|\{\{&/.test(readFileSync(path, 'utf8')) && !path.endsWith('layout.hbs'));
    expect(all.length).toBeGreaterThan(10);
    expect(raw).toEqual([]);
  });
});
