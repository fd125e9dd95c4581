import { Database } from '../../src/database/database.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { RegisteredRoutes } from '../../src/http/requests/registered-routes.js';
import { type Role, roles } from '../../src/people/access/role.js';
import { type RouteRow, routeTable } from '../support/route-table.js';
import type { Answer, Client } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';
import { MARK, oneOfEverything, type Things, WARD } from '../support/things.js';

/** A caller. `who` is the name in the route table. */
interface Caller {
  name: string;
  who: 'anonymous' | 'station' | 'revoked' | Role;
  knock: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

/** The codes of the access check itself; every other answer comes from the route behind it. */
const refusals: Record<string, string> = {
  unauthenticated: 'sign in',
  'bad-station-token': 'sign in',
  forbidden: 'no',
  'no-access-rule': 'closed',
};
/** Statuses of refusals; a form shown again with its errors (409, 412, 422) is a page. */
const refused = [400, 401, 403, 404, 405, 413, 415, 429];
const MAX_REFUSAL_BYTES = 2048;
const OTHER_WARD = 'phuong-nam-ha';
/** The body that a request about one thing of a ward needs to reach the ownership check. */
const entry = { written: 'Bắc Hà', spoken: 'bắc hà' };
const bodies: Record<string, object> = {
  'PUT /api/lexicon/:id': { seen: 0, ...entry },
  'DELETE /api/lexicon/:id': {},
  'POST /api/lexicon/:id/restore': {},
  'POST /api/make-goods/:id/dismiss': { reason: 'Không cần' },
  'POST /api/slots/:id/tick': { played: true },
  'POST /api/units/:unitCode/station-calls': { date: '2026-11-25' },
  'POST /api/ward-decisions/:id/decide': { outcome: 'ward' },
  'POST /lich/phat-bu/:id/bo': { reason: 'Không cần' },
  'POST /lich/quyet-dinh/:id': { outcome: 'ward' },
  'POST /tu-dien/:id': { seen: '0', ...entry },
  'POST /tu-dien/:id/xoa': {},
  'POST /tu-dien/:id/khoi-phuc': {},
  'POST /hom-nay/luot/:slotId': { played: 'yes', kenh: 'truyen-thanh-phuong-bac-ha' },
};
const queries: Record<string, string> = {
  'GET /api/schedule/shortfalls': '?from=2026-11-25&until=2026-11-26',
  'GET /api/board': '?date=2026-11-25',
  'GET /api/channels/:code/calendar': '?week=2026-11-25',
  'GET /api/channels/:code/conflicts': '?startsAt=1795734000000&endsAt=1795734030000',
  'GET /api/channels/:code/overrides': '?from=2026-11-25&until=2026-11-25',
  'GET /api/channels/:code/slots': '?date=2026-11-25',
  'GET /api/units/:unitCode/station-calls': '?date=2026-11-25',
  'GET /bai/:id/xep-lich': '?tu=2026-11-25&den=2026-11-26&lan=1',
};
/** An address with an id in its query. */
const alsoAsked = [
  '/hom-nay?kenh=truyen-thanh-phuong-bac-ha',
  '/hom-nay?kenh=truyen-thanh-phuong-bac-ha&ngay=2026-11-25',
  '/lich?tim=Bac+Ha',
  '/api/scripts?campaignId=CAMPAIGN',
];

describe('roles × routes × wards', () => {
  let house: House;
  let things: Things;
  let callers: Caller[];

  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    things = await oneOfEverything(house);
    callers = [];
    const person = async (name: string, role: Role, unit?: string) => {
      let client: Client = await house.person(role, unit);
      const again = async () => (client = await house.person(role, unit));
      const knock: Caller['knock'] = async (method, path, body, headers) => {
        const answer = await client.send(method, path, body, headers);
        if ((path === '/api/session' && method === 'DELETE') || path === '/dang-xuat') await again();
        return answer;
      };
      callers.push({ name, who: role, knock });
    };
    const stranger = house.stranger();
    callers.push({
      name: 'nobody',
      who: 'anonymous',
      knock: (method, path, body, headers) => stranger.send(method, path, body, headers),
    });
    for (const role of roles) {
      if (role !== 'operator') await person(role, role);
    }
    await person('operator of ward A', 'operator', WARD);
    await person('operator of ward B', 'operator', OTHER_WARD);
    for (const [name, who, token] of [
      ['station of ward A', 'station', things.token],
      ['revoked station', 'revoked', things.revokedToken],
    ] as const) {
      const authorization = `Bearer ${token}`;
      const knock: Caller['knock'] = (method, path, body) =>
        house.stranger().send(method, path, body, { authorization });
      callers.push({ name, who, knock });
    }
  });
  afterAll(() => house.close());

