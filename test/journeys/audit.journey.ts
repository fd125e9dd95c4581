import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Campaign } from '../../src/campaigns/campaign.entity.js';
import { Config } from '../../src/config/config.js';
import { auditColumns, auditFacts, auditHash, type AuditRow } from '../../src/database/schema/audit-hash.js';
import { Database } from '../../src/database/database.js';
import { upgradeTables } from '../../src/database/engines/upgrade-tables.js';
import { FirstTables1764000000000 } from '../../src/database/migrations/1764000000000-first-tables.js';
import { AuditSeal } from '../../src/people/audit/audit-seal.js';
import { AuditLog } from '../../src/people/audit/audit-log.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Audit } from '../../src/people/audit/audit.js';
import { systemActor } from '../../src/people/access/actor.js';
import { FixedClock } from '../../src/shared/clock.js';
import { approvedClip } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { runLoa } from '../support/serve-process.js';
import { cellsOf, computed, separators } from '../support/spreadsheet.js';
import { testDatabase } from '../support/test-database.js';

async function rowsOf(database: Database, seq: number): Promise<AuditRow[]> {
  return database.read().query(`SELECT ${auditColumns} FROM audit WHERE seq = ${seq}`);
}

interface Page {
  rows: { seq: number; action: string; actor: string; before: unknown; after: unknown; address: string | null }[];
  next: number | null;
}

describe('the audit', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await approvedClip(house, { title: 'x,=HYPERLINK("x");=1+1' });
  });
  afterAll(() => house.close());

  const database = () => house.app.get(Database);
  const verify = () => house.app.get(AuditLog).verify();

  it('is one whole chain after a day of work', async () => {
    const rows = await database().read().count(AuditEntry);
    expect(rows).toBeGreaterThan(30);
    expect(await verify()).toMatchObject({ broken: null, head: { rows, seq: rows } });
  });

  it('the watch of every journey sees a request that changes something and tells nobody', async () => {
    const editor = await house.person('editor');
    expect(house.watch.audited).toContain('POST /api/session');
    const campaignId = (await database().read().find(Campaign))[0]?.id ?? '';
    const fact = { name: 'Số ca', value: '3', asOf: '2026-11-24', source: 'Phòng Y tế' };
    expect((await editor.post(`/api/campaigns/${campaignId}/facts`, fact)).status).toBe(201);
    expect(house.watch.audited).toContain('POST /api/campaigns/:id/facts');
    house.watch.requireAll();
    await house.watch.as('POST /api/lang-le', () =>
      database().write((tx) => tx.update(Campaign, { id: campaignId }, { name: 'Đổi lặng lẽ' })),
    );
    expect(() => house.watch.requireAll()).toThrow('POST /api/lang-le: campaign');
    house.watch.forget();
  });

  it('a transaction that fails leaves no row and no gap', async () => {
    const before = await verify();
    const audit = house.app.get(Audit);
    const fact = { action: 'x.y', entity: 'x', entityId: '1' };
    await expect(
      database().write(async (tx) => {
        await audit.record(tx, systemActor('thử'), fact);
        throw new Error('nothing happened');
      }),
    ).rejects.toThrow('nothing happened');
    expect(await verify()).toEqual(before);
  });

  it('the database refuses to change or delete a row', async () => {
    const attempts = ["UPDATE audit SET actor = 'ai khác' WHERE seq = 1", 'DELETE FROM audit WHERE seq = 1'];
    if (database().isPostgres) attempts.push('TRUNCATE audit');
    for (const statement of attempts) {
      await expect(database().write((tx) => tx.query(statement))).rejects.toThrow('audit_append_only');
    }
  });

  it('says who did what, when, from where, and what was there before; filtered, in pages and for Excel', async () => {
    const admin = await house.person('admin');
    const someone = {
      username: '=cmd',
      displayName: 'Nguyễn Thị Sổ',
      password: 'mười hai con giáp ghi sổ',
      grants: [],
    };
    expect((await admin.post('/api/accounts', { ...someone, username: 'thi.so' })).status).toBe(201);
    const page = json<Page>(await admin.get('/api/audit?action=account.&limit=3'));
    expect(page.rows).toHaveLength(3);
    expect(page.rows[0]).toMatchObject({ action: 'account.created', after: { displayName: 'Nguyễn Thị Sổ' } });
    expect(page.rows[0]?.address).toMatch(/127\.0\.0\.1/);
    const next = json<Page>(await admin.get(`/api/audit?action=account.&limit=3&beforeSeq=${page.next}`));
    expect(next.rows[0]?.seq).toBeLessThan(page.rows[2]?.seq ?? 0);
    const mine = json<Page>(await admin.get(`/api/audit?who=thu%20admin&action=account.created`));
    expect(mine.rows.map(({ actor }) => actor)).toEqual(['Thử admin.2']);
    expect(json<Page>(await admin.get('/api/audit?action=%25')).rows).toEqual([]);
    expect((await admin.get('/api/audit?limit=501')).status).toBe(400);
    const name = 'x,=1+1;\t@SUM(A1)';
    const stranger = { username: 'nguoi.la', displayName: name, password: 'con trâu qua cầu gỗ', grants: [] };
    expect((await admin.post('/api/accounts', stranger)).status).toBe(201);
    const csv = await admin.get('/api/audit.csv');
    expect(csv.text).toContain("x,'=1+1;");
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength((await database().read().count(AuditEntry)) + 1);
    for (const separator of separators) expect(computed(cellsOf(csv.text, separator))).toEqual([]);
  });

  it('two processes that write at once make one chain', async () => {
    const config = house.app.get(Config);
    const place = { dir: config.dataDir, env: { LOA_DATABASE_URL: config.databaseUrl, LOA_DATA_DIR: config.dataDir } };
    expect((await runLoa(place, ['--help'])).code).toBe(0); // Builds stale files.
    const others = [1, 2, 3].map((n) =>
      runLoa(
        place,
        ['admin', 'create', '--username', `ben.canh.${n}`, '--name', 'Bên cạnh'],
        'mười hai con giáp ghi sổ\n',
      ),
    );
    const audit = house.app.get(Audit);
    let [done, over] = [0, false];
    const write = async () => {
      while (!over) {
        await database().write(async (tx) => {
          const fact = { action: 'race.ran', entity: 'race', entityId: String(++done), after: { done } };
          await audit.record(tx, systemActor('người trong nhà'), fact);
          if (done % 3 === 0) await audit.record(tx, systemActor('người trong nhà'), fact);
        });
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const here = [write(), write(), write()];
    const codes = await Promise.all(others)
      .then((all) => all.map(({ code }) => code))
      .finally(() => (over = true));
    await Promise.all(here);
    expect(codes).toEqual([0, 0, 0]);
    const count = (action: string) => database().read().countBy(AuditEntry, { action });
    expect(await count('race.ran')).toBeGreaterThan(100);
    expect((await verify()).broken).toBeNull();
    const told = await runLoa(place, ['audit', 'verify', '--json']);
    expect([told.code, JSON.parse(told.out)]).toMatchObject([0, { ok: true, broken: null }]);
  }, 300_000);

  it('the first row that was tampered with is named', async () => {
    const off = database().isPostgres
      ? ['ALTER TABLE audit DISABLE TRIGGER audit_no_change']
      : ['DROP TRIGGER audit_no_update', 'DROP TRIGGER audit_no_delete'];
    await database().write(async (tx) => {
      for (const statement of off) await tx.query(statement);
    });
    const last = await database().read().count(AuditEntry);
    const good = await rowsOf(database(), last);
    // Its words changed, and its own hash computed again: the following rows no longer match; at the end, the head does
    // not.
    const forge = async (seq: number) => {
      const [row] = await rowsOf(database(), seq);
      if (!row) throw new Error(`no row ${seq}`);
      const hash = auditHash(String(row['prev_hash']), { ...auditFacts(row), actor: 'Người khác' });
      await database().write(async (tx) => {
        await tx.query(`UPDATE audit SET actor = 'Người khác', hash = '${hash}' WHERE seq = ${seq}`);
      });
    };
    await forge(last);
    expect((await verify()).broken?.seq).toBe(last);
    await database().write((tx) => tx.query(`DELETE FROM audit WHERE seq = ${last}`));
    expect(good).toHaveLength(1);
    expect((await verify()).broken?.seq).toBe(last);
    await forge(40);
    expect((await verify()).broken?.seq).toBe(41);
    // Inserted before the first row: the chain is not walked there.
    const before = {
      seq: -5,
      at: 1,
      actor: 'Ai đó',
      action: 'a.b',
      entity: 'a',
      entityId: '1',
      prevHash: '',
      hash: '',
    };
    await database().write((tx) => tx.insert(AuditEntry, before as object));
    expect((await verify()).broken?.seq).toBe(-5);
    await database().write((tx) => tx.query('DELETE FROM audit WHERE seq = -5'));
    await database().write((tx) => tx.query("UPDATE audit SET after = '{}' WHERE seq = 25"));
    expect((await verify()).broken?.seq).toBe(25);
    await database().write((tx) => tx.query('DELETE FROM audit WHERE seq = 11'));
    expect(await verify()).toMatchObject({ broken: { seq: 12 }, head: { rows: 10 } });
    const config = house.app.get(Config);
    const env = { LOA_DATABASE_URL: config.databaseUrl, LOA_DATA_DIR: config.dataDir };
    const told = await runLoa({ dir: config.dataDir, env }, ['audit', 'verify']);
    expect([told.code, told.out]).toEqual([1, expect.stringContaining('Dòng hỏng đầu tiên: 12')]);
  });
});

