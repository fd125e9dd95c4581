import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

describe('units, which the law changes', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse();
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());
  const unit = (code: string) => house.app.get(Database).read().findOneByOrFail(Unit, { code });

  it('an administrator finds one by how letters write it, adds one, gives it another name, and lets it go', async () => {
    const admin = await visitors.enter('admin');
    expect((await admin.visit('/don-vi?tim=ubnd phuong bac ha')).text).toContain('/don-vi/phuong-bac-ha');
    await admin.visit('/don-vi');
    const draft = { name: 'Phường Thành Sen', kind: 'ward', parentCode: 'thanh-pho-ha-tinh', aliases: '' };
    const made = await admin.submit('/don-vi', draft);
    expect([admin.path.startsWith('/don-vi/phuong-thanh-sen'), words(made.text).includes('Đã lưu.')]).toEqual([
      true,
      true,
    ]);
    const aliases = 'UBND phường Thành Sen\n\n  UBND  phường Thành Sen ';
    await admin.submit('/don-vi/phuong-thanh-sen', { ...draft, shortName: 'Thành Sen', aliases });
    expect(await unit('phuong-thanh-sen')).toMatchObject({
      shortName: 'Thành Sen',
      aliases: ['UBND phường Thành Sen'],
      active: false,
    });
    const twice = await (await admin.visit('/don-vi'), admin.submit('/don-vi', draft));
    expect([twice.status, words(twice.text).includes('Đã có đơn vị')]).toEqual([409, true]);
    const facts = await house.app.get(Database).read().findBy(AuditEntry, { entity: 'unit', action: 'unit.changed' });
    expect(facts).toHaveLength(1);
    expect(visitors.faults()).toEqual([]);
  });

  it('no unit stands below itself, and what is wrong is said beside its field with what was typed', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit('/don-vi/thanh-pho-ha-tinh');
    const city = await unit('thanh-pho-ha-tinh');
    const circle = await admin.submit('/don-vi/thanh-pho-ha-tinh', {
      name: city.name,
      kind: 'city',
      parentCode: 'phuong-bac-ha',
      active: 'co',
    });
    expect([circle.status, words(circle.text).includes('không thể trực thuộc chính nó')]).toEqual([422, true]);
    const short = await admin.submit('/don-vi/thanh-pho-ha-tinh', {
      name: 'X',
      kind: 'city',
      parentCode: '',
      aliases: 'TP',
    });
    expect([short.status, short.text.includes('class="problem"'), short.text.includes('>TP</textarea>')]).toEqual([
      422,
      true,
      true,
    ]);
    expect(await unit('thanh-pho-ha-tinh')).toEqual(city);
    expect((await admin.visit('/don-vi/khong-co')).status).toBe(404);
    expect((await (await visitors.enter('editor')).visit('/don-vi')).status).toBe(403);
    expect(visitors.faults()).toEqual([]);
  });
});
