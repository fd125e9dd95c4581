#!/usr/bin/env node
/** Writes the document of the API: `npm run openapi [FILE]`; the default is openapi.json. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setUp } from './setup.mjs';

await setUp();
const { createApp } = await import('../dist/app.js');
const { Config } = await import('../dist/config/config.js');
const { apiDocument, apiRoutes } = await import('../dist/http/api/api-document.js');
const { loadDocblocks } = await import('../dist/http/api/docblocks.js');
const { RegisteredRoutes } = await import('../dist/http/requests/registered-routes.js');

const to = resolve(process.argv[2] ?? 'openapi.json');
// The routes are those of the application itself, which needs a database of its own.
const dir = mkdtempSync(join(tmpdir(), 'loa-openapi-'));
try {
  const settings = { LOA_DATA_DIR: join(dir, 'data'), LOA_MEDIA_DIR: join(dir, 'media'), LOA_RESERVE_MB: '0' };
  const app = await createApp(new Config({ PATH: process.env.PATH, ...settings }), { quiet: true });
  await app.init();
  const document = apiDocument(apiRoutes(app.get(RegisteredRoutes).all, await loadDocblocks()));
  writeFileSync(to, JSON.stringify(document, null, 2) + '\n');
  await app.close();
  process.stderr.write(`${to}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
