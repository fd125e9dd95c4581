import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { campaignOf, LETTER, Visitors, words } from '../support/visitors.js';

interface Shown {
  id: string;
  version: string;
  minPlaysPerDay: number | null;
  maxPlaysPerDay: number | null;
  from: string | null;
  until: string | null;
  reportDue: string | null;
}

const mended = {
  minPlaysPerDay: 3,
  maxPlaysPerDay: null,
  from: '2026-11-26',
  until: '2026-11-30',
  reportDue: '2026-12-05',
};

describe('an obligation that was misread', () => {
  let house: House;
  let visitors: Visitors;
  beforeEach(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    visitors = new Visitors(house);
  });
  afterEach(() => house.close());

  const told = () => house.app.get(Database).read().findBy(AuditEntry, { entity: 'obligation' });

  it('is mended through the API, by an editor who has seen it, and the audit is told', async () => {
    const editor = await house.person('editor');
    const { id } = json<{ id: string }>(await editor.post('/api/directives', { text: LETTER }));
    const read = async () => json<{ obligations: Shown[] }>(await editor.get(`/api/directives/${id}`)).obligations;
    const [first] = await read();
    if (!first) throw new Error('nothing was read');
    const path = `/api/directives/${id}/obligations/${first.id}`;
    const body = { ...mended, seen: first.version };

    for (const role of ['official', 'approver', 'page-admin', 'admin'] as const)
      expect((await (await house.person(role)).send('PUT', path, body)).status).toBe(403);
    expect((await (await house.person('operator', 'phuong-bac-ha')).send('PUT', path, body)).status).toBe(403);
    expect((await editor.send('PUT', path, { ...body, minPlaysPerDay: '3' })).status).toBe(400);
    const wrong = await editor.send('PUT', path, { ...body, until: '2026-11-25' });
    expect([wrong.status, json(wrong)]).toMatchObject([422, { code: 'bad-period', details: { field: 'until' } }]);
    const other = json<{ id: string }>(
      await editor.post('/api/directives', { text: LETTER.replace('2024/UBND', '2025/UBND') }),
    );
    expect((await editor.send('PUT', `/api/directives/${other.id}/obligations/${first.id}`, body)).status).toBe(404);
    expect(await told()).toEqual([]);

    const done = await editor.send('PUT', path, body);
    expect([done.status, json(done)]).toMatchObject([200, { id: first.id, ...mended }]);
    expect((await read())[0]).toEqual({ ...first, ...mended, version: json<Shown>(done).version });
    const stale = await editor.send('PUT', path, { ...body, minPlaysPerDay: 4 });
    expect([stale.status, json<{ code: string }>(stale).code]).toEqual([412, 'obligation-changed']);
    const facts = await told();
    expect(facts).toMatchObject([
      {
        action: 'obligation.changed',
        entityId: first.id,
        before: { directiveId: id, minPlaysPerDay: 2, until: '2026-11-28' },
        after: { directiveId: id, ...mended },
      },
    ]);
  });

  it('is mended on the page of its letter; what is refused stays typed, with the reason beside it', async () => {
    const editor = await visitors.enter('editor');
    const { directive } = await campaignOf(editor);
    const page = words((await editor.visit(`/cong-van/${directive}`)).text);
    expect(page).toContain('Lịch đã xếp không tự đổi theo.');
    expect(page).toContain('Toàn văn ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH');
    const [action = ''] = /\/cong-van\/[0-9a-f-]{36}\/nhiem-vu\/[0-9a-f-]{36}/.exec(editor.page.text) ?? [];
    const colleague = await visitors.enter('editor');
    await colleague.visit(`/cong-van/${directive}`);

    const refused = await editor.submit(action, { minPlaysPerDay: 'ba', until: '30/11/2026' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/value="ba"[^>]*>\s*<p class="problem">Số lần mỗi ngày phải là số nguyên từ 1 đến 48/);
    expect(refused.text.match(/<details class="correction" open>/g)).toHaveLength(1);
    expect(refused.text).toContain('value="30/11/2026"');
    const saved = words((await editor.submit(action, { minPlaysPerDay: '3' })).text);
    expect(editor.path).toBe(`/cong-van/${directive}?xong=da-luu`);
    expect(saved).toContain('ít nhất 3 25/11/2026 – 30/11/2026');

    const overtaken = await colleague.submit(action, { minPlaysPerDay: '5' });
    expect(overtaken.status).toBe(412);
    expect(words(overtaken.text)).toContain('Nhiệm vụ này vừa được người khác sửa.');
    expect(words(overtaken.text)).toContain('ít nhất 3 25/11/2026 – 30/11/2026');
    expect(overtaken.text).toContain('value="5"');
    expect(words((await colleague.submit(action)).text)).toContain('ít nhất 5 25/11/2026 – 28/11/2026');
    expect((await told()).map(({ action: act }) => act)).toEqual(['obligation.changed', 'obligation.changed']);

    const official = await visitors.enter('official');
    await official.visit(`/cong-van/${directive}`);
    expect([official.page.status, official.page.text.includes('nhiem-vu')]).toEqual([200, false]);
    expect(words(official.page.text)).toContain('Toàn văn ỦY BAN');
    const admin = await visitors.enter('admin');
    await admin.visit('/nhat-ky?ve=obligation');
    expect(words(admin.page.text)).toContain('Nhiệm vụ: sửa');
    expect(visitors.faults()).toEqual([]);
  });
});
