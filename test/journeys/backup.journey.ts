import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupTables, passingTables } from '../../src/cli/backup/backup-format.js';
import { restoreBackup } from '../../src/cli/backup/restore-backup.js';
import { writeBackup } from '../../src/cli/backup/write-backup.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { houseRow } from '../../src/database/house-row.js';
import { StationIdent } from '../../src/audio/idents/station-ident.entity.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, clipOf, placed } from '../support/at-the-desk.js';
import { type House, openHouse } from '../support/house.js';
import { entryOfLoa, type Place, runLoa, settingsOf, until } from '../support/serve-process.js';
import { SmallDisk } from '../support/small-disk.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const dir = mkdtempSync(join(tmpdir(), 'loa-backup-'));
let house: House;
let clip: ApprovedClip;
let full: Database;
/** The installation as the command finds it. */
let place: Place;
const drops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  house = await openHouse({ dir });
  full = house.app.get(Database);
  place = { dir, env: { LOA_DATABASE_URL: house.app.get(Config).databaseUrl } };
  const editor = await house.person('editor');
  clip = await clipOf(house, { title: 'Bài' });
  await placed(editor, clip, at('05:40'));
  const entry = { written: 'HTX Đồng Tâm', spoken: 'hợp tác xã Đồng Tâm', unitId: null };
  expect((await editor.post('/api/lexicon', entry)).status).toBe(201);
  const bookend = { unitCode: 'phuong-bac-ha', openingCall: true, openingClipId: clip.clipId };
  expect((await editor.send('PUT', '/api/session-frames', bookend)).status).toBe(204);
  await house.drain();
}, 120_000);

afterAll(async () => {
  await house.close();
  for (const drop of drops) await drop();
  rmSync(dir, { recursive: true, force: true });
});

/** A folder and an empty database for one more installation. */
async function another(name: string, sqlite = !onPostgres): Promise<Place> {
  const rows = sqlite ? undefined : await testDatabase({ empty: true });
  if (rows) drops.push(rows.drop);
  return { dir: join(dir, name), env: rows?.url ? { LOA_DATABASE_URL: rows.url } : {} };
}

async function opened<T>(at: Place, work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = new Config(settingsOf(at));
  const database = new Database(config);
  try {
    await database.open('to-restore');
    return await work(database, config);
  } finally {
    await database.close();
  }
}

const backUp = (name: string) => writeBackup(full, house.app.get(Config), house.clock.now(), join(dir, name));
const restore = (name: string, into: Place) =>
  opened(into, (database, config) => restoreBackup(database, config, join(dir, name)));

async function rowsOf(database: Database): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  // That row differs: a restored installation is passive.
  for (const table of [...backupTables.filter((one) => one !== 'house'), 'audit_head']) {
    found[table] = await database.read().query(`SELECT * FROM "${table}" ORDER BY ${table === 'audit' ? 'seq' : 'id'}`);
  }
  return found;
}

const clipFile = (at: Place, hash: string) => join(at.dir, 'media', 'clips', hash.slice(0, 2), `${hash}.mp3`);

/** As a failing disk does it: length and date stay. */
function rot(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
}

