import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { SecondPerson } from '../../src/people/sign-in/second-person.service.js';
import { approvedClip } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { codeOf, Colleagues, type Person } from '../support/colleagues.js';
import { type House, openHouse } from '../support/house.js';
import { enrolPhone, enrolPhoneWith, giveCode } from '../support/phone.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('a day of waiting', () => {
  let house: House;
  let people: Colleagues;
  beforeAll(async () => {
    house = await openHouse();
    people = new Colleagues(house);
  });
  afterAll(() => house.close());

  const approving = async (one: Person) => codeOf(await people.approve(one));

  /** Every way in which one administrator could act as an approver. */
  const ways: [string, (admin: Person) => Promise<Person>][] = [
    ['created', (admin) => people.madeBy(admin, 'approver')],
    [
      'role-granted',
      async (admin) => {
        const made = await people.madeBy(admin, 'editor');
        const grants = [{ role: 'editor' }, { role: 'approver' }];
        expect((await admin.client.send('PUT', `/api/accounts/${made.id}/grants`, { grants })).status).toBe(204);
        return people.back(made);
      },
    ],
    [
      'role-granted',
      async (admin) => {
        const grants = [{ role: 'admin' }, { role: 'approver' }];
        expect((await admin.client.send('PUT', `/api/accounts/${admin.id}/grants`, { grants })).status).toBe(204);
        return people.back(admin);
      },
    ],
    [
      'password-set',
      async (admin) => {
        const approver = await people.withPhone(await people.person('approver'));
        const set = { password: 'quản trị chọn hộ bạn' };
        expect((await admin.client.send('PUT', `/api/accounts/${approver.id}/password`, set)).status).toBe(204);
        const { phone } = approver;
        return Object.assign(await people.chosen({ ...approver, password: set.password, phone: undefined }), { phone });
      },
    ],
    [
      'phone-reset',
      async (admin) => {
        const approver = await people.withPhone(await people.person('approver'));
        expect((await admin.client.send('DELETE', `/api/accounts/${approver.id}/second-factor`)).status).toBe(204);
        return people.back({ ...approver, phone: undefined });
      },
    ],
    [
      'enabled',
      async (admin) => {
        const approver = await people.person('approver');
        await admin.client.send('DELETE', `/api/accounts/${approver.id}`);
        expect((await admin.client.post(`/api/accounts/${approver.id}/enable`)).status).toBe(204);
        return people.back(approver);
      },
    ],
  ];

  it.each(ways)(
    '%s: the account neither approves nor confirms nor lets enrol until it is over, and all are told',
    async (cause, way) => {
      const [admin, witness] = [await people.person('admin'), await people.withPhone(await people.person('approver'))];
      let one = await way(admin);
      if (!one.phone) one.phone = await enrolPhone(house, one.client);
      await people.back(one);
      const told = await people.waitingFor(one, witness);
      expect(told.map((row) => row.cause)).toEqual([cause]);
      expect(await approving(one)).toBe('403 waiting-period');
      // Nor does it end another account's waiting period, or give it a phone.
      const dummy = await people.madeBy(admin, 'approver');
      const [row] = await people.waitingFor(dummy, witness);
      if (one.id !== admin.id) expect(codeOf(await people.confirm(one, row))).toBe('403 waiting-period');
      expect(codeOf(await people.issue(one, dummy))).toBe('403 waiting-period');

      house.clock.advance(24 * HOUR - 1 - (house.clock.now() - ((told[0]?.until ?? 0) - 24 * HOUR)));
      one = await people.back(one);
      expect(await approving(one)).toBe('403 waiting-period');
      house.clock.advance(1);
      expect(await approving(one)).toBe('200');
      expect(await people.waitingFor(one, await people.back(witness))).toEqual([]);
    },
  );

  it('the refusal says how long it lasts', async () => {
    const admin = await people.person('admin');
    const one = await people.madeBy(admin, 'approver');
    await enrolPhone(house, one.client);
    house.clock.advance(9 * MINUTE);
    const { versionId } = await approvedClip(house, { state: 'submitted' });
    const { contentHash } = json<{ contentHash: string }>(await one.client.get(`/api/approvals/${versionId}`));
    const refused = await one.client.post(`/api/approvals/${versionId}/approve`, { contentHash });
    expect(json<{ message: string }>(refused).message).toContain('còn 23 giờ 51 phút');
  });

  it('holds for an order outside of every approval too', async () => {
    const admin = await people.person('admin');
    const one = await people.madeBy(admin, 'approver', 'editor');
    await enrolPhone(house, one.client);
    const { clipId, campaignId } = await approvedClip(house, { bulletinClass: 'emergency' });
    const startsAt = house.clock.now() + HOUR;
    const order = { channelCode: 'truyen-thanh-phuong-bac-ha', startsAt, campaignId, clipId };
    const answer = await one.client.post('/api/slots', { ...order, emergency: { reason: 'Hồ xả lũ' } });
    expect(codeOf(answer)).toBe('403 waiting-period');
  });

  it('a second person with a fresh code ends it; neither who did it, nor the account, nor one that waits', async () => {
    const [admin, second, bare] = [
      await people.withPhone(await people.person('admin')),
      await people.withPhone(await people.person('admin')),
      await people.person('admin'),
    ];
    const one = await people.madeBy(admin, 'approver');
    one.phone = await enrolPhoneWith(one.client, await people.codeFrom(admin, one), () => house.clock.now());
    const [row] = await people.waitingFor(one, second);
    if (!row) throw new Error('nothing waits');
    // An account of the same administrator is no second person, though it has a phone.
    const own = await people.madeBy(admin, 'admin');
    own.phone = await enrolPhone(house, own.client);
    expect([
      codeOf(await people.confirm(admin, row)),
      codeOf(await people.confirm(one, row)),
      codeOf(await people.confirm(own, row)),
      codeOf(await people.confirm(bare, row)),
      codeOf(await people.confirm(await people.person('editor'), row)),
      codeOf(await people.confirm(second, { ...row, id: 'khong-co' })),
    ]).toEqual([
      '403 second-person-needed',
      '403 second-person-needed',
      '403 waiting-period',
      '403 enrolment-needed',
      '403 forbidden',
      '404 not-found',
    ]);
    house.clock.advance(11 * MINUTE);
    expect(codeOf(await people.confirm(second, row))).toBe('403 code-needed');
    await giveCode(second.client, second.phone);
    await giveCode(one.client, one.phone);
    expect(await approving(one)).toBe('403 waiting-period');
    const twice = await Promise.all([people.confirm(second, row), people.confirm(second, row)]);
    expect(twice.map(codeOf).sort()).toEqual(['204', '409 waiting-over']);
    expect(await approving(one)).toBe('200');
    const em = house.app.get(Database).read();
    const facts = await em.findBy(AuditEntry, { entityId: one.id });
    const said = facts
      .filter(({ action }) => action.startsWith('account.waiting'))
      .map((fact) => [fact.action, fact.actorId]);
    expect(said).toEqual([
      ['account.waiting-begun', admin.id],
      ['account.waiting-confirmed', second.id],
    ]);
    // An action after that starts a new waiting period.
    await admin.client.send('DELETE', `/api/accounts/${one.id}/second-factor`);
    expect((await people.waitingFor(one, second)).map(({ cause }) => cause)).toEqual(['phone-reset']);
  });

  it('stopped, it ends all that the account could do, and by a confirmation only', async () => {
    const [admin, second] = [await people.person('admin'), await people.withPhone(await people.person('approver'))];
    const one = await people.madeBy(admin, 'approver');
    one.phone = await enrolPhone(house, one.client);
    const enrolment = await people.person('approver');
    await admin.client.send('DELETE', `/api/accounts/${enrolment.id}/second-factor`);
    const unused = await people.codeFrom(admin, enrolment);
    await people.back(enrolment);
    const [[row], [other]] = [await people.waitingFor(one, second), await people.waitingFor(enrolment, second)];
    expect(codeOf(await people.stop(second, row))).toBe('204');
    expect(codeOf(await people.stop(enrolment, other))).toBe('204');
    // One had a password that the administrator had chosen; the other's own password is still valid, and opens no
    // phone.
    expect((await one.client.get('/api/session')).status).toBe(401);
    expect((await enrolment.client.get('/api/session')).status).toBe(401);
    const signIn = ({ username, password }: Person) => house.stranger().post('/api/session', { username, password });
    expect([(await signIn(one)).status, (await signIn(enrolment)).status]).toEqual([401, 200]);
    await people.back(enrolment);
    const begun = await enrolment.client.post('/api/session/second-factor', { enrolmentCode: unused });
    expect(codeOf(begun)).toBe('422 wrong-enrolment-code');
    house.clock.advance(72 * HOUR);
    await people.back(admin);
    await people.back(second);
    const set = { password: 'quản trị chọn hộ bạn' };
    await admin.client.send('PUT', `/api/accounts/${one.id}/password`, set);
    const again = await people.chosen({ ...one, password: set.password, phone: undefined });
    await enrolPhone(house, again.client);
    house.clock.advance(25 * HOUR);
    await people.back(second);
    expect((await people.waitingFor(one, second)).map(({ stoppedAt }) => stoppedAt !== null)).toEqual([true]);
    await people.back(again);
    expect(await approving(again)).toBe('403 waiting-period');
    expect(codeOf(await people.confirm(second, row))).toBe('204');
    expect(await approving(again)).toBe('403 code-needed');
    expect(codeOf(await people.stop(second, row))).toBe('409 waiting-over');
  });

  it('nothing waits for people who neither approve nor administer, nor for what the terminal did; the terminal confirms', async () => {
    const [admin, witness] = [await people.person('admin'), await people.withPhone(await people.person('approver'))];
    const editor = await people.madeBy(admin, 'editor');
    await admin.client.send('PUT', `/api/accounts/${editor.id}/password`, { password: 'quản trị chọn hộ bạn' });
    expect(await people.waitingFor(editor, witness)).toEqual([]);
    expect(await people.waitingFor(witness, witness)).toEqual([]);
    // An approver who becomes an administrator too could confirm before.
    const grants = [{ role: 'approver' }, { role: 'admin' }];
    await admin.client.send('PUT', `/api/accounts/${witness.id}/grants`, { grants });
    expect(await people.waitingFor(witness, await people.back(witness))).toEqual([]);
    const one = await people.madeBy(admin, 'approver');
    one.phone = await enrolPhone(house, one.client);
    expect(await house.app.get(SecondPerson).confirmAll(systemActor('dòng lệnh'), one.id)).toBe(1);
    expect(await approving(one)).toBe('200');
  });

  it('an account of before, with a password that an administrator chose, waits when it gets its code', async () => {
    const [admin, witness] = [await people.person('admin'), await people.withPhone(await people.person('approver'))];
    const one = await people.person('approver');
    await house.app
      .get(Database)
      .write((tx) =>
        tx.query(
          'UPDATE account SET password_by_another = true WHERE id = ' +
            (house.app.get(Database).isPostgres ? '$1' : '?'),
          [one.id],
        ),
      );
    await people.codeFrom(admin, one);
    await people.codeFrom(admin, one);
    expect((await people.waitingFor(one, witness)).map(({ cause }) => cause)).toEqual(['code-issued']);
  });
});
