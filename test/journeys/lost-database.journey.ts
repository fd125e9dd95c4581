import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Config } from '../../src/config/config.js';
import { refuseLostDatabase } from '../../src/database/engines/lost-database.js';
import { PASSWORD } from '../support/house.js';
import { type Place, runLoa, ServeProcess, settingsOf } from '../support/serve-process.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const dir = mkdtempSync(join(tmpdir(), 'loa-lost-'));
let place: Place;
let drop: () => Promise<void>;
const file = join(dir, 'data', 'loa.sqlite');
const backup = join(dir, 'saved');

/** An installation that has run once, with a backup. */
beforeAll(async () => {
  const rows = await testDatabase();
  drop = rows.drop;
  place = { dir, env: rows.url ? { LOA_DATABASE_URL: rows.url } : {} };
  await (await ServeProcess.start(place)).stop();
  expect(readdirSync(join(dir, 'data', 'keys'))).toContain('secrets.key');
  const create = ['admin', 'create', '--username', 'quan.tri', '--name', 'Trần Văn A'];
  expect(await runLoa(place, create, `${PASSWORD}\n`)).toMatchObject({ code: 0 });
  expect(await runLoa(place, ['backup', backup])).toMatchObject({ code: 0 });
}, 120_000);

afterAll(async () => {
  await ServeProcess.killAll();
  await drop();
  rmSync(dir, { recursive: true, force: true });
});

/** As a person starts it. */
async function refused(words: RegExp, command = 'serve'): Promise<void> {
  const done = await runLoa(place, [command]);
  expect([command, done.code, done.err]).toEqual([command, 1, expect.stringMatching(words)]);
  expect(done.err).toContain('loa restore');
  expect(done.err).not.toMatch(/\n {4}at |thiet-lap/);
}

/** The same without a process of its own. */
async function refusedHere(words: RegExp): Promise<void> {
  const looked = refuseLostDatabase(new Config(settingsOf(place)), 'to-serve');
  await expect(looked).rejects.toMatchObject({ kind: 'unavailable', sentence: { vi: expect.stringMatching(words) } });
}

async function restored(): Promise<void> {
  expect(await runLoa(place, ['restore', backup])).toMatchObject({ code: 0 });
  const again = ['admin', 'create', '--username', 'quan.tri', '--name', 'Trần Văn B'];
  expect((await runLoa(place, again, `${PASSWORD}\n`)).code).toBe(2);
}

const remove = (): void => ['', '-wal', '-shm'].forEach((end) => rmSync(`${file}${end}`, { force: true }));

(onPostgres ? it : it.skip)(
  'an emptied PostgreSQL is no new house',
  async () => {
    const client = new pg.Client({ connectionString: place.env?.['LOA_DATABASE_URL'] });
    await client.connect();
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await client.end();
    await refused(/Cơ sở dữ liệu \(PostgreSQL\) trống/);
    await restored();
  },
  120_000,
);

(onPostgres ? describe.skip : describe)('a database file', () => {
  it('that is gone or emptied is no new house; a restore that fails changes nothing of that', async () => {
    remove();
    await refused(/trống, nhưng .*set-up cho thấy/);
    writeFileSync(file, '');
    await refusedHere(/trống, nhưng/);
    rmSync(join(dir, 'data', 'set-up'));
    mkdirSync(join(dir, 'media', 'clips', 'ab'), { recursive: true });
    writeFileSync(join(dir, 'media', 'clips', 'ab', 'x.mp3'), '');
    await refusedHere(/trống, nhưng .*clips cho thấy/);
    expect((await runLoa(place, ['restore', join(dir, 'nothing')])).code).toBe(2);
    // It has tables now, and no accounts in them.
    expect(statSync(file).size).toBeGreaterThan(0);
    await refused(/trống, nhưng/, 'migrate');
    await restored();
  }, 120_000);

  it('that is broken in its head, its middle or its end is told with the way out', async () => {
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
    copyFileSync(file, join(dir, 'whole'));
    const { size } = statSync(file);
    const breakIt: (() => void)[] = [
      () => overwrite(0, 64),
      () => overwrite(Math.floor(size / 8192 / 2) * 4096, size / 4),
      () => truncateSync(file, Math.floor(size / 2)),
    ];
    for (const spoil of breakIt) {
      spoil();
      await refusedHere(/Tệp cơ sở dữ liệu .*loa\.sqlite bị hỏng/);
      remove();
      copyFileSync(join(dir, 'whole'), file);
    }
    overwrite(0, 64);
    await refused(/bị hỏng/);
    remove();
    await restored();
    expect(readFileSync(join(dir, 'data', 'keys', 'secrets.key'))).toEqual(
      readFileSync(join(backup, 'keys', 'secrets.key')),
    );
  }, 120_000);
});

function overwrite(from: number, bytes: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(Math.floor(bytes), 0xa5), 0, Math.floor(bytes), from);
  closeSync(handle);
}