describe('a backup', () => {
  it('holds every table, and an empty house that takes it is the same house', async () => {
    const written = await backUp('whole');
    expect(written).toMatchObject({ lacking: [], audit: null });
    const known = full.read().dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect([...backupTables, ...passingTables].sort()).toEqual([...new Set(known)].sort());
    const same = await another('same');
    await opened(same, async (empty, config) => {
      const restored = await restoreBackup(empty, config, join(dir, 'whole'));
      expect(restored).toEqual({ ...written, keys: [] });
      const [was, is] = [await rowsOf(full), await rowsOf(empty)];
      expect(is).toEqual(was);
      for (const table of ['station_call', 'session_frame', 'lexicon_entry', 'slot'])
        expect([table, (is[table] as unknown[]).length > 0]).toEqual([table, true]);
      // The station ident that a slot plays was restored with its sound.
      const [slot] = (await empty.read().query("SELECT station_call_id FROM slot WHERE role = 'opening'")) as [
        { station_call_id: string },
      ];
      const ident = await empty.read().findOneByOrFail(StationIdent, { id: slot.station_call_id });
      expect(ident).toMatchObject({ state: 'ready', date: '2026-11-25' });
      expect(existsSync(clipFile(same, ident.sha256 ?? ''))).toBe(true);
    });
    for (const key of readdirSync(join(dir, 'data', 'keys')))
      expect(readFileSync(join(same.dir, 'data', 'keys', key))).toEqual(readFileSync(join(dir, 'data', 'keys', key)));
    await opened(same, async (database) => {
      const was = await houseRow(full.read());
      const { id, generation, keys, passiveReason, backupAt } = await houseRow(database.read());
      expect([id, generation, keys]).toEqual([was.id, was.generation, was.keys]);
      expect(Object.keys(keys)).toEqual(expect.arrayContaining(['playlist.ed25519.pem', 'secrets.key']));
      expect([passiveReason, backupAt, was.passiveReason]).toEqual(['restored', house.clock.now(), null]);
    });
    expect(await runLoa(same, ['audit', 'verify'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('of the earlier format is restored as it always was', async () => {
    await backUp('earlier');
    const manifest = join(dir, 'earlier', 'manifest.json');
    const now = JSON.parse(readFileSync(manifest, 'utf8')) as {
      tables: Record<string, { rows: number; sha256: string }>;
      clips: { sha256: string }[];
      writtenAt: number;
      schema: string;
    };
    const tables = Object.entries(now.tables).map(([name, { rows, sha256 }]) => [name, { rows, sha256 }] as const);
    const { writtenAt, schema } = now;
    const facts = { format: 'loa-backup-1', writtenAt, schema, tables: Object.fromEntries(tables) };
    writeFileSync(manifest, JSON.stringify({ ...facts, clips: now.clips.map((one) => one.sha256) }, null, 2));
    const into = await another('from-earlier');
    expect(await restore('earlier', into)).toMatchObject({ lacking: [], keys: [], audit: null });
    await opened(into, async (database) => expect(await rowsOf(database)).toEqual(await rowsOf(full)));
    expect(readdirSync(join(into.dir, 'data', 'keys'))).toEqual(readdirSync(join(dir, 'data', 'keys')));
  }, 60_000);

  it('with one changed word, in a table or in the list itself, is refused and puts nothing in', async () => {
    await backUp('changed');
    for (const [part, from, to] of [
      ['tables/lexicon_entry.ndjson', 'hợp tác xã', 'hợp tác xa'],
      ['manifest.json', '"rows": 1,', '"rows": 2,'],
    ] as const) {
      cpSync(join(dir, 'changed'), join(dir, 'changed-one'), { recursive: true });
      const file = join(dir, 'changed-one', part);
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
      await expect(restore('changed-one', await another('refuses'))).rejects.toMatchObject({ details: { part } });
      rmSync(join(dir, 'changed-one'), { recursive: true });
    }
    await opened(await another('refuses', true), async (database) => {
      expect(await database.read().query('SELECT count(*) AS n FROM unit')).toEqual([{ n: 0 }]);
    });
  }, 60_000);

  if (onPostgres) {
    it('goes into SQLite, and from there back into PostgreSQL', async () => {
      const [lite, back] = [await another('lite', true), await another('back')];
      await restore('whole', lite);
      await opened(lite, (database, config) => writeBackup(database, config, 0, join(dir, 'of-lite')));
      await restore('of-lite', back);
      await opened(back, async (database) => expect(await rowsOf(database)).toEqual(await rowsOf(full)));
    }, 60_000);
  }
});

describe('a backup that lacks something', () => {
  it('names the clips that are spoiled or missing, saves the rest and ends with 1; so does restoring it', async () => {
    const other = await clipOf(house, { title: 'Bài mất' });
    const files = [clip, other].map(({ sha256: hash }) => clipFile(place, hash));
    const kept = files.map((file) => readFileSync(file));
    rot(files[0]!);
    rmSync(files[1]!);
    const done = await runLoa(place, ['backup', join(dir, 'lacks')]);
    expect(done).toMatchObject({ code: 1, out: `${join(dir, 'lacks')}\n` });
    expect(done.err).toMatch(/“Bài”, phiên bản 1, bản thu cho loa nén \(tệp bị hỏng/);
    expect(done.err).toMatch(/“Bài mất”, phiên bản 1, bản thu cho loa nén \(thiếu tệp/);
    const into = await another('takes-what-is-there');
    const taken = await runLoa(into, ['restore', join(dir, 'lacks')]);
    expect(taken.err).toContain('2 bản thu không có trong bản sao lưu');
    expect(taken.err).toMatch(/“Bài”, phiên bản 1.*\(tệp bị hỏng/);
    expect(taken.code).toBe(1);
    await opened(into, async (database) => expect(await rowsOf(database)).toEqual(await rowsOf(full)));
    expect(existsSync(clipFile(into, clip.sha256))).toBe(false);
    // An installation that still has the sound misses nothing.
    const keeps = await another('keeps');
    writeFileSync(files[0]!, kept[0]!);
    cpSync(join(dir, 'media', 'clips'), join(keeps.dir, 'media', 'clips'), { recursive: true });
    expect((await restore('lacks', keeps)).lacking).toMatchObject([{ sha256: other.sha256, problem: 'missing' }]);
    writeFileSync(files[1]!, kept[1]!);
  }, 60_000);

  it('because it rotted itself: clips and keys are named and left out, what is spoiled in the house is put right', async () => {
    await backUp('rots');
    rot(join(dir, 'rots', 'keys', 'secrets.key'));
    const [rotten] = readdirSync(join(dir, 'rots', 'clips')).filter((name) => !name.startsWith(clip.sha256));
    rot(join(dir, 'rots', 'clips', rotten!));
    const into = await another('takes-from-rotten');
    cpSync(join(dir, 'media', 'clips'), join(into.dir, 'media', 'clips'), { recursive: true });
    rmSync(clipFile(into, rotten!.slice(0, 64)));
    rot(clipFile(into, clip.sha256));
    const taken = await runLoa(into, ['restore', join(dir, 'rots')]);
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('Khóa secrets.key trong bản sao lưu bị hỏng')]);
    expect(taken.err).toContain(`(tệp bị hỏng, ${rotten!.slice(0, 64)})`);
    expect(existsSync(join(into.dir, 'data', 'keys', 'secrets.key'))).toBe(false);
    expect(sha256(readFileSync(clipFile(into, clip.sha256)))).toBe(clip.sha256);
  }, 60_000);
});

describe('a large table', () => {
  const ROWS = 1_300;
  /** Half the size of the table as text; the command alone needs 30 of it. */
  const HEAP_MB = 44;
  const small = (at: Place): Place => ({ ...at, env: { ...at.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` } });

  beforeAll(async () => {
    const detail = 'không có điện '.repeat(5_000);
    const { id } = ((await full.read().query('SELECT id FROM channel LIMIT 1')) as [{ id: string }])[0];
    const columns = 'id, channel_id, started_at, ended_at, outcome, detail, grade, received_at';
    await full.write(async (tx) => {
      for (let n = 0; n < ROWS; n++) {
        const key = newId(house.clock.now());
        const text = `${n % 7 === 0 ? detail : detail.slice(n % 100)}${n}`;
        await tx.query(`INSERT INTO as_run (${columns}) VALUES ('${key}', '${id}', 0, 1, 'played', '${text}', 'D', 0)`);
      }
    });
  }, 60_000);

  it('goes out and in within a bound of memory', async () => {
    const folder = join(dir, 'large');
    const into = await another('large-house');
    expect(await runLoa(small(place), ['backup', folder])).toMatchObject({ code: 0, out: `${folder}\n` });
    expect(statSync(join(folder, 'tables', 'as_run.ndjson')).size).toBeGreaterThan(2 * HEAP_MB * 1e6);
    expect(await runLoa(small(into), ['restore', folder])).toMatchObject({ code: 0 });
    const asked = 'SELECT count(*) AS n, sum(length(detail)) AS length FROM as_run';
    await opened(into, async (database) =>
      expect(await database.read().query(asked)).toEqual(await full.read().query(asked)),
    );
  }, 180_000);

  it('leaves nothing when there is no room for it', async () => {
    const disk = SmallDisk.make(8);
    if (!disk) return void process.stderr.write('NOT TRIED: a backup onto a full disk.\n');
    try {
      const folder = join(disk.folder, 'here');
      const done = await runLoa(place, ['backup', folder]);
      expect(done).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/không đủ chỗ: cần khoảng \d+ MB, còn \d MB/),
      });
      expect(readdirSync(disk.folder)).toEqual([]);
    } finally {
      disk.close();
    }
  }, 60_000);

  it('that was cut off by a power cut leaves no backup, and the next run clears it away', async () => {
    const target = join(dir, 'target');
    const child = spawn(process.execPath, [entryOfLoa, 'backup', join(target, 'first')], { env: settingsOf(place) });
    await until(() => existsSync(target) && readdirSync(target).length > 0, 60_000, 'nothing is written', 5);
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(readdirSync(target)).toEqual([expect.stringMatching(/^\.loa-job-/)]);
    await runLoa(place, ['backup', join(target, 'second')]);
    expect(readdirSync(target)).toEqual(['second']);
    expect(readdirSync(join(target, 'second')).sort()).toEqual(['clips', 'keys', 'manifest.json', 'tables']);
  }, 60_000);
});

it('a backup of a house whose audit was tampered with is whole, and says so', async () => {
  await full.write((tx) =>
    tx.query(
      `INSERT INTO audit (seq, at, actor, action, entity, entity_id, prev_hash, hash)
         VALUES (1000000, 0, 'kẻ lạ', 'slot.placed', 'slot', 'x', '${'0'.repeat(64)}', '${'0'.repeat(64)}')`,
    ),
  );
  const done = await runLoa(place, ['backup', join(dir, 'tampered')]);
  expect(done).toMatchObject({ code: 1, err: expect.stringContaining('Dòng 1000000 không nối tiếp') });
  const into = await another('tampered-house');
  expect(await runLoa(into, ['restore', join(dir, 'tampered')])).toMatchObject({ code: 1 });
  expect(await runLoa(into, ['audit', 'verify'])).toMatchObject({ code: 1, out: expect.stringContaining('1000000') });
}, 60_000);
