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
import { runInLanguage, languageOf, weekday } from './language/language.js';
import { isLocalDate } from '../shared/local-time.js';
import { typedDay } from './forms/typed-dates.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** What a time field proposes: the hours at which loudspeakers may speak. */
const halfHours = Array.from({ length: 35 }, (_, n) => {
  const minutes = 5 * 60 + n * 30;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
});

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
    typedDay: (date: unknown) => (typeof date === 'string' ? typedDay(date) : ''),
    weekdayOf: (date: unknown) => (typeof date === 'string' && isLocalDate(date) ? weekday(date) : ''),
    halfHours: () => halfHours,
    same: (a: unknown, b: unknown) => a === b,
    // Handlebars passes its options as the last argument.
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  });
  await app.register(fastifyView, {
    engine: { handlebars },
    root: folder,
    viewExt: 'hbs',
    production: true,
    // Without preventIndent the indentation of a partial in the layout would indent every line of the texts inside it.
    options: { partials: partials(), compileOptions: { preventIndent: true } },
  });
  // Not global: pages call `compress`, and the answers that stations poll stay uncompressed.
  await app.register(fastifyCompress, { global: false, encodings: ['br', 'gzip'], threshold: 1024 });
  const server = app.getHttpAdapter().getInstance();
  // After body parsing, which would lose the async context and with it the language.
  server.addHook('preValidation', (request, _reply, done) => runInLanguage(languageOf(request), done));
  serveAssets(server, assets.values());
}

/** The partials by name: `layout/`, everything in `parts/`, and each `NAME.part.hbs` beside the screens. */
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
