import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fastifyView from '@fastify/view';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Handlebars from 'handlebars';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * Handlebars for pages: every screen wraps itself in the `layout` partial, so no template ever writes
 * unescaped text. View-models hold plain strings and booleans; templates get no prototype access.
 */
export async function registerViews(app: NestFastifyApplication): Promise<void> {
  const handlebars = Handlebars.create();
  await app.register(fastifyView, {
    engine: { handlebars },
    root: folder,
    viewExt: 'hbs',
    production: true,
    // Without preventIndent a partial's place in the layout would indent the lines of texts inside it.
    options: {
      partials: Object.fromEntries(partials(join(folder, 'layout'))),
      compileOptions: { preventIndent: true },
    },
  });
  // Nothing here changes without a new version of the program, but its name does not either: ask again after an hour.
  await app.register(fastifyStatic, {
    root: join(folder, 'static'),
    prefix: '/static/',
    maxAge: 3_600_000,
    decorateReply: false,
  });
  const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json'));
  const year = { maxAge: 31_536_000_000, immutable: true };
  await app.register(fastifyStatic, {
    root: join(fonts, 'files'),
    prefix: '/static/fonts/',
    decorateReply: false,
    ...year,
  });
}

function partials(from: string): [string, string][] {
  return readdirSync(from)
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => [name.slice(0, -'.hbs'.length), relative(folder, join(from, name)).split(sep).join('/')]);
}
