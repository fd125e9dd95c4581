/** Module hooks of Node that compile TypeScript as it is imported: https://nodejs.org/api/module.html#customization-hooks */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

/** The same language as in tsconfig.json; types are not checked here. */
const OPTIONS = {
  swcrc: false,
  sourceMaps: 'inline',
  // Node parses each map and keeps it.
  inlineSourcesContent: false,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

/** Sources name their neighbours as they will be called when compiled: './clock.js' is ./clock.ts. */
export async function resolve(specifier, context, nextResolve) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier)) {
    const source = new URL(specifier.replace(/js$/, 'ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return nextResolve(specifier, context);
}

export async function load(url, context, nextLoad) {
  const { pathname } = new URL(url);
  if (!pathname.endsWith('.ts')) return nextLoad(url, context);
  // The runner adds the time to the address of a test file.
  const { code } = await transformFile(fileURLToPath(new URL(pathname, url)), OPTIONS);
  return { format: 'module', source: code, shortCircuit: true };
}
