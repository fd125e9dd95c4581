/** Writes the program as few files, because reading 3,200 modules is two thirds of what starting a command costs. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** Loaded from node_modules: compiled add-ons, and what libraries ask for and do without. */
const external = ['better-sqlite3', '@node-rs/argon2', 'pg-native', 'class-transformer', 'class-validator'];

const HEAD = `import { createRequire as requireAt } from 'node:module';
import { fileURLToPath as pathOf } from 'node:url';
const require = requireAt(import.meta.url);
const urlOfModule = (path) => new URL(path, import.meta.url).href;`;

/**
 * Bundles `dist/cli/main.js` and what it imports, libraries included, into `dist/bundle/main.js`; what a command imports on demand is a file of
 * its own. Throws when a module is not found.
 */
export async function bundle(root) {
  const outdir = join(root, 'dist', 'bundle');
  await build({
    entryPoints: [join(root, 'dist', 'cli', 'main.js')],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Nest, TypeORM and the messages of errors use the names of classes.
    keepNames: true,
    legalComments: 'none',
    chunkNames: '[hash]',
    logLevel: 'warning',
    external,
    banner: { js: HEAD },
    plugins: [keepPlaces(outdir), loadOnDemand],
  });
}

/** A library that is imported on demand comes from node_modules: a bundled CommonJS module would have lost its named exports. */
const loadOnDemand = {
  name: 'load-on-demand',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ kind }) => (kind === 'dynamic-import' ? { external: true } : undefined));
  },
};

/** A module that looks for files beside itself finds them where it was, not beside the bundle. */
function keepPlaces(outdir) {
  return {
    name: 'keep-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!/\bimport\.meta\.url\b|\b__(dirname|filename)\b/.test(text)) return undefined;
        const url = (place) => `urlOfModule(${JSON.stringify(relative(outdir, place))})`;
        const names = `var __filename = pathOf(${url(path)}), __dirname = pathOf(${url(dirname(path))});`;
        const isCommonJs = !/^\s*(import|export)\b/m.test(text);
        return { contents: (isCommonJs ? names : '') + text.replaceAll('import.meta.url', url(path)) };
      });
    },
  };
}
