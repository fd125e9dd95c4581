import { Database } from '../../src/database/database.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { EnrolmentCode } from '../../src/people/sign-in/enrolment-code.entity.js';
import { SecondPerson } from '../../src/people/sign-in/second-person.service.js';
import { Client, json } from '../support/client.js';
import { codeOf, Colleagues, OWN_PASSWORD, type Person, type Waiting } from '../support/colleagues.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';
import { enrolmentCode, giveCode, Phone } from '../support/phone.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('a first phone', () => {
  let house: House;
  let people: Colleagues;
  beforeAll(async () => {
    house = await openHouse();
    people = new Colleagues(house);
  });
  afterAll(() => house.close());

  it('needs a code that somebody else issued: good once, for its account, for a day, and kept nowhere', async () => {
    const [admin, approver, other] = [
      await people.person('admin'),
      await people.person('approver'),
      await people.person('approver'),
    ];
    const begin = (who: Person, enrolmentCode?: string) =>
      who.client.post('/api/session/second-factor', enrolmentCode === undefined ? undefined : { enrolmentCode });
    expect(codeOf(await begin(approver))).toBe('403 enrolment-code-needed');
    expect(codeOf(await begin(approver, '  -  '))).toBe('403 enrolment-code-needed');
    expect(codeOf(await begin(approver, 'ABCD-ABCD-ABCD-ABCD'))).toBe('422 wrong-enrolment-code');
    const old = await people.codeFrom(admin, approver);
    const code = await people.codeFrom(admin, approver);
    expect(codeOf(await begin(approver, old))).toBe('422 wrong-enrolment-code');
    expect(codeOf(await begin(other, code))).toBe('422 wrong-enrolment-code');
    house.clock.advance(24 * HOUR);
    await people.back(approver);
    expect(codeOf(await begin(approver, code))).toBe('422 wrong-enrolment-code');
    await people.back(admin);
    const fresh = await people.codeFrom(admin, approver);
    const both = await Promise.all([
      begin(approver, fresh),
      begin(await people.back({ ...approver, client: new Client(house.url) }), fresh),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['201', '422 wrong-enrolment-code']);
    const em = house.app.get(Database).read();
    const kept = JSON.stringify([await em.find(EnrolmentCode), await em.find(AuditEntry)]);
    for (const secret of [old, code, fresh]) expect(kept).not.toContain(secret);
    const issued = await em.findBy(AuditEntry, { action: 'second-factor.code-issued', entityId: approver.id });
    expect(issued.map(({ actorId }) => actorId)).toEqual([admin.id, admin.id, admin.id]);
  });

  it('goes on in the session that began it: a stolen password elsewhere never sees the secret, nor ends the enrolment', async () => {
    const approver = await people.person('approver');
    const thief = await new Client(house.url).signIn(approver.username, PASSWORD);
    const enrolment = { enrolmentCode: await enrolmentCode(house, approver.id) };
    const { secret } = json<{ secret: string }>(await approver.client.post('/api/session/second-factor', enrolment));
    const spaced = secret.match(/.{1,4}/g)?.join(' ') ?? '';
    const page = (client: Client) => client.get('/bao-mat/dien-thoai', { accept: 'text/html' });
    expect((await page(approver.client)).text).toContain(spaced);
    expect((await page(thief)).text).not.toContain(spaced);
    expect(json<{ pending: boolean }>(await thief.get('/api/session/second-factor')).pending).toBe(false);
    const code = new Phone(secret, () => house.clock.now()).code();
    expect(codeOf(await thief.post('/api/session/second-factor/finish', { code }))).toBe('409 no-enrolment');
    expect((await approver.client.post('/api/session/second-factor/finish', { code })).status).toBe(200);
  });

  it('nobody issues a code for himself; another administrator, an approver with a fresh code or the terminal does', async () => {
    const [both, admin, editor] = [
      await people.person('admin', 'approver'),
      await people.person('admin'),
      await people.person('editor'),
    ];
    const [approver, bare] = [await people.withPhone(await people.person('approver')), await people.person('approver')];
    expect(codeOf(await people.issue(both, both))).toBe('403 own-enrolment-code');
    expect(codeOf(await people.issue(editor, both))).toBe('403 forbidden');
    expect(codeOf(await people.issue(bare, both))).toBe('403 enrolment-needed');
    house.clock.advance(11 * MINUTE);
    expect(codeOf(await people.issue(approver, both))).toBe('403 code-needed');
    await giveCode(approver.client, approver.phone);
    expect(codeOf(await people.issue(approver, both))).toBe('201');
    expect(codeOf(await people.issue(admin, both))).toBe('201');
    expect(codeOf(await people.issue(admin, approver))).toBe('409 phone-enrolled');
    expect(codeOf(await people.issue(admin, { ...both, id: 'khong-co' }))).toBe('404 not-found');
    expect(await house.app.get(SecondPerson).issueEnrolmentCode(systemActor('dòng lệnh'), both.id)).toMatch(/^\w{4}-/);
  });

  it('on the pages: the owner, approvers and administrators are told, confirm and stop; a code is shown once', async () => {
    const fresh = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    try {
      const visitors = new Visitors(fresh);
      const [admin, leader] = [
        await visitors.enter('admin', undefined, 'Phạm Quản Trị'),
        await visitors.enter('approver', undefined, 'Trần Lãnh Đạo'),
      ];
      const made = async (username: string, displayName: string) => {
        await admin.visit('/nguoi-dung');
        await admin.submit('/nguoi-dung', { username, displayName, password: PASSWORD, roles: 'approver' });
        const visitor = visitors.stranger();
        await visitor.visit('/dang-nhap');
        await visitor.submit('/dang-nhap', { username, password: PASSWORD });
        await visitor.submit('/bao-mat/mat-khau', { current: PASSWORD, next: OWN_PASSWORD, repeated: OWN_PASSWORD });
        return { visitor, id: (await fresh.app.get(Accounts).byUsername(username))?.id ?? '' };
      };
      const [one, two] = [await made('moi.mot', 'Lê Mới Một'), await made('moi.hai', 'Lê Mới Hai')];
      const banner =
        'Tài khoản của bạn chưa duyệt và xác nhận được gì đến Thứ Tư 25/11, 10:42, vì: Phạm Quản Trị tạo tài khoản này.';
      for (const path of ['/duyet', '/bao-mat', '/lich'])
        expect([path, words((await one.visitor.visit(path)).text).includes(banner)]).toEqual([path, true]);
      const note = 'Lê Mới Một: Phạm Quản Trị tạo tài khoản này · đến Thứ Tư 25/11, 10:42';
      expect(words((await leader.visit('/duyet')).text)).toContain(note);
      expect(words((await admin.visit('/nguoi-dung')).text)).toContain(note);
      expect(words(leader.page.text)).not.toContain('Tài khoản của bạn');

      // The administrator issues the code and may stop the waiting period, not confirm; nobody confirms for himself.
      await admin.visit('/cho-xac-nhan');
      const page = words(admin.page.text);
      expect([page.includes('Bạn đã làm việc này'), page.includes('Tôi đã hỏi, xác nhận')]).toEqual([true, false]);
      await admin.submit(`/cho-xac-nhan/ma-cai-dat/${one.id}`);
      const code = /class="secret">([^<]+)</.exec(admin.page.text)?.[1] ?? '';
      expect((await admin.visit('/cho-xac-nhan')).text).not.toContain(code);
      await one.visitor.visit('/bao-mat');
      const wrong = await one.visitor.submit('/bao-mat/dien-thoai', { enrolmentCode: 'ABCD-ABCD-ABCD-ABCD' });
      expect([wrong.status, words(wrong.text).includes('Mã cài đặt không đúng')]).toEqual([422, true]);
      await one.visitor.visit('/bao-mat');
      await one.visitor.submit('/bao-mat/dien-thoai', { enrolmentCode: code.toLowerCase() });
      expect(one.visitor.path).toBe('/bao-mat/dien-thoai');
      await admin.visit(`/nguoi-dung/${two.id}`);
      await admin.submit(`/cho-xac-nhan/ma-cai-dat/${two.id}`);
      expect(words(admin.page.text)).toContain('Dành cho Lê Mới Hai');

      const [latest, first] = json<Waiting[]>(await leader.client.get('/api/waiting-periods'));
      fresh.clock.advance(11 * MINUTE);
      await leader.visit('/cho-xac-nhan');
      await leader.submit(`/cho-xac-nhan/${first?.id}/xac-nhan`);
      expect(leader.path).toBe('/ma-xac-thuc?tiep=%2Fcho-xac-nhan');
      await leader.submit('/dang-xuat');
      await visitors.comeBack(leader);
      await leader.visit('/cho-xac-nhan');
      await leader.submit(`/cho-xac-nhan/${first?.id}/xac-nhan`);
      expect([leader.path, words(leader.page.text).includes('Đã xác nhận.')]).toEqual([
        '/cho-xac-nhan?xong=da-xac-nhan',
        true,
      ]);
      expect(words((await one.visitor.visit('/duyet')).text)).not.toContain('Tài khoản của bạn');
      await two.visitor.visit('/cho-xac-nhan');
      await two.visitor.submit(`/cho-xac-nhan/${latest?.id}/chan`);
      expect(two.visitor.page.text).toContain('name="password"');
      expect(words((await leader.visit('/cho-xac-nhan')).text)).toContain('Lê Mới Hai báo không ai yêu cầu việc này.');
      expect(visitors.faults()).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
