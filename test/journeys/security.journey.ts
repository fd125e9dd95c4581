import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Account } from '../../src/people/accounts/account.entity.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Passwords } from '../../src/people/accounts/passwords.js';
import { RecoveryCode, SecondFactor } from '../../src/people/sign-in/second-factor.entity.js';
import { Session } from '../../src/people/accounts/session.entity.js';
import { approvedClip } from '../support/approved-clip.js';
import { type Answer, Client, json } from '../support/client.js';
import { Visitor } from '../support/browser-form.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { enrolmentCode, enrolPhone, giveCode, Phone } from '../support/phone.js';

const MINUTE = 60_000;
const codeOf = (answer: Answer) => `${answer.status} ${json<{ code: string }>(answer).code}`;

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const now = () => house.clock.now();
let names = 0;
async function newcomer(
  role: 'approver' | 'editor' | 'admin',
): Promise<{ client: Client; username: string; id: string }> {
  const username = `nguoi.${++names}`;
  const account = { username, displayName: username, password: PASSWORD, grants: [{ role }] };
  const id = await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
  return { client: await new Client(house.url).signIn(username, PASSWORD), username, id };
}

async function begin(client: Client, id: string): Promise<Answer> {
  return client.post('/api/session/second-factor', { enrolmentCode: await enrolmentCode(house, id) });
}

