import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { examplesOf, TemplateVersions } from '../../src/scripts/template-versions.service.js';
import { TemplateCatalog } from '../../src/scripts/template-catalog.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';
import { Visitors, words } from '../support/visitors.js';

const CODE = 'general.loudspeaker';
const robot = systemActor('thử nghiệm');

describe('templates edited on screen', () => {
  let house: House;
  let visitors: Visitors;
  beforeEach(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    visitors = new Visitors(house);
  });
  afterEach(() => house.close());

  it('an administrator looks at it on sample data, saves a version, and goes back to the original', async () => {
    const admin = await visitors.enter('admin', undefined, 'Phạm Quản Trị');
    expect((await admin.visit('/mau-bai?tim=thong bao chung')).text).toContain(`/mau-bai/${CODE}`);
    const page = await admin.visit(`/mau-bai/${CODE}`);
    expect(words(page.text)).toContain('tăng cường bảo đảm trật tự an toàn giao thông');
    const { source } = await house.app.get(TemplateVersions).text(CODE);
    const changed = source.replace('Xin nhắc lại, thông báo', 'Xin được nhắc lại, thông báo');
    const looked = await admin.submit(`/mau-bai/${CODE}`, { source: changed, viec: 'xem' });
    expect(words(looked.text)).toContain('Xin được nhắc lại, thông báo này là về việc tăng cường');
    expect((await house.app.get(TemplateVersions).text(CODE)).n).toBe(0);
    const saved = await admin.submit(`/mau-bai/${CODE}`, { source: changed, note: 'lễ phép hơn', viec: 'luu' });
    expect(words(saved.text)).toMatch(/Phạm Quản Trị ?: lễ phép hơn/);
    const catalog = house.app.get(TemplateCatalog);
    const fill = async () => {
      const template = (await catalog.all()).templates.get(CODE);
      return (await catalog.fill(CODE, 'ward-loudspeaker', template ? examplesOf(template) : {})).text;
    };
    expect(await fill()).toContain('Xin được nhắc lại');
    const old = await admin.visit(`/mau-bai/${CODE}?ban=0`);
    expect(words(old.text)).toContain('Bạn đang xem bản gốc');
    await admin.submit(`/mau-bai/${CODE}`, { note: 'về bản gốc', viec: 'luu' });
    expect(await fill()).not.toContain('Xin được nhắc lại');
    expect(await house.app.get(TemplateVersions).versions(CODE)).toMatchObject([{ n: 2 }, { n: 1 }]);
    const facts = await house.app.get(Database).read().findBy(AuditEntry, { entity: 'template' });
    expect(facts.map(({ action, entityId }) => [action, entityId])).toEqual([
      ['template.changed', CODE],
      ['template.changed', CODE],
    ]);
    expect(visitors.faults()).toEqual([]);
  });

  it('a template with faults is named line by line and reaches no script; what was typed is kept', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit(`/mau-bai/${CODE}`);
    const { source } = await house.app.get(TemplateVersions).text(CODE);
    const bad: [string, RegExp][] = [
      [source.replace('{{matter}}.', '{{{matter}}}.'), /Dòng \d+:/],
      [source.replace('{{matter}}.', '{{khong_co}}.'), /Dòng \d+:/],
      ['chỉ có chữ', /Dòng 1:/],
      [source.replace('code: general.loudspeaker', 'code: other.loudspeaker'), /Không đổi được "code"/],
      [source.replace('kind: loudspeaker', 'kind: fanpage'), /Không đổi được/],
      [source, /Nội dung chưa có gì thay đổi/],
    ];
    for (const [text, sentence] of bad) {
      await admin.visit(`/mau-bai/${CODE}`);
      const answer = await admin.submit(`/mau-bai/${CODE}`, { source: text, viec: 'luu' });
      expect([answer.status, sentence.test(words(answer.text))]).toEqual([422, true]);
    }
    expect(await house.app.get(TemplateVersions).versions(CODE)).toEqual([]);
    expect((await admin.visit('/mau-bai/khong.co')).status).toBe(404);
    expect((await admin.visit(`/mau-bai/${CODE}?ban=7`)).status).toBe(404);
    const token = /name="csrf-token" content="([^"]+)"/.exec((await admin.visit('/mau-bai')).text)?.[1] ?? '';
    const piece = await admin.client.post(
      `/mau-bai/${CODE}/xem-thu`,
      new URLSearchParams({ source: 'x', basedOn: '0', note: '' }),
      { 'x-csrf-token': token, 'hx-request': 'true' },
    );
    expect([piece.status, piece.text.includes('<html'), /Dòng 1:/.test(words(piece.text))]).toEqual([200, false, true]);
    expect(visitors.faults()).toEqual([]);
  });

  it('of two who save at once one is told; a text that an update made unfit gives way to the original', async () => {
    const book = house.app.get(TemplateVersions);
    const { source } = await book.text(CODE);
    const save = (words: string) => book.save(robot, CODE, source.replace('Xin nhắc lại', words), 0, '');
    const both = await Promise.allSettled([save('Một lần nữa'), save('Xin nói lại')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'newer-template' } });
    await house.app
      .get(Database)
      .write((tx) => tx.query(`UPDATE template_version SET source = 'hỏng', id = '${'0'.repeat(36)}'`));
    const admin = await visitors.enter('admin');
    expect(words((await admin.visit(`/mau-bai/${CODE}`)).text)).toContain('bản gốc đang được dùng');
    const { templates } = await house.app.get(TemplateCatalog).all();
    expect(templates.get(CODE)?.body).toContain('Xin nhắc lại');
  });

  it('asks the same number of questions however many versions there are, and is for administrators', async () => {
    const book = house.app.get(TemplateVersions);
    const catalog = house.app.get(TemplateCatalog);
    await catalog.all();
    const before = await countStatements(house, () => catalog.all());
    const { source } = await book.text(CODE);
    for (let n = 0; n < 5; n++)
      await book.save(robot, CODE, source.replace('Xin nhắc lại', `Xin nhắc lần ${n}`), n, '');
    expect([before, await countStatements(house, () => catalog.all())]).toEqual([1, 1]);
    for (const role of ['editor', 'approver', 'official'] as const) {
      expect((await (await visitors.enter(role)).visit('/mau-bai')).status).toBe(403);
    }
  });
});
