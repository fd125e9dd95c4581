import { VIETNAM } from '../../shared/local-time.js';
import { grantsOf, grantsPerUnit, roleChoices, userRows, userView } from './users.view.js';

const account = (id: string, active = true) => ({
  id,
  username: id,
  displayName: `Người ${id}`,
  passwordHash: '$argon2id$bí mật',
  passwordByAnother: false,
  active,
  createdAt: Date.UTC(2026, 10, 23, 22, 30),
});
const unit = {
  id: 'u1',
  code: 'phuong-bac-ha',
  kind: 'ward' as const,
  name: 'Phường Bắc Hà',
  shortName: 'Bắc Hà',
  parentId: null,
  aliases: [],
  search: '',
  active: true,
};

describe('people on the screen', () => {
  const grants = [
    { id: 'g1', accountId: 'a', role: 'operator' as const, unitId: 'u1' },
    { id: 'g2', accountId: 'a', role: 'page-admin' as const, unitId: null },
    { id: 'g3', accountId: 'b', role: 'operator' as const, unitId: 'gone' },
  ];
  const rows = userRows([account('a'), account('b'), account('c', false)], grants, [unit], 'a', VIETNAM);

  it('have their roles with the unit that they hold for, and a day of Vietnam', () => {
    expect(rows.map((row) => [row.roles, row.since])).toEqual([
      ['Trực đài (Phường Bắc Hà), Quản trị fanpage', '24/11/2026'],
      ['Trực đài (đơn vị không còn)', '24/11/2026'],
      ['', '24/11/2026'],
    ]);
  });

  it('nobody shuts himself out, and nobody is shut out twice', () => {
    expect(rows.map((row) => row.mayDisable)).toEqual([false, true, false]);
  });

  it('a password is in no view', () => {
    expect(JSON.stringify(rows)).not.toContain('argon2');
  });

  it('only an operator gets the unit', () => {
    expect(grantsOf(['operator', 'editor'], 'phuong-bac-ha')).toEqual([
      { role: 'operator', unitCode: 'phuong-bac-ha' },
      { role: 'editor' },
    ]);
    expect(grantsOf(['operator'], '')).toEqual([{ role: 'operator' }]);
    expect(
      roleChoices(['editor'])
        .filter(({ chosen }) => chosen)
        .map(({ name }) => name),
    ).toEqual(['Biên tập viên']);
  });

  it('are found without tone marks, also by what they do and where', () => {
    const found = (search: string) =>
      userRows([account('a'), account('b')], grants, [unit], null, VIETNAM, search).map((row) => row.id);
    expect([found('bac ha'), found('truc dai'), found('quan tri fanpage'), found('xyz')]).toEqual([
      ['a'],
      ['a', 'b'],
      ['a'],
      [],
    ]);
  });

  it('one of them: roles for the city, wards one by one, and an old ward that is no longer active', () => {
    const old = { ...unit, id: 'u2', code: 'cu', name: 'Phường cũ', active: false };
    const gone = { id: 'g4', accountId: 'a', role: 'operator' as const, unitId: 'u2' };
    const view = userView(account('a'), [...grants.slice(0, 2), gone], [unit, old], 'b', VIETNAM, { enrolledAt: null });
    expect(view.cityRoles.filter(({ chosen }) => chosen).map(({ role }) => role)).toEqual(['page-admin']);
    expect(view.wards).toEqual([
      { code: 'phuong-bac-ha', name: 'Phường Bắc Hà', chosen: true },
      { code: 'cu', name: 'Phường cũ', chosen: true },
    ]);
    expect(view.enrolled).toBe('');
    expect(grantsPerUnit(['editor', 'operator'], ['x', 'y'])).toEqual([
      { role: 'editor' },
      { role: 'operator', unitCode: 'x' },
      { role: 'operator', unitCode: 'y' },
    ]);
  });
});
