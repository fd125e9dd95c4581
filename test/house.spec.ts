import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

function files(folder: string, ending: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path, ending) : path.endsWith(ending) ? [path] : [];
  });
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
}

/** Lines without the rows of tables: 36 screens are 36 rows. */
function proseLines(readme: string): number {
  return readme
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('|')).length;
}

/** The folders that a README lists in its table, in import order. */
function listedIn(readme: string): string[] {
  return [...readme.matchAll(/^\| `([a-z-]+)\/` \|/gm)].map((match) => match[1] ?? '');
}

function readmeOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'README.md'), 'utf8');
  } catch {
    return '';
  }
}

/** Screens have one table for all of them; migrations and cases explain themselves. */
const WITHOUT_README = /^(pages\/|database\/migrations$|speech\/reading\/cases$)/;
const MAX_FILES = 25;
/** One file a written form, and one a migration. */
const MANY_FILES = ['speech/reading/rules', 'database/migrations'];
const MAX_README_LINES = 40;
const MAX_DEPENDENCIES = 7;
const BANNED = /shelf|desk|lack(?!\w*list)|keeper|wish|standing/i;
const ROLES = [
  ...['adapter', 'answers', 'client', 'command', 'controller', 'dto', 'entity', 'events', 'fake', 'filter', 'guard'],
  ...['interceptor', 'job', 'listener', 'module', 'page', 'pipe', 'port', 'read-model', 'rule', 'service', 'spec'],
  ...['transitions', 'types', 'decorator', 'view', 'worker'],
];

interface SourceFile {
  /** From src/, with slashes. */
  path: string;
  imports: string[];
  exported: string[];
  reExports: string[];
  classes: { name: string; isError: boolean; isDecorated: boolean; dependencies: number }[];
}

function read(path: string): SourceFile {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true);
  const file: SourceFile = { path: relative(src, path), imports: [], exported: [], reExports: [], classes: [] };
  const to = (specifier: string) => relative(src, resolve(dirname(path), specifier)).replace(/\.js$/, '.ts');
  const visit = (node: ts.Node): void => {
    const called = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const [argument] = called ? node.arguments : [];
    if (argument && ts.isStringLiteral(argument) && argument.text.startsWith('.')) file.imports.push(to(argument.text));
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
      if (node.argument.literal.text.startsWith('.')) file.imports.push(to(node.argument.literal.text));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      if (statement.moduleSpecifier.text.startsWith('.')) file.imports.push(to(statement.moduleSpecifier.text));
    }
    if (ts.isExportDeclaration(statement)) file.reExports.push(statement.getText(source));
    if (!ts.canHaveModifiers(statement)) continue;
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        file.exported.push(...(ts.isIdentifier(name) ? [name.text] : name.elements.map((one) => one.getText(source))));
    } else if ('name' in statement) file.exported.push((statement.name as ts.Identifier).text);
    if (!ts.isClassDeclaration(statement)) continue;
    const base = statement.heritageClauses?.flatMap(({ types }) => types.map((one) => one.getText(source))) ?? [];
    const made = statement.members.find((member) => ts.isConstructorDeclaration(member));
    file.classes.push({
      name: statement.name?.text ?? '',
      isDecorated: (ts.getDecorators(statement) ?? []).length > 0,
      isError: base.some((name) => name.endsWith('Error')),
      dependencies: made?.parameters.length ?? 0,
    });
  }
  // A value and a type of one name are one thing.
  file.exported = [...new Set(file.exported)];
  return file;
}

const all = files(src, '.ts').map(read);
const code = all.filter(({ path }) => !/\.(spec|fake)\.ts$/.test(path));
const folders = [...new Set(all.map(({ path }) => dirname(path)))].filter((folder) => folder !== '.');

/** Imports that run against the order of the folders directly in `folder`, as sentences. */
export function wrongWay(files: readonly Pick<SourceFile, 'path' | 'imports'>[], folder: string, order: string[]) {
  const start = folder === '' ? '' : `${folder}/`;
  // What belongs to the folder itself comes after all its rooms.
  const placeOf = (path: string) => {
    const rest = path.slice(start.length);
    const room = rest.includes('/') ? (rest.split('/')[0] ?? '') : '.';
    return room === '.' ? order.length : order.indexOf(room);
  };
  return files
    .filter(({ path }) => path.startsWith(start))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.includes('/') && target.startsWith(start) && placeOf(target) > placeOf(path))
        .map((target) => `${path} imports ${target}: move the code up, or publish an event that is listened to below.`),
    );
}

/** Groups of files that import each other in a circle. */
export function circles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[][] {
  const edges = new Map(files.map(({ path, imports }) => [path, imports]));
  const [index, low] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, found]: [string[], string[][]] = [[], []];
  const walk = (path: string): void => {
    index.set(path, index.size);
    low.set(path, index.get(path)!);
    stack.push(path);
    for (const target of edges.get(path) ?? []) {
      if (!edges.has(target)) continue;
      if (!index.has(target)) walk(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path)!, low.get(target)!));
    }
    if (low.get(path) !== index.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1 || edges.get(path)?.includes(path)) found.push(circle);
  };
  for (const { path } of files) if (!index.has(path)) walk(path);
  return found;
}

