import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { codeAt } from '../../src/people/sign-in/one-time-code.js';
import { Passwords } from '../../src/people/accounts/passwords.js';
import { type Answer, Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { enrolmentCode } from '../support/phone.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFICE = '203.0.113.7';

let people = 0;
async function newcomer(house: House, role: 'editor' | 'approver' | 'admin' = 'editor') {
  const username = `nguoi.${++people}`;
  const account = { username, displayName: username, password: PASSWORD, grants: [{ role }] };
  const id = await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
  return { id, username };
}

/** A caller with the address that our proxy saw. The entries before it are written by the caller. */
function from(address: string, wrote = '') {
  return { 'x-forwarded-for': wrote ? `${wrote}, ${address}` : address };
}

async function signIn(client: Client, username: string, headers: Record<string, string>, password = PASSWORD) {
  const answer = await client.post('/api/session', { username, password }, headers);
  if (answer.status === 200) client.csrfToken = json<{ csrfToken: string }>(answer).csrfToken;
  return answer;
}

const many = async (count: number, work: (n: number) => Promise<Answer>) => {
  const answers: Answer[] = [];
  for (let n = 0; n < count; n++) answers.push(await work(n));
  return answers;
};
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = (count: number, status: number) => Array.from({ length: count }, () => status);

describe('guessing, behind the proxy that is trusted', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse({ env: { LOA_TRUST_PROXY: 'true' } })));
  afterAll(() => house.close());
  afterEach(() => house.clock.advance(5 * DAY));

  const wrong = (username: string, headers: Record<string, string>, client = house.stranger()) =>
    signIn(client, username, headers, 'không phải mật khẩu này');

  it('strangers hold up strangers, whatever they write into X-Forwarded-For; a known device and a known address go on', async () => {
    const { username } = await newcomer(house);
    const laptop = house.stranger();
    expect((await signIn(laptop, username, from(OFFICE))).status).toBe(200);
    const tries = await many(8, (n) => wrong(username, from(`198.51.100.${n}`, `192.0.2.${n}`)));
    expect(statuses(tries)).toEqual([...times(5, 401), ...times(3, 429)]);
    for (const answer of tries.slice(5)) {
      const { code, message, details } = json<{ code: string; message: string; details: { seconds: number } }>(answer);
      expect([code, answer.headers.get('retry-after')]).toEqual(['too-many-tries', String(details.seconds)]);
      expect(message).toMatch(/^Nhập sai quá nhiều lần\. Xin thử lại sau \d+ (giây|phút)\.$/);
    }
    // The same attacker behind the owner's address too: he delays unknown browsers there.
    expect((await signIn(laptop, username, from('198.51.100.200'))).status).toBe(200);
    expect((await signIn(house.stranger(), username, from(OFFICE))).status).toBe(200);
    const elsewhere = () => signIn(house.stranger(), username, from('198.51.100.201'));
    expect((await elsewhere()).status).toBe(429);
    const { seconds } = json<{ details: { seconds: number } }>(await elsewhere()).details;
    house.clock.advance(seconds * 1000);
    expect((await elsewhere()).status).toBe(200);
  });

  it('whoever sits at a known device is slowed down too, and the page says it as the API does', async () => {
    const { username } = await newcomer(house);
    const laptop = house.stranger();
    await signIn(laptop, username, from(OFFICE));
    await laptop.send('DELETE', '/api/session', undefined, from(OFFICE));
    laptop.csrfToken = undefined;
    const tries = await many(7, () => wrong(username, from('198.51.100.7'), laptop));
    expect(statuses(tries)).toEqual([...times(6, 401), 429]);
    const { text } = await laptop.get('/dang-nhap');
    const form = { username, password: PASSWORD, _csrf: /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '' };
    const page = await laptop.post('/dang-nhap', new URLSearchParams(form), { accept: 'text/html' });
    expect([page.status, Number(page.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(page.text).toContain('Nhập sai quá nhiều lần.');
    // A network of the account is delayed by its own failures alone, and a correct password resets them.
    expect((await signIn(house.stranger(), username, from(OFFICE))).status).toBe(200);
    house.clock.advance(10 * MINUTE);
    expect((await signIn(laptop, username, from(OFFICE))).status).toBe(200);
    expect(statuses(await many(6, () => wrong(username, from(OFFICE), laptop)))).toEqual(times(6, 401));
  });

  it('an office of many who mistype goes on behind one address; who gets many names wrong there does not', async () => {
    const clerk = await newcomer(house);
    await signIn(house.stranger(), clerk.username, from(OFFICE));
    // Forty new people mistype once, then twice the same, then sign in.
    for (let n = 0; n < 40; n++) {
      const { username } = await newcomer(house);
      const browser = house.stranger();
      const answers = [await wrong(username, from(OFFICE), browser), await wrong(username, from(OFFICE), browser)];
      expect(statuses([...answers, await signIn(browser, username, from(OFFICE))])).toEqual([401, 401, 200]);
    }
    const mistyped = await Promise.all(Array.from({ length: 26 }, () => newcomer(house)));
    const typos = await many(26, (n) => wrong(mistyped[n]?.username ?? '', from(OFFICE)));
    expect(statuses(typos)).toEqual(times(26, 401));
    const first = await newcomer(house);
    expect((await signIn(house.stranger(), first.username, from(OFFICE))).status).toBe(200);
    // A caller tries many names there, with an account of his own and another X-Forwarded-For every time.
    const spray = await many(20, async (n) => {
      if (n % 5 === 0) await signIn(house.stranger(), first.username, from(OFFICE));
      return wrong(`ai.do.${n}`, from(OFFICE, `192.0.2.${n}`));
    });
    expect(statuses(spray)).toEqual([...times(4, 401), ...times(16, 429)]);
    const fresh = await newcomer(house);
    expect((await signIn(house.stranger(), fresh.username, from(OFFICE))).status).toBe(429);
    expect((await signIn(house.stranger(), fresh.username, from('198.51.100.9'))).status).toBe(200);
    expect((await signIn(house.stranger(), clerk.username, from(OFFICE))).status).toBe(200);
    house.clock.advance(HOUR);
    expect((await wrong('ai.khac', from(OFFICE))).status).toBe(401);
  });

  it('who tries one password on all the people of an office from inside it is slowed down; known devices are not', async () => {
    const laptop = house.stranger();
    const names: string[] = [];
    for (let n = 0; n < 62; n++) {
      const { username } = await newcomer(house);
      names.push(username);
      await signIn(n === 61 ? laptop : house.stranger(), username, from(OFFICE));
    }
    const spray = await many(62, (n) => wrong(names[n] ?? '', from(OFFICE)));
    expect(statuses(spray)).toEqual([...times(60, 401), 429, 429]);
    expect((await signIn(laptop, names[61] ?? '', from(OFFICE))).status).toBe(200);
  }, 60_000);

  it('who knows the password blocks nobody’s code, and a million codes cannot be walked by all strangers together', async () => {
    const { username } = await newcomer(house, 'approver');
    const phone = house.stranger();
    await signIn(phone, username, from(OFFICE));
    const owner = await enrolPhoneFrom(phone);
    house.clock.advance(HOUR);
    expect((await signIn(phone, username, from(OFFICE))).status).toBe(200);
    // A thief signs in a dozen times from many places: neither device nor address has ever given a code.
    let tried = 0;
    const thief = async (n: number) => {
      const client = house.stranger();
      const headers = from(`198.51.100.${n % 250}`);
      expect((await signIn(client, username, headers)).status).toBe(200);
      const guess = String(200_000 + n);
      const answer = await client.post('/api/session/code', { code: guess }, headers);
      if (answer.status === 422) tried++;
      return answer;
    };
    expect(statuses(await many(14, thief))).toEqual([...times(10, 422), ...times(4, 429)]);
    // The owner's code, from his device at another address, and from a new browser in the office.
    await giveCode(phone, from('198.51.100.251'), owner, 200);
    const browser = house.stranger();
    await signIn(browser, username, from(OFFICE));
    house.clock.advance(MINUTE);
    await giveCode(browser, from(OFFICE), owner, 200);
    // Nor does he block the password, and his failures expire: but a day of attempts covers some tens of a million codes.
    tried = 0;
    for (let n = 0; n < 96; n++) {
      house.clock.advance(15 * MINUTE);
      await thief(100 + n);
    }
    expect([tried > 5, tried <= 28]).toEqual([true, true]);
  }, 60_000);

  async function enrolPhoneFrom(client: Client) {
    const { id } = json<{ id: string }>(await client.get('/api/session', from(OFFICE)));
    const issued = { enrolmentCode: await enrolmentCode(house, id) };
    const begun = await client.post('/api/session/second-factor', issued, from(OFFICE));
    const { secret } = json<{ secret: string }>(begun);
    const code = codeAt(secret, house.clock.now());
    const done = await client.post('/api/session/second-factor/finish', { code }, from(OFFICE));
    expect(done.status).toBe(200);
    return secret;
  }
  async function giveCode(client: Client, headers: Record<string, string>, secret: string, status: number) {
    const code = codeAt(secret, house.clock.now());
    expect((await client.post('/api/session/code', { code }, headers)).status).toBe(status);
  }

  it('a code two steps of 30 seconds away is refused, the one beside it is not', async () => {
    const step = 30_000;
    for (const [steps, status] of [
      [-2, 422],
      [2, 422],
      [-1, 200],
      [1, 200],
    ] as const) {
      const { username } = await newcomer(house);
      const client = house.stranger();
      await signIn(client, username, from(OFFICE));
      const secret = await enrolPhoneFrom(client);
      house.clock.advance(HOUR);
      await signIn(client, username, from(OFFICE));
      const code = codeAt(secret, house.clock.now() + steps * step);
      expect([steps, (await client.post('/api/session/code', { code }, from(OFFICE))).status]).toEqual([steps, status]);
    }
  });

  it('devices are forgotten when an administrator sets the password or their owner says that it was not he, not by signing out', async () => {
    const { id, username } = await newcomer(house);
    const admin = await newcomer(house, 'admin');
    const office = house.stranger();
    await signIn(office, admin.username, from(OFFICE));
    const [laptop, other] = [house.stranger(), house.stranger()];
    await signIn(other, username, from('198.51.100.1'));
    await signIn(laptop, username, from('198.51.100.2'));
    const next = `${PASSWORD} mới`;
    const change = { current: PASSWORD, next, repeated: next };
    expect((await laptop.send('PUT', '/api/session/password', change, from('198.51.100.2'))).status).toBe(204);
    expect((await laptop.send('DELETE', '/api/session')).status).toBe(204);
    const block = async () => {
      house.clock.advance(5 * DAY);
      expect(statuses(await many(6, () => wrong(username, from('192.0.2.9'))))).toEqual([...times(5, 401), 429]);
    };
    await block();
    let places = 0;
    const anywhere = (client: Client, password = next) =>
      signIn(client, username, from(`198.51.100.${100 + ++places}`), password);
    expect(statuses([await anywhere(laptop), await anywhere(other)])).toEqual([200, 200]);
    expect(json(await laptop.send('DELETE', '/api/session/origins'))).toEqual({
      ended: 1,
      forgotten: expect.any(Number),
    });
    await block();
    expect(statuses([await anywhere(laptop), await anywhere(other)])).toEqual([200, 429]);
    await signIn(office, admin.username, from(OFFICE));
    const reset = await office.send('PUT', `/api/accounts/${id}/password`, { password: PASSWORD }, from(OFFICE));
    expect(reset.status).toBe(204);
    await block();
    expect((await anywhere(laptop, PASSWORD)).status).toBe(429);
  });
});

describe('guessing, without a trusted proxy', () => {
  let house: House;
  /** Its public address is https, so there is a proxy, though it sends no header. */
  let apart: House;
  const warnings: string[] = [];
  beforeAll(async () => {
    house = await openHouse();
    apart = await openHouse({ env: { LOA_PUBLIC_URL: 'https://loa.example.vn' } });
    // Before anything is hashed there, because a hash contains its own cost: hashing is then most of the work of a
    // sign-in.
    apart.app.get(Passwords).cost = { memoryKiB: 16_384, passes: 3 };
    const silent = () => undefined;
    house.app.useLogger({
      log: silent,
      error: silent,
      warn: (message: unknown) => void warnings.push(String(message)),
    });
  });
  afterAll(async () => {
    await house.close();
    await apart.close();
  });
  afterEach(() => house.clock.advance(5 * DAY));

  it('what the caller writes into X-Forwarded-For is nobody’s address, and changing it is no way round', async () => {
    const { username } = await newcomer(house);
    const tries = await many(7, (n) => signIn(house.stranger(), username, from(`198.51.100.${n}`), 'sai'));
    expect(statuses(tries)).toEqual([...times(5, 401), 429, 429]);
    const other = await newcomer(house);
    const client = house.stranger();
    await signIn(client, other.username, from('198.51.100.77'));
    const [session] = json<{ address: string }[]>(await client.get('/api/session/all', from('198.51.100.77')));
    expect(session?.address).toMatch(/127\.0\.0\.1/);
  });

  it('an address without a proxy is slowed down by the names that it gets wrong', async () => {
    const spray = await many(32, (n) => signIn(house.stranger(), `khong.co.${n}`, {}, 'sai'));
    expect(statuses(spray)).toEqual([...times(30, 401), 429, 429]);
  });

  it('people behind a proxy that is not trusted share no limit and no known address, and the log says so once', async () => {
    const behind = from('198.51.100.1');
    for (const [place, headers] of [
      [house, behind],
      [apart, {}],
    ] as const) {
      const { username } = await newcomer(place);
      const laptop = place.stranger();
      expect((await signIn(laptop, username, headers)).status).toBe(200);
      const spray = await many(35, (n) => signIn(place.stranger(), `khong.co.${n}`, headers, 'sai'));
      expect(statuses(spray)).toEqual(times(35, 401));
      // The address is shared by everybody, so it does not identify the owner: strangers share their count, the device
      // does not.
      const tries = await many(6, () => signIn(place.stranger(), username, headers, 'sai'));
      expect(statuses(tries)).toEqual([...times(5, 401), 429]);
      expect((await signIn(laptop, username, headers)).status).toBe(200);
    }
    // Once for each of the two, which share one log here.
    expect(warnings.map((text) => text.includes('LOA_TRUST_PROXY'))).toEqual([true, true]);
  });

  it('an unknown account costs as much work as a wrong password', async () => {
    const { username } = await newcomer(apart);
    const wrong = (name: string) => signIn(apart.stranger(), name, {}, 'sai');
    await wrong('khong.ai');
    const work = async (name: (n: number) => string) => {
      let least = Infinity;
      for (let n = 0; n < 5; n++) {
        apart.clock.advance(DAY);
        const before = process.cpuUsage();
        await wrong(name(n));
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, user + system);
      }
      return least;
    };
    const [known, unknown] = [await work(() => username), await work((n) => `khong.co.${n}`)];
    // Without a hash an unknown name would cost less than a third.
    expect([unknown / known > 0.6, unknown / known < 1.7]).toEqual([true, true]);
  });
});
