import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file that a page may load. Its URL contains a hash of its content, so browsers may cache it for ever. */
export interface Asset {
  /** The name that templates use: `loa.css`, `htmx.js`. */
  name: string;
  /** `/static/loa.3f9a0c1b2d4e.css`. */
  url: string;
  type: string;
  bytes: Buffer;
}

const pages = fileURLToPath(new URL('..', import.meta.url));
const packages = createRequire(import.meta.url);
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/**
 * Files of npm packages, by the name that templates use. Pages without a player do not load its library.
 */
const vendored: Record<string, [name: string, file: string]> = {
  'htmx.js': ['htmx.org', 'dist/htmx.min.js'],
  'wavesurfer.js': ['wavesurfer.js', 'dist/wavesurfer.min.js'],
  'cally.js': ['cally', 'dist/cally.js'],
};
const fontFiles = ['vietnamese-400', 'latin-400', 'vietnamese-600', 'latin-600'].map(
  (cut) => `be-vietnam-pro-${cut}-normal.woff2`,
);

/**
 * Everything that pages load, by name: fonts, the libraries, each `*.js` and `*.svg` beside the screens, and `loa.css`,
 * which joins all `*.css` of pages/: `static/` first, then the screens. In a style, `url(asset:NAME)` refers to an
 * asset.
 */
export function collectAssets(): Map<string, Asset> {
  const all = new Map<string, Asset>();
  const add = (name: string, bytes: Buffer) => {
    if (all.has(name)) throw new Error(`two files are called ${name}`);
    all.set(name, asset(name, bytes));
  };
  const fonts = packageFolder('@fontsource/be-vietnam-pro');
  for (const name of fontFiles) add(name, readFileSync(join(fonts, 'files', name)));
  for (const [name, [from, file]] of Object.entries(vendored)) add(name, readFileSync(join(packageFolder(from), file)));
  const own = filesBelow(pages);
  for (const path of own.filter((one) => /\.(js|svg)$/.test(one) && isForBrowsers(one))) {
    add(basename(path), readFileSync(path));
  }
  const styles = own.filter((path) => path.endsWith('.css')).sort(staticFirst);
  const css = styles.map((path) => readFileSync(path, 'utf8')).join('\n');
  add('loa.css', Buffer.from(css.replace(/asset:([\w.-]+)/g, (_, name: string) => urlOf(all, name))));
  return all;
}

/** Throws for an unknown name, so that a page with a wrong asset name fails in the first test that opens it. */
export function urlOf(assets: ReadonlyMap<string, Asset>, name: string): string {
  const found = assets.get(name);
  if (!found) throw new Error(`no asset is called ${name}; there are ${[...assets.keys()].join(', ')}`);
  return found.url;
}

function asset(name: string, bytes: Buffer): Asset {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const ending = extname(name);
  const url = `/static/${basename(name, ending)}.${hash}${ending}`;
  return { name, url, type: types[ending] ?? 'application/octet-stream', bytes };
}

function packageFolder(name: string): string {
  for (const place of packages.resolve.paths(name) ?? []) {
    try {
      readdirSync(join(place, name));
      return join(place, name);
    } catch {
      // Not in this node_modules: try the parent folder.
    }
  }
  throw new Error(`${name} is not installed`);
}

/** Excludes compiled TypeScript, so that src/ and dist/ yield the same assets. */
function isForBrowsers(path: string): boolean {
  return path.endsWith('.svg') || path.endsWith('.client.js');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function staticFirst(a: string, b: string): number {
  const rank = (path: string) => (dirname(path) === join(pages, 'static') ? '0' : '1') + path;
  return rank(a) < rank(b) ? -1 : 1;
}
