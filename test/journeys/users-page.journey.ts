import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { Database } from '../../src/database/database.js';
import { RoleGrant } from '../../src/people/accounts/role-grant.entity.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

describe('people, one by one', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  it('an administrator finds a person, gives roles ward by ward, a new password, locks and unlocks', async () => {
    const admin = await visitors.enter('admin', undefined, 'Phạm Quản Trị');
    const person = await visitors.enter('operator', 'phuong-bac-ha', 'Trần Thị Trực');
    const account = await house.app.get(Accounts).byUsername('operator.1');
    const id = account?.id ?? '';
    const list = await admin.visit('/nguoi-dung?tim=tran thi truc');
    expect([list.text.includes(`/nguoi-dung/${id}`), list.text.includes('operator.1')]).toEqual([true, true]);
    expect(words((await admin.visit('/nguoi-dung?tim=khong ai')).text)).toContain('Không có người dùng nào khớp.');
    const page = await admin.visit(`/nguoi-dung/${id}`);
    expect(page.text).toMatch(/value="phuong-bac-ha" checked/);
    const token = /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const roles = new URLSearchParams([
      ['_csrf', token],
      ['roles', 'page-admin'],
      ['wards', 'phuong-bac-ha'],
      ['wards', 'phuong-nam-ha'],
    ]);
    expect((await admin.client.post(`/nguoi-dung/${id}/quyen`, roles)).status).toBe(303);
    const held = await house.app.get(Database).read().findBy(RoleGrant, { accountId: id });
    expect(held.map(({ role }) => role).sort()).toEqual(['operator', 'operator', 'page-admin']);
    expect((await person.visit('/hom-nay')).text).toContain('name="password"');

    await admin.visit(`/nguoi-dung/${id}`);
    const weak = await admin.submit(`/nguoi-dung/${id}/mat-khau`, { password: 'ngắn' });
    expect([weak.status, weak.text.includes('value="ngắn"')]).toEqual([422, false]);
    const secret = 'mật khẩu hoàn toàn mới 2026';
    await admin.visit(`/nguoi-dung/${id}`);
    expect(words((await admin.submit(`/nguoi-dung/${id}/mat-khau`, { password: secret })).text)).toContain(
      'Đã đặt mật khẩu mới',
    );
    const again = visitors.stranger();
    await again.visit('/dang-nhap');
    await again.submit('/dang-nhap', { username: 'operator.1', password: PASSWORD });
    expect(again.page.text).toContain('name="password"');
    await again.submit('/dang-nhap', { username: 'operator.1', password: secret });
    expect(again.page.text).not.toContain('name="password"');

    await admin.visit(`/nguoi-dung/${id}`);
    await admin.submit(`/nguoi-dung/${id}/khoa`);
    expect((await again.visit('/hom-nay')).text).toContain('name="password"');
    await admin.visit(`/nguoi-dung/${id}`);
    expect(words((await admin.submit(`/nguoi-dung/${id}/mo`)).text)).toContain('Đã mở khóa tài khoản.');
    expect(visitors.faults()).toEqual([]);
  });

  it('the last administrator stays one, an unknown person is a missing page, nobody else comes in', async () => {
    const admin = await visitors.enter('admin');
    const own = await house.app.get(Accounts).byUsername('admin.3');
    await admin.visit(`/nguoi-dung/${own?.id}`);
    expect(words(admin.page.text)).toContain('Đây là tài khoản của bạn');
    expect((await admin.visit('/nguoi-dung/khong-co')).status).toBe(404);
    const first = await house.app.get(Accounts).byUsername('admin.0');
    await admin.visit(`/nguoi-dung/${first?.id}`);
    await admin.submit(`/nguoi-dung/${first?.id}/khoa`);
    await admin.visit(`/nguoi-dung/${own?.id}`);
    const refused = await admin.submit(`/nguoi-dung/${own?.id}/quyen`, {});
    expect([refused.status, words(refused.text).includes('ít nhất một quản trị hệ thống')]).toEqual([409, true]);
    expect((await (await visitors.enter('editor')).visit('/nguoi-dung')).status).toBe(403);
    expect(visitors.faults()).toEqual([]);
  });
});
