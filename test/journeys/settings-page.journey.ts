import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { ClockWatch } from '../../src/jobs/clock-watch.service.js';
import { Database } from '../../src/database/database.js';
import { Config } from '../../src/config/config.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

describe('the settings of the server', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse();
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  it('are shown to an administrator with the state of the house, and to nobody else', async () => {
    const admin = await visitors.enter('admin');
    const page = await admin.visit('/cai-dat');
    expect(page.status).toBe(200);
    const database = house.app.get(Database).isPostgres ? 'PostgreSQL' : 'SQLite';
    for (const word of [database, 'LOA_TIME_ZONE', 'Asia/Ho_Chi_Minh', '10 phút', 'Giọng đọc trên máy này']) {
      expect(words(page.text)).toContain(word);
    }
    expect((await (await visitors.enter('editor')).visit('/cai-dat')).status).toBe(403);
  });

  it('do not frighten the first day: the folder of clips is made with the first clip', async () => {
    const page = words((await (await visitors.enter('admin')).visit('/cai-dat')).text);
    expect(page).toMatch(/Nơi chứa bản thu còn trống \d+/);
    expect(page).not.toContain('không ghi được');
  });

  it('tell that the clock has jumped, and take the word of an administrator that it is right', async () => {
    const admin = await visitors.enter('admin');
    expect(words((await admin.visit('/cai-dat')).text)).not.toContain('Giờ này đúng');
    const program = await house.person('admin');
    expect((await program.get('/api/clock')).status).toBe(200);
    for (const confirm of [() => admin.submit('/cai-dat/gio-dung', {}), () => program.post('/api/clock/confirm')]) {
      house.clock.jump(5 * 60_000);
      expect(house.app.get(ClockWatch).doubt()).toMatchObject({ jumpMs: 5 * 60_000 });
      expect((await house.stranger().get('/health')).text).toContain('jumped');
      expect(words((await admin.visit('/cai-dat')).text)).toContain('vừa nhảy 5 phút');
      expect((await confirm()).status).toBeLessThan(400);
      expect(house.app.get(ClockWatch).doubt()).toBeNull();
    }
    const told = await house.app.get(Database).read().findBy(AuditEntry, { action: 'clock.confirmed' });
    expect(told).toHaveLength(2);
  });

  it('know the last whole backup, and not one that broke off', async () => {
    const admin = await visitors.enter('admin');
    expect(words((await admin.visit('/cai-dat')).text)).toContain('Chưa thấy bản sao lưu nào');
    const folder = house.app.get(Config).backupDir;
    await mkdir(join(folder, '2026-11-24-0100'), { recursive: true });
    const manifest = join(folder, '2026-11-24-0100', 'manifest.json');
    await writeFile(manifest, '{}');
    const at = new Date(instantOf('2026-11-24', '01:00', VIETNAM));
    await utimes(manifest, at, at);
    await mkdir(join(folder, '2026-11-25-0100'));
    expect(words((await admin.visit('/cai-dat')).text)).toContain('Bản sao lưu gần nhất: Thứ Ba 24/11, 01:00.');
  });
});
