import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { AuditEntry } from '../../people/audit-entry.entity.js';
import { actionText, auditView, changes } from './audit.view.js';

const asked = { who: '', entity: '', id: '', from: '', until: '', before: undefined };
const row = (change: Partial<AuditEntry> = {}) =>
  ({
    seq: 7,
    at: instantOf('2026-11-24', '10:42', VIETNAM) + 5000,
    actorId: 'a',
    actor: 'Lan',
    action: 'slot.placed',
    entity: 'slot',
    entityId: 's1',
    unitId: 'u1',
    before: null,
    after: { state: 'planned' },
    address: '10.0.0.1',
    ...change,
  }) as AuditEntry;

describe('the audit on the screen', () => {
  it('says who, what, when to the second, from where, and in which unit', () => {
    const [first] = auditView([row()], asked, new Map([['u1', 'Phường Bắc Hà']]), VIETNAM, false).rows;
    expect(first).toMatchObject({
      when: '24/11/2026 10:42:05',
      who: 'Lan',
      machine: false,
      address: '10.0.0.1',
      what: 'Lượt phát: xếp vào lịch',
      unit: 'Phường Bắc Hà',
    });
  });

  it('an act that has no word yet is shown as it is written', () => {
    expect([actionText('slot.teleported'), actionText('x.y'), actionText('plain')]).toEqual([
      'Lượt phát: teleported',
      'X: y',
      'Plain',
    ]);
  });

  it('shows what changed, field by field, and nothing that stayed', () => {
    expect(changes({ state: 'a', n: 1 }, { state: 'b', n: 1, list: [1] })).toEqual([
      { field: 'state', before: 'a', after: 'b' },
      { field: 'list', before: '', after: '[1]' },
    ]);
    expect(changes(null, null)).toEqual([]);
    // A program's word for nothing is no word for a person.
    expect(changes(null, { grants: [{ unitId: null }] })[0]?.after).toBe('[{"unitId":"–"}]');
    expect(changes(null, 'text')).toEqual([{ field: '=', before: '', after: 'text' }]);
    expect(changes(null, { body: 'x'.repeat(1000) })[0]?.after).toHaveLength(301);
  });

  it('pages keep what was asked', () => {
    const view = auditView([row()], { ...asked, who: 'lan & co', before: 9 }, new Map(), VIETNAM, true);
    expect([view.older, view.newest]).toEqual(['/nhat-ky?ai=lan+%26+co&truoc=7', '/nhat-ky?ai=lan+%26+co']);
    expect(auditView([], asked, new Map(), VIETNAM, false)).toMatchObject({ older: '', newest: '', filtered: false });
  });
});
