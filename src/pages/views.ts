import { readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyCompress from '@fastify/compress';
import fastifyView from '@fastify/view';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Handlebars from 'handlebars';
import { collectAssets, urlOf } from './assets/assets.js';
import { serveAssets } from './assets/serve-assets.js';
import { t, vi } from './language/helpers.js';
import { runInLanguage, languageOf } from './language/language.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * Handlebars for pages: every screen wraps itself in the `layout` partial, so no template ever writes
 * unescaped text. View-models hold plain strings and booleans; templates get no prototype access.
 */
export async function registerViews(app: NestFastifyApplication): Promise<void> {
  const assets = collectAssets();
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    t,
    vi,
    asset: (name: string) => urlOf(assets, name),
    words: (text: unknown) => (typeof text === 'string' ? text.split(' ').filter(Boolean) : []),
    same: (a: unknown, b: unknown) => a === b,
    // Handlebars hands its options over last.
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  });
  await app.register(fastifyView, {
    engine: { handlebars },
    root: folder,
    viewExt: 'hbs',
    production: true,
    // Without preventIndent a partial's place in the layout would indent the lines of texts inside it.
    options: { partials: partials(), compileOptions: { preventIndent: true } },
  });
  // Only where a page asks for it: what stations poll is squeezed by nobody.
  await app.register(fastifyCompress, { global: false, encodings: ['br', 'gzip'], threshold: 1024 });
  const server = app.getHttpAdapter().getInstance();
  // After the body has been read: reading it would lose the language again.
  server.addHook('preValidation', (request, _reply, done) => runInLanguage(languageOf(request), done));
  serveAssets(server, assets.values());
}

/** `layout.hbs` and everything in `parts/`, and beside the screens every `NAME.part.hbs`, by name. */
export function partials(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const place = relative(folder, path).split(sep).join('/');
    if (!place.endsWith('.part.hbs') && !/^(layout|parts)\/.*\.hbs$/.test(place)) continue;
    const name = basename(place).replace(/(\.part)?\.hbs$/, '');
    if (found[name]) throw new Error(`two partials are called ${name}: ${found[name]} and ${place}`);
    found[name] = place;
  }
  return found;
}
