import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { EntityManager } from 'typeorm';
import { Config } from '../../config/config.js';
import { Database } from '../database.js';
import { forMachines } from './lane.js';

/** A full database without a full disk: SQLite refuses to grow beyond `max_page_count` and fails as on a full disk. */
describe('the writer of SQLite', () => {
  let dir: string;
  let db: Database;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'loa-writer-'));
    db = new Database(new Config({ LOA_DATA_DIR: dir, LOA_RESERVE_MB: '0' }));
    await db.open();
    await db.write((tx) => tx.query('CREATE TABLE thing (name TEXT PRIMARY KEY, filler BLOB)'));
  });
  afterEach(async () => {
    await db.close();
    rmSync(dir, { recursive: true });
  });

  const put = (tx: EntityManager, name: string, bytes = 10) =>
    tx.query(`INSERT INTO thing VALUES ('${name}', zeroblob(${bytes}))`);
  /** What a restart finds: read by a connection that shares nothing with this one. */
  const kept = () => {
    const other = new BetterSqlite3(join(dir, 'loa.sqlite'), { readonly: true });
    const rows = other.prepare('SELECT name FROM thing ORDER BY name').all() as { name: string }[];
    other.close();
    return rows.map(({ name }) => name);
  };
  const limitPages = (more: number) =>
    db.write(async (tx) => {
      const [row] = await tx.query<{ page_count: number }[]>('PRAGMA page_count');
      await tx.query(`PRAGMA max_page_count = ${(row?.page_count ?? 0) + more}`);
    });

  it('has ended a transaction that SQLite has rolled back by itself; the next one is kept', async () => {
    await limitPages(2);
    await expect(db.write((tx) => put(tx, 'big', 1_000_000))).rejects.toMatchObject({
      kind: 'insufficient-storage',
      code: 'disk-full',
      outcome: 'not-saved',
    });
    expect(db.fault).toBe('full');
    await limitPages(1000);
    await db.write((tx) => put(tx, 'a'));
    await db.write((tx) => put(tx, 'b'));
    expect(kept()).toEqual(['a', 'b']);
  });

  it('keeps nothing of a transaction whose work went on after the error that ended it', async () => {
    await limitPages(2);
    const work = db.write(async (tx) => {
      await put(tx, 'before');
      await put(tx, 'big', 1_000_000).catch(() => undefined);
      await put(tx, 'after').catch(() => undefined);
      return 'done';
    });
    await expect(work).rejects.toMatchObject({ code: 'disk-full' });
    expect(kept()).toEqual([]);
  });

  describe('of reports that wait together', () => {
    const reports = (names: readonly string[], work: (tx: EntityManager, name: string) => Promise<unknown>) => {
      // While another transaction writes.
      const before = db.write(() => new Promise((done) => setTimeout(done, 500)));
      const all = names.map((name) => forMachines(() => db.write((tx) => work(tx, name).then(() => name))));
      return before.then(() => Promise.allSettled(all));
    };
    const names = ['a', 'b', 'c', 'd', 'e'];

    it('keeps all by one COMMIT, without those that were refused', async () => {
      let commits = 0;
      const committed: string[] = [];
      const logger = { logQuery: (sql: string) => void (commits += sql === 'COMMIT' ? 1 : 0) };
      await db.write(
        async (tx) =>
          void Object.assign(tx.connection, { logger: Object.assign(Object.create(tx.connection.logger), logger) }),
      );
      const done = await reports(names, async (tx, name) => {
        db.afterCommit(tx, () => committed.push(name));
        db.beforeCommit(tx, async () => void (await put(tx, `${name} last`)));
        await put(tx, name);
        if (name === 'b') throw new Error('no');
      });
      expect(done.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual(
        names.map((name) => (name === 'b' ? 'Error: no' : name)),
      );
      const others = names.filter((name) => name !== 'b');
      expect(kept()).toEqual(others.flatMap((name) => [name, `${name} last`]));
      expect(committed).toEqual(others);
      // One commit of the earlier transaction; and one of the logger's own transaction, whose COMMIT it hears.
      expect(commits).toBe(3);
    });

    it('goes on in another group when one has lasted long enough, and forgets nobody', async () => {
      const done = await reports(names, async (tx, name) => {
        await put(tx, name);
        await new Promise((later) => setTimeout(later, 60));
      });
      expect(done.map(({ status }) => status)).toEqual(names.map(() => 'fulfilled'));
      expect(kept()).toEqual(names);
    });

    it('keeps nothing and says so to all when SQLite ends the transaction, also where the work goes on', async () => {
      await limitPages(2);
      const done = await reports(names, async (tx, name) => {
        await put(tx, name);
        if (name === 'c') await put(tx, 'big', 1_000_000).catch(() => undefined);
      });
      for (const one of done) expect(one).toMatchObject({ status: 'rejected', reason: { outcome: 'not-saved' } });
      expect(kept()).toEqual([]);
      await limitPages(1000);
      await forMachines(() => db.write((tx) => put(tx, 'f')));
      expect(kept()).toEqual(['f']);
    });
  });

  it('throws away a connection that is still inside a transaction, and goes on with another', async () => {
    // A transaction that cannot be rolled back: a second BEGIN that the writer did not issue.
    await db.write(async (tx) => {
      await put(tx, 'a');
      const { driver } = tx.connection as unknown as { driver: { databaseConnection: BetterSqlite3.Database } };
      setImmediate(() => driver.databaseConnection.exec('BEGIN'));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(db.write((tx) => put(tx, 'b'))).rejects.toMatchObject({ code: 'transaction-lost' });
    await db.write((tx) => put(tx, 'c'));
    expect(kept()).toEqual(['a', 'c']);
  });

  it('does nothing for whoever holds on to a transaction that has ended', async () => {
    let held: EntityManager | undefined;
    await db.write(async (tx) => void (held = tx));
    await expect(put(held!, 'late')).rejects.toThrow('released');
    expect(kept()).toEqual([]);
  });

  it('waits for another process without holding anybody up, and tells when it has waited long enough', async () => {
    const other = new BetterSqlite3(join(dir, 'loa.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const write = db.write((tx) => put(tx, 'a'));
    // Answered while the write waits: a wait inside SQLite would end first.
    let ended = false;
    void write.finally(() => (ended = true)).catch(() => undefined);
    for (let n = 0; n < 3; n++) await db.read().query('SELECT 1');
    expect(ended).toBe(false);
    other.exec('COMMIT');
    await write;
    other.exec('BEGIN IMMEDIATE');
    await expect(db.write((tx) => put(tx, 'b'))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database-busy',
      details: { seconds: 5 },
    });
    other.exec('COMMIT');
    other.close();
    expect(kept()).toEqual(['a']);
  }, 30_000);

  it('turns well again by itself', async () => {
    await limitPages(2);
    await expect(db.write((tx) => put(tx, 'big', 1_000_000))).rejects.toThrow();
    expect(db.fault).toBe('full');
    for (let n = 0; n < 100 && db.fault; n++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(db.fault).toBeUndefined();
  }, 30_000);
});
