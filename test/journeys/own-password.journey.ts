import { Database } from '../../src/database/database.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Account } from '../../src/people/accounts/account.entity.js';
import { Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

const NEXT = 'bốn từ dễ nhớ lắm';
const PAGE = '/bao-mat/mat-khau';

describe("one's own password", () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  const usernameOf = (n: number) => `editor.${n}`;
  const signIn = (username: string, password: string) => house.stranger().post('/api/session', { username, password });

  it('is changed by who knows it; the other sessions end, this one goes on under a new id', async () => {
    const person = await visitors.enter('editor');
    const username = usernameOf(visitors.everyone.length - 1);
    const elsewhere = await new Client(house.url).signIn(username, PASSWORD);
    const before = person.client.cookie('loa');
    await person.visit('/bao-mat');
    await person.visit(PAGE);
    const form = { current: PASSWORD, next: NEXT, repeated: NEXT };
    const wrongs: [object, string, string][] = [
      [{ current: 'không phải mật khẩu này' }, 'current', 'Mật khẩu hiện tại không đúng.'],
      [{ repeated: `${NEXT}!` }, 'repeated', 'Hai lần nhập mật khẩu mới không giống nhau.'],
      [{ next: 'mười một ký', repeated: 'mười một ký' }, 'next', 'Mật khẩu phải có từ 12 ký tự trở lên.'],
      [{ next: 'Mật khẩu 2026!!', repeated: 'Mật khẩu 2026!!' }, 'next', 'gần giống những mật khẩu hay bị đoán nhất'],
      [{ next: 'iloveyou2026', repeated: 'iloveyou2026' }, 'next', 'gần giống những mật khẩu hay bị đoán nhất'],
      [{ next: 'PhuongBacHa@2026', repeated: 'PhuongBacHa@2026' }, 'next', 'tên cơ quan, rất dễ đoán'],
      [{ next: `${username}2026`, repeated: `${username}2026` }, 'next', 'ghép từ tên đăng nhập'],
      [{ next: '01/01/1990 01', repeated: '01/01/1990 01' }, 'next', 'dãy phím, ngày tháng hoặc chữ lặp lại'],
      [{ next: PASSWORD, repeated: PASSWORD }, 'next', 'Mật khẩu mới phải khác mật khẩu hiện tại.'],
    ];
    for (const [change, field, sentence] of wrongs) {
      const typed = { ...form, ...change };
      const answer = await person.submit(PAGE, typed);
      const place = answer.text.slice(answer.text.indexOf(`id="${field}"`));
      expect([field, answer.status, words(place).includes(sentence)]).toEqual([field, 422, true]);
      for (const secret of Object.values(typed)) expect(answer.text).not.toContain(`value="${secret}"`);
    }
    // The same characters in another Unicode form.
    const done = await person.submit(PAGE, {
      ...form,
      current: PASSWORD.normalize('NFD'),
      repeated: NEXT.normalize('NFD'),
    });
    expect([person.path, words(done.text).includes('Đã đổi mật khẩu')]).toEqual([
      '/bao-mat?xong=da-doi-mat-khau-minh',
      true,
    ]);
    expect((await elsewhere.get('/api/session')).status).toBe(401);
    expect(person.client.cookie('loa')).not.toBe(before);
    expect((await house.stranger().get('/api/session', { cookie: `loa=${before}` })).status).toBe(401);
    expect([(await signIn(username, PASSWORD)).status, (await signIn(username, NEXT)).status]).toEqual([401, 200]);
    const em = house.app.get(Database).read();
    const { id, passwordHash } = await em.findOneByOrFail(Account, { username });
    const fact = await em.findOneByOrFail(AuditEntry, { action: 'account.password-changed', entityId: id });
    expect([fact.actorId, fact.after, fact.address]).toEqual([id, { sessionsEnded: 1 }, expect.stringMatching(/127/)]);
    expect(JSON.stringify(await em.find(AuditEntry))).not.toContain(passwordHash);
  });

  it('guesses at it are slowed down, a hundred at once too, together with those at the door', async () => {
    const person = await house.person('editor');
    const guess = () => person.send('PUT', '/api/session/password', { current: 'x', next: NEXT, repeated: NEXT });
    const answers = await Promise.all(Array.from({ length: 40 }, guess));
    const tried = answers.filter(({ status }) => status === 422).length;
    expect([tried <= 8, answers.every(({ status }) => status === 422 || status === 429)]).toEqual([true, true]);
    const { name } = json<{ name: string }>(await person.get('/api/session'));
    const username = name.replace('Thử ', '');
    expect((await person.post('/api/session', { username, password: PASSWORD })).status).toBe(429);
    house.clock.advance(20 * 60_000);
  });

  it('two changes at one moment are one: the other finds that its password no longer holds', async () => {
    const [one, username] = [await house.person('editor'), 'editor.2'];
    const two = await new Client(house.url).signIn(username, PASSWORD);
    const change = (who: Client, next: string) =>
      who.send('PUT', '/api/session/password', { current: PASSWORD, next, repeated: next });
    const both = await Promise.all([change(one, `${NEXT} một`), change(two, `${NEXT} hai`)]);
    const statuses = both.map(({ status }) => status).sort();
    expect([
      [204, 401],
      [204, 422],
    ]).toContainEqual(statuses);
    const winner = both[0]?.status === 204 ? 'một' : 'hai';
    expect((await signIn(username, `${NEXT} ${winner}`)).status).toBe(200);
  });

  it('one that an administrator chose opens nothing until its owner has chosen another', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit('/nguoi-dung');
    await admin.submit('/nguoi-dung', {
      username: 'moi.den',
      displayName: 'Lê Mới Đến',
      password: PASSWORD,
      roles: 'editor',
    });
    const person = visitors.stranger();
    await person.visit('/dang-nhap');
    await person.submit('/dang-nhap', { username: 'moi.den', password: PASSWORD });
    expect([person.path, words(person.page.text).includes('Mật khẩu này do quản trị đặt.')]).toEqual([PAGE, true]);
    for (const path of ['/', '/bai', '/bao-mat', '/ban-bien-tap']) {
      await person.visit(path);
      expect([path, person.path]).toEqual([path, PAGE]);
    }
    const program = house.stranger();
    await program.signIn('moi.den', PASSWORD);
    const refused = await program.post('/api/scripts', {});
    expect([refused.status, json<{ code: string }>(refused).code]).toEqual([403, 'password-change-needed']);
    expect((await program.get('/api/session')).status).toBe(200);
    await person.visit(PAGE);
    await person.submit(PAGE, { current: PASSWORD, next: NEXT, repeated: NEXT });
    expect((await person.visit('/ban-bien-tap')).status).toBe(200);

    // Forgotten: an administrator sets another, and the same rule applies again.
    const account = await house.app.get(Accounts).byUsername('moi.den');
    await admin.visit(`/nguoi-dung/${account?.id}`);
    await admin.submit(`/nguoi-dung/${account?.id}/mat-khau`, { password: PASSWORD });
    const again = visitors.stranger();
    await again.visit('/dang-nhap');
    await again.submit('/dang-nhap', { username: 'moi.den', password: PASSWORD });
    expect(again.path).toBe(PAGE);
    expect(await again.submit('/dang-xuat').then(({ status }) => status)).toBe(200);
    expect(visitors.faults()).toEqual([]);
  });
});
