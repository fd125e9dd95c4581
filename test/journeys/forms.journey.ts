import { request as rawRequest } from 'node:http';
import { type Role, roles } from '../../src/people/access/role.js';
import { type RouteRow, routeTable } from '../support/route-table.js';
import type { Answer, Client } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { tokens } from '../support/html-tokens.js';
import { oneOfEverything, type Things, WARD } from '../support/things.js';

const html = { accept: 'text/html' };
const verbs = ['hx-post', 'hx-put', 'hx-patch', 'hx-delete'];

interface Sender {
  page: string;
  action: string;
  method: string;
  /** Its own hidden field, or that of the page for requests of scripts. */
  token: string;
}

/** Every form and every request of a script, on every page, as each role sees it. */
describe('what pages send', () => {
  let house: House;
  let things: Things;
  const people = new Map<Role, Client>();
  const pages: { path: string; role: Role | 'nobody'; answer: Answer }[] = [];

  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    things = await oneOfEverything(house);
    for (const role of roles) people.set(role, await house.person(role, role === 'operator' ? WARD : undefined));
    const paths = routeTable.flatMap((row) => {
      const path = row[0].startsWith('GET /') && !row[0].startsWith('GET /api/') ? addressOf(row) : '';
      return path && !/^\/(static|feeds|health)/.test(path) ? [path] : [];
    });
    for (const path of paths) {
      pages.push({ path, role: 'nobody', answer: await house.stranger().get(path, html) });
      for (const [role, client] of people) pages.push({ path, role, answer: await client.get(path, html) });
    }
  }, 300_000);
  afterAll(() => house.close());

  function addressOf([route, , , names]: RouteRow): string {
    const path = route.slice(route.indexOf(' ') + 1).replace('*', 'x');
    return path.replace(/:(\w+)/g, (_, name: string) => things.there[names?.[name] ?? 'slot']);
  }

  function sendersOf({ path, answer }: (typeof pages)[number]): Sender[] {
    const found: Sender[] = [];
    let ofPage = '';
    let form: Sender | null = null;
    for (const one of tokens(answer.text)) {
      if (one.kind !== 'tag') continue;
      const { name, attributes } = one;
      const value = (key: string) => attributes.get(key) ?? '';
      if (name === 'meta' && value('name') === 'csrf-token') ofPage = value('content');
      if (name === 'form' && value('method').toLowerCase() === 'post') {
        form = { page: path, action: value('action'), method: 'POST', token: '' };
        found.push(form);
      } else if (name === 'form' || name === '/form') form = null;
      if (name === 'input' && value('name') === '_csrf' && form) form.token = value('value');
      for (const verb of verbs) {
        if (attributes.has(verb))
          found.push({ page: path, action: value(verb), method: verb.slice(3).toUpperCase(), token: ofPage });
      }
      // A button may send its form to another address; the token goes along.
      if (attributes.has('formaction') && form) found.push({ ...form, action: value('formaction') });
    }
    return found;
  }

  const unsafe = routeTable
    .filter(([route]) => !route.startsWith('GET '))
    .map(([route]) => {
      const [method = '', path = ''] = route.split(' ');
      return { method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) };
    });

  it('every form and every htmx request bears a token that the door takes, and goes to a route of the table', async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const page of pages) {
      for (const { action, method, token } of sendersOf(page)) {
        const where = `${page.path} as ${page.role}: ${method} ${action}`;
        seen.add(`${method} ${action}`);
        const path = action.split('?', 1)[0] ?? '';
        if (!unsafe.some((route) => route.method === method && route.pattern.test(path)))
          wrong.push(`${where} is no route`);
        if (!/^[\w-]{8}-[\w-]{20,}$/.test(token)) wrong.push(`${where} has no token`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(45);
    // One form of each role proves that the token in a page is accepted: an empty form is refused later.
    for (const [role, client] of people) {
      const form = pages.filter((page) => page.role === role).flatMap(sendersOf)[0];
      client.csrfToken = undefined;
      const answer = await client.post('/bao-mat/mat-khau', new URLSearchParams({ _csrf: form?.token ?? '' }));
      expect([role, answer.text.includes('bad-csrf')]).toEqual([role, false]);
      const without = await client.post('/bao-mat/mat-khau', new URLSearchParams({}));
      expect([role, without.text.includes('bad-csrf')]).toEqual([role, true]);
    }
  });

  it('every answer forbids inline scripts and eval, errors and refusals too', async () => {
    const admin = await house.person('admin');
    const stranger = house.stranger();
    const odd: [string, Answer][] = [
      ['missing page', await stranger.get('/khong-co', html)],
      ['missing api', await stranger.get('/api/khong-co')],
      ['not signed in', await stranger.get('/api/accounts')],
      ['to the door', await stranger.get('/bai', html)],
      ['not allowed', await (await house.person('editor')).get('/nguoi-dung', html)],
      ['forged', await admin.post('/api/accounts', {}, { 'x-csrf-token': 'x' })],
      ['malformed json', await admin.post('/api/accounts', undefined, { 'content-type': 'application/json' })],
      ['wrong type', await admin.post('/api/accounts', new URLSearchParams('a=b'), { 'content-type': 'text/xml' })],
      ['too large', await admin.post('/api/accounts', { a: 'x'.repeat(3_000_000) })],
      ['bad method', await stranger.send('PUT', '/bai', {})],
      ['bad address', await stranger.get('/bai/%E0%A4%A', html)],
      ['a file', await stranger.get('/static/khong-co.js')],
      ['a feed', await stranger.get(`/feeds/${WARD}/rss.xml`)],
      ['no feed', await stranger.get('/feeds/khong-co/rss.xml')],
      ['health', await stranger.get('/health')],
      ['documentation', await stranger.get('/api/docs')],
      ['a clip', await admin.get(`/api/clips/${things.there['clip-file']}`)],
      ['a redirect', await admin.get('/', html)],
    ];
    const all = [...odd, ...pages.map(({ path, role, answer }): [string, Answer] => [`${path} as ${role}`, answer])];
    const wrong = all.flatMap(([name, { status, headers }]) => {
      const policy = headers.get('content-security-policy') ?? '';
      const script = /script-src ([^;]*)/.exec(policy)?.[1];
      const safe = script === "'self'" && policy.includes("default-src 'self'") && policy.includes("object-src 'none'");
      const plain = headers.get('x-content-type-options') === 'nosniff' && policy.includes("frame-ancestors 'none'");
      return safe && plain ? [] : [`${name} (${status}): ${policy}`];
    });
    expect(wrong).toEqual([]);
    expect(new Set(odd.map(([, { status }]) => status)).size).toBeGreaterThan(6);
  });

  it('an address with markup in it is not said back as markup', async () => {
    const path = '/nguoi-dung?tim=%3Cscript%3Ealert(1)%3C/script%3E%7B%7Bconstructor%7D%7D';
    const { text } = await (await house.person('admin')).get(path, html);
    expect([text.includes('<script>alert'), text.includes('{{constructor}}')]).toEqual([false, true]);
    // Below our own code: a request that the router cannot parse is answered without repeating any of it.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = new URL(house.url);
      const asked = rawRequest(
        { host: url.hostname, port: url.port, path: '/%3Cscript%3E%', method: 'GET' },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on('error', reject);
      asked.end();
    });
    expect(status).toBe(400);
  });
});
