import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { LIMITED, type Limited, type LimitName, limits } from '../../src/http/limits/limits.js';
import { RequestLimiter } from '../../src/http/limits/request-limiter.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { roles } from '../../src/people/access/role.js';
import { routeTable } from '../support/route-table.js';
import { type Answer, Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

/** Expensive routes by kind: a new export, preview or order is among them automatically. */
const costly =
  /\.(csv|xlsx|docx|ics)$|\/playlists\/:file$|\/(preview|xem-thu|xem-truoc|doc-thu|reading|replan|plan|kiem-tra|upload|:clipId\/retry)$|^POST .*\/(station-calls|clips|ban-thu)$|^POST \/api\/station\//;

interface LimitedRoute {
  route: string;
  name: LimitName;
}

describe('what costs much', () => {
  let house: House;
  let found: LimitedRoute[];
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    found = limitedRoutes(house);
  });
  afterAll(() => house.close());

  /** A caller who may open every route. */
  async function person(username: string): Promise<{ client: Client; key: string }> {
    const grants = roles.map((role) => ({ role, unitCode: role === 'operator' ? 'phuong-bac-ha' : undefined }));
    const account = { username, displayName: username, password: PASSWORD, grants };
    const id = await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    return { client: await new Client(house.url).signIn(username, PASSWORD), key: `person:${id}` };
  }

  const address = (route: string) => route.replace(/:\w+/g, 'khong-co').split(' ') as [string, string];
  const send = (client: Client, route: string, headers?: Record<string, string>) => {
    const [method, path] = address(route);
    return client.send(method, path, method === 'GET' ? undefined : {}, headers);
  };
  const expectRefused = (answer: Answer, route: string) => {
    expect([route, answer.status]).toEqual([route, 429]);
    const { code, message, details } = json<{ code: string; message: string; details: { seconds: number } }>(answer);
    expect([code, answer.headers.get('retry-after')]).toEqual(['too-many-requests', String(details.seconds)]);
    expect(message).toMatch(/^Bạn đã yêu cầu việc này quá nhiều lần\. Xin thử lại sau \d+ giây\.$/);
    return details.seconds;
  };

  it('is limited, every route of it', () => {
    const names = new Set(found.map(({ route }) => route));
    const wanted = routeTable.map(([route]) => route).filter((route) => costly.test(route));
    expect(wanted.length).toBeGreaterThan(20);
    // Is a route of yours in this list? Put @Limited(…) on it (src/http/limits/limits.ts), or it blocks everybody
    // else's work.
    expect(wanted.filter((route) => !names.has(route))).toEqual([]);
    expect([...new Set(found.map(({ name }) => name))].sort()).toEqual(Object.keys(limits).sort());
  });

  it('is limited for each person: another goes on, and it is given again', async () => {
    const [one, other] = [await person('nhieu.viec'), await person('nguoi.khac')];
    const ofPeople = found.filter(({ route }) => !/\/api\/(station\/|calendar)/.test(route));
    for (const name of new Set(ofPeople.map((route) => route.name))) {
      const mine = ofPeople.filter((route) => route.name === name).map(({ route }) => route);
      const first = mine[0] ?? '';
      for (let n = 2; n < limits[name].limit; n++) house.app.get(RequestLimiter).take(name, one.key);
      for (let n = 0; n < 2; n++) expect([first, (await send(one.client, first)).status]).not.toEqual([first, 429]);
      let seconds = 0;
      for (const route of mine) {
        seconds = expectRefused(await send(one.client, route), route);
        expect([route, (await send(other.client, route)).status]).not.toEqual([route, 429]);
      }
      house.clock.advance(seconds * 1000);
      expect([first, (await send(one.client, first)).status]).not.toEqual([first, 429]);
    }
    const page = { accept: 'text/html' };
    for (let n = 0; n < limits.verify.limit; n++) await one.client.post('/nhat-ky/kiem-tra', {});
    const told = await one.client.post('/nhat-ky/kiem-tra', {}, page);
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(told.text).toContain('Bạn đã yêu cầu việc này quá nhiều lần.');
  }, 60_000);

  it('is limited for each station, and for each address of a calendar', async () => {
    const admin = await house.person('admin');
    const channels = json<{ code: string }[]>(await admin.get('/api/channels'));
    const tokens: string[] = [];
    for (const { code } of channels.filter((channel) => channel.code.startsWith('truyen-thanh-phuong')).slice(0, 2)) {
      const made = await admin.post('/api/stations', { channelCode: code, name: 'Trạm thử' });
      tokens.push(json<{ token: string }>(made).token);
    }
    const [one, other] = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
    const stranger = house.stranger();
    for (const { route, name } of found.filter(({ route }) => route.includes('/api/station/'))) {
      for (let n = 0; n < limits[name].limit; n++) {
        const { status } = await send(stranger, route, one);
        if (status === 429) throw new Error(`${route} was refused after ${n}`);
      }
      expectRefused(await send(stranger, route, one), route);
      expect([route, (await send(stranger, route, other)).status]).toEqual([route, 400]);
    }
    const key = (value: string) => stranger.get(`/api/calendar.ics?key=${value}`);
    for (let n = 0; n < limits.calendar.limit; n++) expect((await key('a')).status).toBe(404);
    expectRefused(await key('a'), 'calendar');
    expect((await key('b')).status).toBe(404);
  }, 60_000);
});

/** Every route of the running application with `@Limited`. */
function limitedRoutes(house: House): LimitedRoute[] {
  const all = [...house.app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return all.flatMap(({ metatype }) => {
    if (!metatype) return [];
    const base = String(Reflect.getMetadata('path', metatype) ?? '');
    const methods = Object.values(Object.getOwnPropertyDescriptors(metatype.prototype as object));
    return methods.flatMap(({ value: handler }: { value?: unknown }) => {
      if (typeof handler !== 'function') return [];
      const limited = Reflect.getMetadata(LIMITED, handler) as Limited | undefined;
      if (!limited) return [];
      const path = [base, String(Reflect.getMetadata('path', handler))].join('/').split('/').filter(Boolean).join('/');
      const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
      return [{ route: `${method} /${path}`, name: limited.name }];
    });
  });
}
