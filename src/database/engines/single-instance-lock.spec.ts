import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../config/config.js';
import { Database } from '../database.js';
import { claimServing } from './single-instance-lock.js';

describe('serving a SQLite file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'loa-serving-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is one process at a time, and the next may when the first has ended', () => {
    const config = new Config({ LOA_DATA_DIR: join(dir, 'data') });
    const release = claimServing(config, 10);
    expect(() => claimServing(config, 10)).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        code: 'already-served',
        sentence: { vi: expect.stringContaining(join(dir, 'data')), en: expect.stringContaining('LOA_DATA_DIR') },
      }),
    );
    release();
    claimServing(config, 10)();
  });

  it('is known by the file, however it is named', () => {
    const release = claimServing(new Config({ LOA_DATA_DIR: join(dir, 'data') }), 10);
    symlinkSync(join(dir, 'data'), join(dir, 'other'));
    const other = new Config({ LOA_DATABASE_URL: `sqlite:${join(dir, 'other', 'loa.sqlite')}` });
    expect(() => claimServing(other, 10)).toThrow('already');
    release();
  });

  it('stands in nobody’s way who only asks or writes', async () => {
    const config = new Config({ LOA_DATA_DIR: dir });
    const release = claimServing(config, 10);
    const [one, two] = [new Database(config), new Database(config)];
    await one.open();
    await two.open();
    await two.write((tx) => tx.query(`INSERT INTO guess_count ("key", level, counted_at) VALUES ('a', 1, 0)`));
    expect(await one.read().query('SELECT count(*) AS n FROM guess_count')).toEqual([{ n: 1 }]);
    await one.close();
    await two.close();
    release();
  });

  it('is no matter on PostgreSQL, where servers share', () => {
    const config = new Config({ LOA_DATABASE_URL: 'postgres://somebody@127.0.0.1:1/nothing' });
    const releases = [claimServing(config, 10), claimServing(config, 10)];
    expect(releases).toHaveLength(2);
    for (const release of releases) release();
  });
});