describe('an audit of the first version', () => {
  it('is chained as it was found', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'loa-audit-'));
    const made = await testDatabase({ empty: true });
    const config = new Config({ LOA_DATA_DIR: dir, LOA_MEDIA_DIR: dir, LOA_DATABASE_URL: made.url, PATH: '' });
    const common = { migrations: [FirstTables1764000000000], migrationsTableName: 'migrations' };
    const old = new DataSource(
      made.url
        ? { type: 'postgres', url: made.url, ...common }
        : { type: 'better-sqlite3', database: config.databaseUrl.slice('sqlite:'.length), ...common },
    );
    await old.initialize();
    await old.runMigrations();
    const values = Array.from({ length: 1203 }, (_, n) => {
      return `(${1000 + n}, 'Người cũ', 'unit.added', 'unit', 'u${n}', '{"tên":"Bắc Hà"}')`;
    });
    await old.query(`INSERT INTO audit (at, actor, action, entity, entity_id, after) VALUES ${values.join()}`);
    await old.query('DELETE FROM audit WHERE seq = 700');
    await old.destroy();
    await upgradeTables(config, { copy: false });
    const database = new Database(config);
    await database.open();
    try {
      const clock = new FixedClock(5_000);
      await database.write((tx) =>
        new Audit(clock, database, new AuditSeal(config)).record(tx, systemActor('mới'), {
          action: 'a.b',
          entity: 'a',
          entityId: '1',
        }),
      );
      const { head, broken } = await new AuditLog(database).verify();
      expect([broken, head.rows, head.seq]).toEqual([null, 1203, 1204]);
    } finally {
      await database.close();
      await made.drop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
