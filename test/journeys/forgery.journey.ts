import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { roles } from '../../src/people/access/role.js';
import { routeTable } from '../support/route-table.js';
import { type Answer, Client } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

const NONE = '00000000-0000-7000-8000-000000000000';

/** Every route of the table that changes something and is for people. */
const unsafe = routeTable.flatMap(([route, who]) => {
  const [method = '', path = ''] = route.split(' ');
  if (method === 'GET' || who === 'station') return [];
  return [{ route, method, path: path.replace(/:\w+/g, NONE), isPublic: who === 'public' }];
});

describe('requests that come from elsewhere', () => {
  let house: House;
  let person: Client;
  let token: string;

  beforeAll(async () => {
    house = await openHouse();
    const grants = roles.map((role) => ({ role, unitCode: role === 'operator' ? 'phuong-bac-ha' : undefined }));
    const account = { username: 'moi.viec', displayName: 'Mọi việc', password: PASSWORD, grants };
    await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    person = await new Client(house.url).signIn('moi.viec', PASSWORD);
    token = person.csrfToken ?? '';
    // From here on every request sets the token explicitly.
    person.csrfToken = undefined;
  });
  afterAll(() => house.close());

  const code = ({ text }: Answer) => (JSON.parse(text || '{}') as { code?: string }).code;

  it('do nothing without the token of the session, nor with another one', async () => {
    expect(unsafe.length).toBeGreaterThan(70);
    const through: string[] = [];
    for (const { route, method, path } of unsafe) {
      for (const forged of [undefined, 'đoán'.normalize('NFD').replace(/[^a-z]/g, ''), `${token.slice(0, -2)}xx`]) {
        const answer = await person.send(method, path, {}, forged ? { 'x-csrf-token': forged } : {});
        if (code(answer) !== 'bad-csrf') through.push(`${route}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
    expect(through).toEqual([]);
  });

  it('do nothing as a form without its field, or with one of another session', async () => {
    const through: string[] = [];
    for (const { route, method, path } of unsafe.filter(({ method }) => method === 'POST')) {
      for (const field of [undefined, '', `${token.slice(0, -2)}xx`]) {
        const form = new URLSearchParams(field === undefined ? {} : { _csrf: field });
        const answer = await person.send(method, path, form);
        if (code(answer) !== 'bad-csrf') through.push(`${route}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
    expect(through).toEqual([]);
  });

  it('do nothing from another origin, or from one that hides itself, even with the token', async () => {
    const through: string[] = [];
    for (const { route, method, path } of unsafe) {
      for (const origin of ['https://evil.example', `${house.url}.evil.example`, 'null']) {
        const answer = await person.send(method, path, {}, { origin, 'x-csrf-token': token });
        if (code(answer) !== 'bad-csrf') through.push(`${route} ${origin}: ${answer.status}`);
      }
    }
    expect(through).toEqual([]);
    const own = await person.post('/api/reading', { text: 'Bà con' }, { origin: house.url, 'x-csrf-token': token });
    expect(own.status).toBe(200);
  });

  it('a form before signing in has a token too', async () => {
    const form = new URLSearchParams({ username: 'moi.viec', password: PASSWORD });
    for (const path of unsafe.filter(({ isPublic, method }) => isPublic && method === 'POST').map(({ path }) => path)) {
      const answer = await house.stranger().post(path, form);
      expect([path, answer.status, code(answer)]).toEqual([path, 403, 'bad-csrf']);
    }
  });

  it('a browser is told to send the origin to ourselves, and where it came from to nobody else', async () => {
    const answer = await house.stranger().get('/dang-nhap', { accept: 'text/html' });
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  });
});
