import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Journeys run in several processes: each records here what it saw, and the run is judged as a whole at its end. */
const noted = (name) => join(tmpdir(), `audited-${name}.txt`);
const note = (name, routes) => appendFileSync(noted(name), [...routes].map((route) => `${route}\n`).join(''));
const read = (name) => (existsSync(noted(name)) ? readFileSync(noted(name), 'utf8').split('\n').filter(Boolean) : []);

/** @param {Iterable<string>} routes that changed something in this installation, and wrote to the audit */
export const sawAudited = (routes) => note('seen', routes);

/** @param {Iterable<string>} routes that some journey must see changing something and writing to the audit */
export const mustBeAudited = (routes) => note('expected', routes);

/** The required routes that no journey saw. */
export function unseenRoutes() {
  const seen = new Set(read('seen'));
  return read('expected').filter((route) => !seen.has(route));
}
