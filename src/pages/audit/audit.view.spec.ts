import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { AuditEntry } from '../../people/audit/audit-entry.entity.js';
import { entityNames, verbNames } from './audit-words.js';
import { actionText, auditView, fieldChanges } from './audit.view.js';

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
    expect(fieldChanges({ state: 'a', n: 1 }, { state: 'b', n: 1, list: [1] }, VIETNAM)).toEqual([
      { field: 'trạng thái', before: 'a', after: 'b' },
      { field: 'list', before: '', after: '[1]' },
    ]);
    expect(fieldChanges(null, null, VIETNAM)).toEqual([]);
    // `null` is shown as a dash.
    expect(fieldChanges(null, { list: [{ unitId: null }] }, VIETNAM)[0]?.after).toBe('[{"unitId":"–"}]');
    expect(fieldChanges(null, 'text', VIETNAM)).toEqual([{ field: '=', before: '', after: 'text' }]);
    expect(fieldChanges(null, { body: 'x'.repeat(1000) }, VIETNAM)[0]?.after).toHaveLength(301);
  });

  it('says moments, yes and no, roles and states in words', () => {
    const dueAt = instantOf('2026-11-27', '09:00', VIETNAM);
    const after = { dueAt, paused: true, state: 'awaiting-person', grants: [{ role: 'editor' }], profile: 'horn' };
    expect(fieldChanges(null, after, VIETNAM).map((one) => [one.field, one.after])).toEqual([
      ['giờ hẹn', '27/11/2026 09:00:00'],
      ['tạm dừng', 'có'],
      ['trạng thái', 'chờ người đăng'],
      ['vai trò', 'Biên tập viên'],
      ['loại bản thu', 'Bản thu cho loa nén ngoài trời'],
    ]);
  });

  it('every act that the house writes down has words', () => {
    const source = fileURLToPath(new URL('../..', import.meta.url));
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    const code = files
      .filter((file) => /(?<!\.spec)\.ts$/.test(file))
      .map((file) => readFileSync(join(source, file), 'utf8'));
    const acts = code.flatMap((text) => [...text.matchAll(/action: '([a-z-]+)\.([a-z-]+)'/g)]);
    expect(acts.length).toBeGreaterThan(30);
    const wordless = acts.filter(([, entity = '', verb = '']) => !entityNames[entity] || !verbNames[verb]);
    expect(wordless.map(([act]) => act)).toEqual([]);
  });

  it('pages keep what was asked', () => {
    const view = auditView([row()], { ...asked, who: 'lan & co', before: 9 }, new Map(), VIETNAM, true);
    expect([view.older, view.newest]).toEqual(['/nhat-ky?ai=lan+%26+co&truoc=7', '/nhat-ky?ai=lan+%26+co']);
    expect(auditView([], asked, new Map(), VIETNAM, false)).toMatchObject({ older: '', newest: '', filtered: false });
  });
});