describe('codes of the phone', () => {
  it('nobody approves without a phone, nor with a code older than ten minutes; a fresh code opens it again', async () => {
    const waiting = await approvedClip(house, { state: 'submitted' });
    const path = `/api/approvals/${waiting.versionId}`;
    const { client } = await newcomer('approver');
    const { contentHash } = json<{ contentHash: string }>(await client.get(path));
    const approve = () => client.post(`${path}/approve`, { contentHash, unheard: true });
    expect(codeOf(await approve())).toBe('403 enrolment-needed');
    const phone = await enrolPhone(house, client);
    house.clock.advance(11 * MINUTE);
    expect(codeOf(await approve())).toBe('403 code-needed');
    await giveCode(client, phone);
    expect((await approve()).status).toBe(200);
  });

  it('a code is good once, also when two send it at the same moment; a wrong one answers in the same words', async () => {
    const { client } = await newcomer('approver');
    const phone = await enrolPhone(house, client);
    const other = await new Client(house.url).signIn(`nguoi.${names}`, PASSWORD);
    house.clock.advance(MINUTE);
    const code = phone.code();
    const both = await Promise.all([client, other].map((one) => one.post('/api/session/code', { code })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const again = await client.post('/api/session/code', { code });
    const wrong = await client.post('/api/session/code', { code: code === '123456' ? '654321' : '123456' });
    expect([codeOf(again), wrong.text]).toEqual(['422 wrong-code', again.text]);
  });

  it('guessing is slowed down', async () => {
    const { client } = await newcomer('editor');
    const phone = await enrolPhone(house, client);
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await client.post('/api/session/code', { code: '000000' })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    house.clock.advance(MINUTE);
    expect((await client.post('/api/session/code', { code: phone.code() })).status).toBe(429);
    house.clock.advance(10 * MINUTE);
    expect((await client.post('/api/session/code', { code: phone.code() })).status).toBe(200);
  });

  it('a burst of guesses is no way in: they are checked and counted one after another', async () => {
    house.clock.advance(20 * MINUTE);
    const { client } = await newcomer('editor');
    const phone = await enrolPhone(house, client);
    house.clock.advance(MINUTE);
    const right = phone.code();
    const guesses = Array.from({ length: 60 }, (_, n) => String(100_000 + n)).filter((code) => code !== right);
    const answers = await Promise.all(guesses.map((code) => client.post('/api/session/code', { code })));
    const tried = answers.filter(({ status }) => status === 422).length;
    expect([tried <= 6, answers.every(({ status }) => status === 422 || status === 429)]).toEqual([true, true]);
    house.clock.advance(20 * MINUTE);
  });

  it('a recovery code opens once also when two send it, and two renewals at once leave ten', async () => {
    const { client, username, id } = await newcomer('approver');
    const begun = json<{ secret: string }>(await begin(client, id));
    const code = new Phone(begun.secret, now).code();
    const done = await client.post('/api/session/second-factor/finish', { code });
    const [first] = json<{ recoveryCodes: string[] }>(done).recoveryCodes;
    const other = await new Client(house.url).signIn(username, PASSWORD);
    const both = await Promise.all([client, other].map((one) => one.post('/api/session/code', { code: first })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const [fresh] = both[0]?.status === 200 ? [client] : [other];
    await Promise.all([1, 2, 3].map(() => fresh?.post('/api/session/recovery-codes')));
    expect(await house.app.get(Database).read().countBy(RecoveryCode, { accountId: id })).toBe(10);
  });

  it('ten recovery codes open once each; new ones take their place; none is kept in the open', async () => {
    house.clock.advance(20 * MINUTE);
    const { client, id } = await newcomer('approver');
    const begun = json<{ secret: string; otpauth: string }>(await begin(client, id));
    expect(begun.otpauth).toContain(`otpauth://totp/Loa:nguoi.${names}?issuer=Loa&secret=${begun.secret}`);
    const phone = new Phone(begun.secret, now);
    const finish = { code: phone.code() };
    const { recoveryCodes } = json<{ recoveryCodes: string[] }>(
      await client.post('/api/session/second-factor/finish', finish),
    );
    expect(new Set(recoveryCodes).size).toBe(10);
    const use = (code = '') => client.post('/api/session/code', { code });
    const typed = recoveryCodes[0]?.toLowerCase().replaceAll('-', ' ');
    expect([(await use(typed)).status, codeOf(await use(recoveryCodes[0]))]).toEqual([200, '422 wrong-code']);
    const state = json<{ recoveryCodesLeft: number }>(await client.get('/api/session/second-factor'));
    expect(state.recoveryCodesLeft).toBe(9);
    expect((await client.post('/api/session/recovery-codes')).status).toBe(201);
    expect(codeOf(await use(recoveryCodes[1]))).toBe('422 wrong-code');

    const em = house.app.get(Database).read();
    const tables = ['second_factor', 'recovery_code', 'session', 'audit', 'account'];
    const all = JSON.stringify(await Promise.all(tables.map((table) => em.query(`SELECT * FROM ${table}`))));
    for (const secret of [begun.secret, ...recoveryCodes, PASSWORD]) expect(all).not.toContain(secret);
    // A value sealed for one account opens for no other.
    const row = await em.findOneByOrFail(SecondFactor, { accountId: id });
    const { SecretBox } = await import('../../src/people/accounts/secret-box.js');
    expect(house.app.get(SecretBox).open(id, row.secret ?? '')).toBe(begun.secret);
    expect(() => house.app.get(SecretBox).open('somebody', row.secret ?? '')).toThrow();
  });

  it('changing the phone needs a code of the old one; an administrator can take a lost one away', async () => {
    const { client, id } = await newcomer('approver');
    await enrolPhone(house, client);
    house.clock.advance(11 * MINUTE);
    expect(codeOf(await client.post('/api/session/second-factor'))).toBe('403 code-needed');
    const admin = await house.person('admin');
    expect((await admin.send('DELETE', `/api/accounts/${id}/second-factor`)).status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(401);
    await client.signIn(`nguoi.${names}`, PASSWORD);
    expect(codeOf(await client.post('/api/session/second-factor'))).toBe('403 enrolment-code-needed');
    expect((await begin(client, id)).status).toBe(201);
  });
});

describe('sessions', () => {
  it('go on under a new id after signing in again and after a code; the old id opens nothing', async () => {
    const { client, username } = await newcomer('approver');
    const cookie = () => client.cookie('loa');
    const first = cookie();
    await enrolPhone(house, client);
    const second = cookie();
    await client.signIn(username, PASSWORD);
    expect(new Set([first, second, cookie()]).size).toBe(3);
    const old = await house.stranger().get('/api/session', { cookie: `loa=${first}` });
    expect(old.status).toBe(401);
  });

  it('are listed for their owner alone, who ends one or all the others', async () => {
    const { client, username } = await newcomer('editor');
    const [second, third] = [
      await new Client(house.url).signIn(username, PASSWORD),
      await new Client(house.url).signIn(username, PASSWORD),
    ];
    const list = async (who: Client) => json<{ id: string; current: boolean }[]>(await who.get('/api/session/all'));
    const seen = await list(client);
    expect([seen.length, seen.filter(({ current }) => current).length]).toEqual([3, 1]);
    const mine = (await list(second)).find(({ current }) => current)?.id;
    const stranger = (await newcomer('editor')).client;
    const [foreign, missing] = [
      await stranger.send('DELETE', `/api/session/all/${mine}`),
      await stranger.send('DELETE', '/api/session/all/khong-co'),
    ];
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect((await client.send('DELETE', `/api/session/all/${mine}`)).status).toBe(204);
    expect([(await second.get('/api/session')).status, (await third.get('/api/session')).status]).toEqual([401, 200]);
    expect(json(await client.send('DELETE', '/api/session/all'))).toEqual({ ended: 1 });
    expect([(await third.get('/api/session')).status, (await client.get('/api/session')).status]).toEqual([401, 200]);
  });

  it('a new sign-in ends the former ones when it is asked to, by the page as by the API, and says so in the audit', async () => {
    const { client: first, username, id } = await newcomer('editor');
    const second = await new Client(house.url).signIn(username, PASSWORD);
    const third = house.stranger();
    const body = { username, password: PASSWORD, endOthers: true };
    expect((await third.post('/api/session', { ...body, password: 'x' })).status).toBe(401);
    expect((await first.get('/api/session')).status).toBe(200);
    expect((await third.post('/api/session', body)).status).toBe(200);
    const statuses = async () =>
      Promise.all([first, second, third].map(async (one) => (await one.get('/api/session')).status));
    expect(await statuses()).toEqual([401, 401, 200]);
    const facts = house.app.get(Database).read().findBy(AuditEntry, { action: 'session.others-ended', entityId: id });
    expect((await facts).map(({ after, actorId }) => [after, actorId])).toEqual([[{ count: 2 }, id]]);

    const visitor = new Visitor(house.stranger());
    const signIn = async (fields: Record<string, string>) => {
      await visitor.visit('/dang-nhap');
      await visitor.submit('/dang-nhap', { username, password: PASSWORD, ...fields });
    };
    await signIn({});
    expect(visitor.path).not.toBe('/dang-nhap');
    expect(await statuses()).toEqual([401, 401, 200]);
    await visitor.submit('/dang-xuat');
    await signIn({ endOthers: 'on' });
    expect(await statuses()).toEqual([401, 401, 401]);
  });

  it('end at once when an account is disabled or loses a role, in another process too', async () => {
    const admin = await house.person('admin');
    const database = new Database(house.app.get(Config));
    await database.open();
    try {
      const [demoted, disabled] = [await newcomer('editor'), await newcomer('editor')];
      const grants = { grants: [{ role: 'official' }] };
      expect((await admin.send('PUT', `/api/accounts/${demoted.id}/grants`, grants)).status).toBe(204);
      // As a second process does it: on the same rows, without this process's memory.
      await database.write(async (tx) => {
        await tx.update(Account, { id: disabled.id }, { active: false });
      });
      const statuses = [
        (await demoted.client.get('/api/session')).status,
        (await disabled.client.get('/api/session')).status,
      ];
      expect(statuses).toEqual([401, 401]);
      await demoted.client.signIn(demoted.username, PASSWORD);
      expect((await demoted.client.post('/api/scripts', {})).status).toBe(403);
      const { before, after } = await house.app
        .get(Database)
        .read()
        .findOneByOrFail(AuditEntry, { action: 'account.roles-changed', entityId: demoted.id });
      expect([before, after]).toEqual([{ grants: [{ role: 'editor', unitId: null }] }, grants]);
    } finally {
      await database.close();
    }
  });

  it('the last administrator keeps his role', async () => {
    const em = house.app.get(Database).read();
    const admins = await em.query("SELECT account_id AS id FROM role_grant WHERE role = 'admin'");
    const boss = await newcomer('admin');
    for (const { id } of admins as { id: string }[]) {
      await boss.client.send('PUT', `/api/accounts/${id}/grants`, { grants: [] });
    }
    expect(codeOf(await boss.client.send('PUT', `/api/accounts/${boss.id}/grants`, { grants: [] }))).toBe(
      '409 last-admin',
    );
    expect(codeOf(await boss.client.send('DELETE', `/api/accounts/${boss.id}`))).toBe('409 last-admin');
    expect(await em.countBy(Session, { accountId: boss.id })).toBe(1);
  });

  it('two administrators who take each other away leave one', async () => {
    const em = house.app.get(Database).read();
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await newcomer('admin'), await newcomer('admin')];
      const rest = (await em.query("SELECT account_id AS id FROM role_grant WHERE role = 'admin'")) as { id: string }[];
      for (const { id } of rest.filter((row) => ![one.id, two.id].includes(row.id)))
        await one.client.send('PUT', `/api/accounts/${id}/grants`, { grants: [] });
      const both = await Promise.all([
        one.client.send('PUT', `/api/accounts/${two.id}/grants`, { grants: [] }),
        two.client.send('DELETE', `/api/accounts/${one.id}`),
      ]);
      expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
      const left = await em.query(
        "SELECT 1 FROM role_grant g JOIN account a ON a.id = g.account_id WHERE g.role = 'admin' AND a.active",
      );
      expect(left).toHaveLength(1);
    }
  });

  it('the cookie is __Host- and Secure where the public address is https', async () => {
    const https = await openHouse({ env: { LOA_PUBLIC_URL: 'https://loa.example.vn' } });
    try {
      await https.app.get(Accounts).create(systemActor('thử'), {
        username: 'ai.do',
        displayName: 'Ai đó',
        password: PASSWORD,
        grants: [],
      });
      const answer = await https.stranger().post('/api/session', { username: 'ai.do', password: PASSWORD });
      const [session, device] = answer.headers.getSetCookie();
      expect(session).toMatch(/^__Host-loa=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(device).toMatch(
        /^__Host-loa-device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(answer.headers.get('strict-transport-security')).toBeTruthy();
    } finally {
      await https.close();
    }
  });
});

describe('passwords', () => {
  it('a hundred guesses at once are not a hundred tries', async () => {
    const { username } = await newcomer('editor');
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => house.stranger().post('/api/session', { username, password: 'x' })),
    );
    const tried = answers.filter(({ status }) => status === 401).length;
    expect([tried <= 8, answers.every(({ status }) => status === 401 || status === 429)]).toEqual([true, true]);
    house.clock.advance(20 * MINUTE);
  });

  it('NFC and NFD are one password; eleven characters are too few; the cost is 64 MiB and three passes', async () => {
    const { username, client } = await newcomer('editor');
    expect((await client.post('/api/session', { username, password: PASSWORD.normalize('NFD') })).status).toBe(200);
    const passwords = new Passwords();
    await expect(passwords.hash('mười một ký')).rejects.toMatchObject({ code: 'weak-password' });
    expect(await passwords.hash('mười hai ký!')).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  });
});