const dashed = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** The name and the role behind the dot: `slot.entity.ts` is `slot` and `entity`. */
function partsOf(path: string): { name: string; roles: string[] } {
  const [name = '', ...roles] = basename(path, '.ts').split('.');
  return { name, roles };
}

/** Numbers of the lines that are longer than 160 characters. */
function longLines(text: string): number[] {
  return text.split('\n').flatMap((line, n) => (line.length > 160 ? [n + 1] : []));
}

describe('the house', () => {
  it('the README lists every folder of src, and only those', () => {
    expect(listedIn(readmeOf(root)).sort()).toEqual(foldersIn(src).sort());
  });

  it('a folder with rooms lists them in its README, and only those', () => {
    const problems = folders
      .filter((folder) => foldersIn(join(src, folder)).length > 0)
      .map((folder) => ({ folder, listed: listedIn(readmeOf(join(src, folder))) }))
      .filter(({ folder, listed }) => `${listed.sort()}` !== `${foldersIn(join(src, folder)).sort()}`)
      .map(({ folder, listed }) => `${folder} lists ${listed.join(', ')}`);
    expect(problems).toEqual([]);
  });

  it('imports run one way, between folders and between their rooms', () => {
    expect(code.flatMap(({ imports }) => imports).length).toBeGreaterThan(3000);
    const inside = folders.filter((folder) => foldersIn(join(src, folder)).length > 0);
    const problems = [
      ...wrongWay(
        all.filter(({ path }) => path.includes('/')),
        '',
        listedIn(readmeOf(root)),
      ),
      ...inside.flatMap((folder) => wrongWay(code, folder, listedIn(readmeOf(join(src, folder))))),
    ];
    expect(problems).toEqual([]);
  });

  it('no files import each other in a circle', () => {
    expect(circles(code)).toEqual([]);
  });

  it('a start loads no package that only reports or imports of holidays need', () => {
    const seen = new Set<string>();
    const loaded: string[] = [];
    const load = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      const text = readFileSync(path, 'utf8');
      for (const [, from = ''] of text.matchAll(/^import (?!type )[^;]*?from '([^']+)';$/gm)) {
        if (from.startsWith('.')) load(resolve(dirname(path), from).replace(/\.js$/, '.ts'));
        else if (/^(?:exceljs|docx|date-holidays)$/.test(from)) loaded.push(`${relative(src, path)}: ${from}`);
      }
    };
    load(join(src, 'app.module.ts'));
    expect(seen.size).toBeGreaterThan(300);
    expect(loaded).toEqual([]);
  });

  it('the checks find an import that runs the wrong way, and a circle', () => {
    const one = { path: 'shared/a.ts', imports: ['pages/b.ts'] };
    const back = { path: 'pages/b.ts', imports: ['shared/a.ts'] };
    expect(wrongWay([one], '', ['shared', 'pages'])).toHaveLength(1);
    expect(wrongWay([back], '', ['shared', 'pages'])).toEqual([]);
    expect(wrongWay([{ path: 'x/room/a.ts', imports: ['x/floor.ts'] }], 'x', ['room'])).toHaveLength(1);
    expect(circles([one, back])).toEqual([['shared/a.ts', 'pages/b.ts']]);
    expect(circles([one])).toEqual([]);
  });

  it('schedule/ is entered through the files that its README names', () => {
    const section = readmeOf(join(src, 'schedule')).split('## Entered through')[1] ?? '';
    const named = [...section.matchAll(/`([a-z./-]+(?:\.ts|\/))`/g)].map((match) => `schedule/${match[1] ?? ''}`);
    const entered = new Set(
      code
        .filter(({ path }) => !path.startsWith('schedule/'))
        .flatMap(({ imports }) => imports.filter((target) => target.startsWith('schedule/'))),
    );
    const isNamed = (path: string) => named.some((one) => one === path || (one.endsWith('/') && path.startsWith(one)));
    expect([...entered].filter((path) => !isNamed(path)).sort()).toEqual([]);
    expect(named.filter((one) => ![...entered].some((path) => path.startsWith(one)))).toEqual([]);
  });

  it('posts, feeds and stations never import each other', () => {
    const apart = ['posts', 'feeds', 'stations'];
    const folderOf = (path: string) => path.split('/')[0] ?? '';
    const problems = all
      .filter(({ path }) => apart.includes(folderOf(path)))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => apart.includes(folderOf(target)) && folderOf(target) !== folderOf(path))
          .map((target) => `${path} imports ${target}`),
      );
    expect(problems).toEqual([]);
  });

  it('app.module.ts assembles the folders in the same order', () => {
    const text = readFileSync(join(src, 'app.module.ts'), 'utf8');
    const list = /imports: \[([\s\S]*?)\]/.exec(text)?.[1] ?? '';
    const modules = [...list.matchAll(/(\w+)Module/g)].map((match) => (match[1] ?? '').toLowerCase());
    expect(modules).toEqual(listedIn(readmeOf(root)).filter((folder) => modules.includes(folder)));
    expect(modules.length).toBeGreaterThan(15);
  });

  it(`no folder holds more than ${MAX_FILES} files of its own`, () => {
    const sizes = folders.map((folder) => ({
      folder,
      files: code.filter(({ path }) => dirname(path) === folder).length,
    }));
    const large = sizes.filter(({ folder, files }) => files > MAX_FILES && !MANY_FILES.includes(folder));
    expect(large).toEqual([]);
  });

  it('every folder has a README of at most 40 lines', () => {
    const problems = folders
      .filter((folder) => !WITHOUT_README.test(folder))
      .map((folder) => ({ folder, lines: proseLines(readmeOf(join(src, folder))) }))
      .filter(({ folder, lines }) => readmeOf(join(src, folder)) === '' || lines > MAX_README_LINES);
    expect(problems).toEqual([]);
  });

  it('nothing is exported that another file defines', () => {
    expect(all.flatMap(({ reExports, path }) => reExports.map((text) => `${path}: ${text}`))).toEqual([]);
  });

  it(`a class is made of at most ${MAX_DEPENDENCIES} others`, () => {
    // What has no decorator is made of values: events, errors, documents.
    const made = code.flatMap(({ path, classes }) => classes.map((one) => ({ path, ...one })));
    const large = made.filter(({ isDecorated, dependencies }) => isDecorated && dependencies > MAX_DEPENDENCIES);
    expect(made.filter(({ isDecorated, dependencies }) => isDecorated && dependencies > 3).length).toBeGreaterThan(100);
    expect(large.map(({ path, name }) => `${name} in ${path}`)).toEqual([]);
  });

  it('an exported name means one thing', () => {
    const places = new Map<string, string[]>();
    const named = all.filter(({ path }) => !/migrations\/\d|\.spec\.ts$/.test(path));
    for (const { path, exported } of named)
      for (const name of exported) places.set(name, [...(places.get(name) ?? []), path]);
    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  it('a file has the name of its first class', () => {
    const problems = all.flatMap(({ path, classes }) => {
      const { name, roles } = partsOf(path);
      const first = classes.find(({ isError }) => !isError);
      if (!first || roles.includes('events') || /migrations\/\d/.test(path)) return [];
      const names = [name, ...roles.flatMap((role) => [`${name}-${role}`, `${role}-${name}`])];
      return names.includes(dashed(first.name)) ? [] : [`${path} holds ${first.name}`];
    });
    expect(problems).toEqual([]);
  });

  it('the word behind the dot is a role', () => {
    const odd = all.filter(({ path }) => partsOf(path).roles.some((role) => !ROLES.includes(role)));
    expect(odd.map(({ path }) => path).filter((path) => !/migrations\/\d/.test(path))).toEqual([]);
  });

  it('no class and no file is named after furniture', () => {
    const names = all.flatMap(({ path, classes }) => [basename(path), ...classes.map(({ name }) => name)]);
    const others = files(src, '').map((path) => basename(path));
    expect([...names, ...others].filter((name) => BANNED.test(name))).toEqual([]);
  });

  it('a decision that the code names stands in DECISIONS.md', () => {
    const headings = new Set(
      [...readFileSync(join(root, 'DECISIONS.md'), 'utf8').matchAll(/^## (.+)$/gm)].map(([, one]) => one),
    );
    const named = [...files(src, '.ts'), ...files(src, '.md')].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/DECISIONS\.md, “([^”]+)”/g)].map(([, one]) => one),
    );
    expect(named).toContain('Sound is shaped, limited and measured in TypeScript');
    expect(named.filter((one) => !headings.has(one))).toEqual([]);
  });

  it('the glossary is short', () => {
    expect(readFileSync(join(root, 'GLOSSARY.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(80);
  });

  it('no line of a page template is longer than 160 characters', () => {
    const long = files(src, '.hbs').flatMap((path) =>
      longLines(readFileSync(path, 'utf8')).map((line) => `${relative(root, path)}:${line}`),
    );
    expect(long).toEqual([]);
    expect(longLines(`<p>\n${'a'.repeat(160)}\n${'đ'.repeat(161)}\n</p>\n`)).toEqual([3]);
  });

  it('no template writes unescaped text', () => {
    const views = [...files(src, '.hbs'), ...files(join(root, 'scripts-content'), '.hbs')];
    const raw = views.filter((path) => /\{\{\{|\{\{&/.test(readFileSync(path, 'utf8')) && !path.endsWith('layout.hbs'));
    expect(views.length).toBeGreaterThan(10);
    expect(raw).toEqual([]);
  });
});
