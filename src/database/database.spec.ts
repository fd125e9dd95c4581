import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { Database } from './database.js';
import { Events } from './events.js';

describe('the database (SQLite)', () => {
  let dir: string;
  let db: Database;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'loa-db-'));
    db = new Database(new Config({ LOA_DATA_DIR: dir }));
    await db.open();
  });

  afterEach(async () => {
    await db.close();
    rmSync(dir, { recursive: true });
  });

  const put = (key: string) => `INSERT INTO guess_count ("key", level, counted_at) VALUES ('${key}', 1, 0)`;
  const count = async () => {
    const rows: { n: number }[] = await db.read().query('SELECT count(*) AS n FROM guess_count');
    return rows[0]?.n;
  };

  it('syncs every commit to the disk', async () => {
    const [row] = await db.write((tx) => tx.query<{ synchronous: number }[]>('PRAGMA synchronous'));
    expect(row?.synchronous).toBe(2);
  });

  describe('the first change of a piece of work', () => {
    let noted: number;
    const note = async () => void noted++;
    beforeEach(() => (noted = 0));

    it('is the one that is committed, and no later one', async () => {
      await db.withFirstWrite(note, async () => {
        await db.write(() => Promise.reject(new Error('refused'))).catch(() => undefined);
        expect(noted).toBe(0);
        await db.write((tx) => tx.query(put('a')));
        await db.write((tx) => tx.query(put('b')));
      });
      expect(noted).toBe(1);
    });

    it('takes its note back with itself', async () => {
      const noteRow = (tx: EntityManager) => tx.query(put('note')).then(() => undefined);
      await db.withFirstWrite(noteRow, async () => {
        const fails = db.write(async (tx) => {
          db.beforeCommit(tx, () => Promise.reject(new Error('refused')));
        });
        await fails.catch(() => undefined);
      });
      expect(await count()).toBe(0);
    });

    it('is none of what was begun in it and goes on after it, or is begun by its commit', async () => {
      let later: Promise<unknown> = Promise.resolve();
      let end = (): void => undefined;
      const over = new Promise<void>((done) => (end = done));
      await db.withFirstWrite(note, async () => {
        later = over.then(() => db.write((tx) => tx.query(put('a'))));
      });
      end();
      await later;
      expect(noted).toBe(0);
    });
  });

  it('a question outside sees nothing of an open transaction', async () => {
    await db.write(async (tx) => {
      await tx.query(put('a'));
      expect(await count()).toBe(0);
    });
    expect(await count()).toBe(1);
  });

  it('transactions stand in line and a failed one leaves nothing and stops nobody', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        db.write(async (tx) => {
          await tx.query(put(`k${n}`));
          if (n % 4 === 0) throw new Error('no');
        }),
      ),
    );
    expect(all.filter((one) => one.status === 'rejected')).toHaveLength(5);
    expect(await count()).toBe(15);
  });

  it('refuses a transaction inside a transaction instead of waiting for ever', async () => {
    await expect(db.write(() => db.write(async () => undefined))).rejects.toThrow('inside a transaction');
  });

  it('runs after-commit actions only after a commit', async () => {
    const ran: string[] = [];
    await db.write(async (tx) => db.afterCommit(tx, () => ran.push('kept')));
    await db
      .write(async (tx) => {
        db.afterCommit(tx, () => ran.push('undone'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(ran).toEqual(['kept']);
  });

  it('an after-commit action may begin a transaction of its own', async () => {
    let inner: Promise<unknown> | undefined;
    await db.write(async (tx) =>
      db.afterCommit(tx, () => {
        inner = db.write((own) => own.query(put('after')));
      }),
    );
    await inner;
    expect(await count()).toBe(1);
  });

  it('an event whose handler throws undoes the sentence', async () => {
    class Happened {}
    const events = new Events();
    events.on(Happened, async (_event, tx) => {
      await tx.query(put('from the handler'));
      throw new Error('handler');
    });
    await expect(db.write(async (tx) => events.publish(tx, new Happened()))).rejects.toThrow('handler');
    expect(await count()).toBe(0);
  });

  it('opens again without migrating twice', async () => {
    await db.close();
    await db.open();
    expect(await count()).toBe(0);
  });
});