  const one = (name: string): Caller => {
    const found = callers.find((caller) => caller.name === name);
    if (!found) throw new Error(name);
    return found;
  };

  it('every route of the running application has its row, and every row its route', () => {
    const running = house.app.get(RegisteredRoutes).all.map(({ method, path }) => `${method} ${path}`);
    const rows = routeTable.map(([route]) => route);
    // Is a route of yours in the first list? Add its row to test/support/route-table.ts (src/http/README.md says how).
    expect({ withoutRow: running.filter((route) => !rows.includes(route)).sort() }).toEqual({ withoutRow: [] });
    expect({ withoutRoute: rows.filter((route) => !running.includes(route)) }).toEqual({ withoutRoute: [] });
    expect(new Set(rows).size).toBe(rows.length);
    for (const [route, , scope, names = {}] of routeTable) {
      const parts = [...route.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect([route, Object.keys(names).sort()]).toEqual([route, parts.sort()]);
      expect(['none', 'city', 'ward', 'part']).toContain(scope);
    }
  });

  it('everybody gets through exactly the doors that the table opens', async () => {
    const wrong: string[] = [];
    for (const row of routeTable) {
      const [route, who, scope] = row;
      const [method = ''] = route.split(' ');
      const safe = method === 'GET';
      for (const caller of callers) {
        const answer = await caller.knock(
          method,
          addressOf(row, safe ? things.there : things.missing),
          safe ? undefined : {},
        );
        const said = verdict(answer, safe && who !== 'public');
        let wanted = expected(row, caller);
        if (wanted === 'in' && safe && scope === 'ward' && caller.name === 'operator of ward B' && row[3])
          wanted = 'not there';
        const kept = cachingWrong(route, caller, answer);
        if (kept) wrong.push(`${route} as ${caller.name}: ${answer.status} ${kept}`);
        if (isTooLarge(answer, row))
          wrong.push(`${route} as ${caller.name}: ${answer.status} of ${answer.bytes.length} bytes`);
        if (answer.status >= 500 || said !== wanted) {
          wrong.push(`${route} as ${caller.name}: ${said} (${answer.status}), the table says ${wanted} [${who}]`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it('a refusal is small as a page too', async () => {
    const wrong: string[] = [];
    const statuses = new Set<number>();
    for (const row of routeTable) {
      const [method = ''] = row[0].split(' ');
      if (row[0].includes(' /api/')) continue;
      for (const name of ['nobody', 'operator of ward B']) {
        const body = method === 'GET' ? undefined : new URLSearchParams();
        const answer = await one(name).knock(method, addressOf(row, things.missing), body, { accept: 'text/html' });
        const { status, bytes } = answer;
        if (refused.includes(status)) statuses.add(status);
        if (isTooLarge(answer, row)) wrong.push(`${row[0]} as ${name}: ${status} of ${bytes.length} bytes`);
      }
    }
    expect(wrong).toEqual([]);
    expect([...statuses].sort()).toEqual(expect.arrayContaining([401, 403, 404]));
  });

  it("another ward's things answer exactly like things that do not exist, and ask the database as little", async () => {
    const wrong: string[] = [];
    const neighbour = one('operator of ward B');
    const counted = async (method: string, path: string, body?: object) => {
      let answer: Answer | undefined;
      const questions = await countStatements(house, async () => {
        answer = await neighbour.knock(method, path, body);
      });
      if (!answer) throw new Error(path);
      return { ...answer, questions };
    };
    for (const row of routeTable) {
      const [route, , scope, names] = row;
      const wanted = expected(row, neighbour);
      if (scope === 'none' || !names || wanted === 'sign in' || (scope !== 'ward' && wanted === 'in')) continue;
      const [method = ''] = route.split(' ');
      const body = method === 'GET' ? undefined : (bodies[route] ?? {});
      const foreign = await counted(method, addressOf(row, things.there), body);
      const missing = await counted(method, addressOf(row, things.missing), body);
      if (plain(foreign, things.there) !== plain(missing, things.missing)) {
        wrong.push(
          `${route}: ${foreign.status} ${foreign.text.slice(0, 200)} ≠ ${missing.status} ${missing.text.slice(0, 200)}`,
        );
      }
      // Finding the owner may take one more statement; further statements before that would reveal by timing that the
      // thing exists.
      // A timer of the server may have run a statement meanwhile: a count that is too high once is repeated.
      for (let n = 0; n < 2 && scope === 'ward' && foreign.questions > missing.questions + 1; n++)
        foreign.questions = (await counted(method, addressOf(row, things.there), body)).questions;
      if (scope === 'ward' && foreign.questions > missing.questions + 1)
        wrong.push(`${route}: ${foreign.questions} questions ≠ ${missing.questions}`);
      if (scope === 'ward' && bodies[route] && foreign.status !== 404)
        wrong.push(`${route}: ${foreign.status}, not 404`);
    }
    expect(wrong).toEqual([]);
  });

  it('no list, count, search, feed or page shows a neighbour what belongs to the ward; its own operator sees it', async () => {
    const leaks: string[] = [];
    const addresses = routeTable.flatMap((row) => (row[0].startsWith('GET ') ? [addressOf(row, things.there)] : []));
    const asked = alsoAsked.map((path) => path.replace('CAMPAIGN', things.there.campaign));
    let seenAtHome = 0;
    for (const path of new Set([...addresses, ...asked])) {
      for (const name of ['operator of ward B', 'nobody', 'revoked station']) {
        const { status, text } = await one(name).knock('GET', path);
        // The requested id may be echoed; unknown facts may not appear.
        const told = things.private.filter((secret) => text.includes(secret) && !path.includes(secret));
        if (told.length > 0 && !path.startsWith('/dang-nhap')) leaks.push(`${name}: ${path} (${status}) tells ${told}`);
      }
      const own = await one('operator of ward A').knock('GET', path);
      if (things.private.some((secret) => own.text.includes(secret))) seenAtHome++;
    }
    expect(leaks).toEqual([]);
    expect(seenAtHome).toBeGreaterThanOrEqual(7);
  });

  it("a neighbour who names another ward's things in the query is answered as if there were none", async () => {
    const neighbour = one('operator of ward B');
    const em = house.app.get(Database).read();
    const unitId = (await em.findOneByOrFail(Unit, { code: WARD })).id;
    const { there, missing } = things;
    const values: [there: string, missing: string, names: string][] = [
      [unitId, missing.slot, 'unitId owner cua'],
      [there.channel, missing.channel, 'kenh channelCode'],
      [there.ward, missing.ward, 'unitCode'],
      [there.script, missing.script, 'scriptId'],
      [there.version, missing.version, 'versionId'],
      [there.slot, missing.slot, 'except'],
      [there.station, missing.station, 'stationId'],
      [there['lexicon-entry'], missing['lexicon-entry'], 'vua'],
      [MARK, 'Không đâu có 7392', 'tim search'],
    ];
    const wrong: string[] = [];
    let asked = 0;
    for (const row of routeTable) {
      const [route, , scope, names] = row;
      // A caller whose address names another ward's thing is refused for that.
      if (!route.startsWith('GET ') || (scope === 'ward' && names)) continue;
      if (expected(row, neighbour) !== 'in') continue;
      const path = addressOf(row, there);
      const and = path.includes('?') ? '&' : '?';
      for (const [foreign, none, parameters] of values) {
        for (const name of parameters.split(' ')) {
          const ask = async (value: string): Promise<Answer> => {
            const answer = await neighbour.knock('GET', `${path}${and}${name}=${encodeURIComponent(value)}`);
            if (answer.status !== 429) return answer;
            house.clock.advance(60_000);
            return ask(value);
          };
          const [a, b] = [await ask(foreign), await ask(none)];
          const told = things.private.filter((secret) => a.text.includes(secret) && secret !== foreign);
          if (a.status === 200) asked++;
          if (a.status >= 500 || a.status !== b.status || told.length > 0)
            wrong.push(`${path}${and}${name}=: ${a.status} ≠ ${b.status}, tells ${told}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  }, 300_000);

  it('a NUL in any part of an address is not there, in a cookie or a body malformed', async () => {
    const wrong: string[] = [];
    const hold = async (method: string, path: string, wanted: number, body?: unknown, as = ['admin', 'nobody']) => {
      for (const caller of as.map(one)) {
        const { status } = await caller.knock(method, path, body);
        if (status !== wanted) wrong.push(`${method} ${path} as ${caller.name}: ${status}, not ${wanted}`);
      }
    };
    const seek = ['search', 'tim', 'ngay', 'kenh', 'tiep', 'unitId'].map((name) => `${name}=x%00y`).join('&');
    for (const [route, , , names] of routeTable) {
      if (!route.startsWith('GET ')) continue;
      const path = route.slice(4).replace('*', 'x');
      const whole = path.replace(/:(\w+)/g, (_, name: string) => things.there[names?.[name] ?? 'slot']);
      await hold('GET', `${whole}?${seek}`, 404);
      for (const part of Object.keys(names ?? {})) {
        const holed = path.replace(`:${part}`, 'x%00y');
        await hold(
          'GET',
          holed.replace(/:(\w+)/g, (_, name: string) => things.there[names?.[name] ?? 'slot']),
          404,
        );
      }
    }
    // Values that are stored, searched and compared: PostgreSQL accepts none of these.
    const said: [string, object][] = [
      ['/api/session', { username: 'x\0y', password: 'x' }],
      ['/api/session', { username: 'admin.1', password: 'x\0y' }],
      ['/api/session', { username: 'x\ud800y', password: 'x' }],
      ['/api/session', new URLSearchParams({ username: 'x\0y', password: 'x' })],
      ['/api/directives', { text: 'x\0y' }],
      ['/api/reading', { text: 'x', unitId: ['deep', { in: ['it', { y: 'x\0y' }] }] }],
      ['/api/reading', { 'te\0xt': 'x' }],
    ];
    for (const [path, body] of said) await hold('POST', path, 400, body, [path === '/dang-nhap' ? 'nobody' : 'editor']);
    const cookie = await house.stranger().get('/dang-nhap', { cookie: 'loa_session=x%00y' });
    expect(cookie.status).toBe(400);
    expect(wrong).toEqual([]);
  }, 300_000);

  function addressOf([route, , , names]: RouteRow, values: Things['there']): string {
    const path = route.slice(route.indexOf(' ') + 1).replace('*', 'x');
    return path.replace(/:(\w+)/g, (_, name: string) => values[names?.[name] ?? 'slot']) + (queries[route] ?? '');
  }
});

type Verdict = 'in' | 'sign in' | 'no' | 'not there' | 'closed' | 'forged';

function verdict(answer: Answer, existing: boolean): Verdict {
  const code = codeOf(answer);
  if (code === 'bad-csrf') return 'forged';
  if (code === 'not-found' && existing) return 'not there';
  return (refusals[code] as Verdict | undefined) ?? 'in';
}

/** Faults in the caching headers of an answer: answers behind a session or a token must be private. */
function cachingWrong(route: string, { who }: Caller, { status, headers }: Answer): string | null {
  const told = headers.get('cache-control') ?? 'nothing';
  if (status >= 400) return told === 'no-store' ? null : told;
  if (route === 'GET /static/:file') return told === 'public, max-age=31536000, immutable' ? null : told;
  if (who === 'anonymous' || who === 'station' || who === 'revoked') {
    // A station's token opens its own routes only.
    const alone = route.includes(' /api/station/') ? /^private, no-(store|cache)$/ : anybodys;
    return alone.test(told) ? null : told;
  }
  if (route.includes(' /api/docs')) return anybodys.test(told) ? null : told;
  if (told === 'private, no-store') return null;
  return told === 'private, no-cache' && headers.has('etag') ? null : told;
}

/** Not stored, revalidated each time, or stored for five minutes at most. */
const anybodys = /^(no-store|(private, )?no-cache|public, max-age=(0|[1-9]\d?|[12]\d\d|300), must-revalidate)$/;

function codeOf({ headers, text }: Answer): string {
  if (!(headers.get('content-type') ?? '').includes('json')) return '';
  return (JSON.parse(text) as { code?: string } | null)?.code ?? '';
}

/** The access that the table grants this caller. */
function expected([route, who, , names]: RouteRow, { who: caller }: Caller): Verdict {
  const person = (roles as readonly string[]).includes(caller);
  if (who === 'public') return 'in';
  if (who === 'station') return caller === 'station' ? 'in' : 'sign in';
  if (!person) return 'sign in';
  if (who === 'signed-in' || who === 'by-key' || (who as readonly string[]).includes(caller)) return 'in';
  // A screen of one thing does not exist for people without the right role.
  return names && route.startsWith('GET /') && !route.startsWith('GET /api/') ? 'not there' : 'no';
}

/** A form shown again with its errors is no refusal, whatever its status. */
function isTooLarge({ status, bytes, text }: Answer, [route]: RouteRow): boolean {
  const screen = /^\w+ (\/[\w-]+)/.exec(route)?.[1] ?? '';
  return refused.includes(status) && bytes.length >= MAX_REFUSAL_BYTES && !text.includes(`action="${screen}`);
}

/** An answer without the parts in which two equal ones may differ: tokens, and the requested ids. */
function plain({ status, text, headers }: Answer, ids: Record<string, string>): string {
  const said = Object.values(ids).reduce((all, id) => all.replaceAll(id, '…'), text);
  // Headers may reveal as much as the body. The length is that of the text, which contains the requested id.
  const sent = [...headers].filter(([name]) => !['date', 'content-length', 'x-request-id'].includes(name)).sort();
  return `${status} ${JSON.stringify(sent)} ${said.replace(/name="_csrf" value="[^"]+"/g, '')}`;
}
