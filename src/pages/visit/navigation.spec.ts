import type { Actor } from '../../people/access/actor.js';
import { roles, type Role } from '../../people/access/role.js';
import { homeOf, navigation } from './navigation.js';

const actor = (...held: Role[]): Actor => ({
  accountId: 'a',
  name: 'Thử',
  grants: held.map((role) => ({ role, unitId: role === 'operator' ? 'u' : null })),
});

describe('the menu', () => {
  it.each(roles.map((role) => [role]))('the first screen of %s is in his menu', (role) => {
    const places = navigation(actor(role), '/').map(({ href }) => href);
    expect(places).toContain(homeOf(actor(role)));
  });

  it('an operator sees today, the week, how far his ward is and how it reads, and nothing of the making', () => {
    expect(navigation(actor('operator'), '/hom-nay').map(({ href }) => href)).toEqual([
      '/hom-nay',
      '/lich',
      '/tien-do',
      '/tu-dien',
    ]);
  });

  it('marks the place where one is, also below it, and only that', () => {
    const active = (path: string) => navigation(actor('editor'), path).flatMap((one) => (one.active ? [one.href] : []));
    expect([active('/bai'), active('/bai/123/xep-lich'), active('/bai-dang/1'), active('/x')]).toEqual([
      ['/bai'],
      ['/bai'],
      ['/bai-dang'],
      [],
    ]);
  });

  it('whoever has no role is told so', () => {
    expect([navigation(actor(), '/'), homeOf(actor())]).toEqual([[], '/khong-co-viec']);
  });
});
