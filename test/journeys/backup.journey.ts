import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupTables, passingTables } from '../../src/cli/backup/backup-format.js';
import { restoreBackup } from '../../src/cli/backup/restore-backup.js';
import { writeBackup } from '../../src/cli/backup/write-backup.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { StationCall } from '../../src/audio/station-calls/station-call.entity.js';
import { at, clipOf, placed } from '../support/at-the-desk.js';
import { openHouse } from '../support/house.js';
import { testDatabase } from '../support/test-database.js';

it('a backup holds every table, and an empty house that takes it is the same house', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'loa-backup-'));
  const house = await openHouse();
  const rows = await testDatabase({ empty: true });
  const settings = { LOA_DATA_DIR: join(dir, 'data'), LOA_MEDIA_DIR: join(dir, 'media'), LOA_DATABASE_URL: rows.url };
  const config = new Config({ PATH: process.env['PATH'], ...settings });
  const empty = new Database(config);
  try {
    const editor = await house.person('editor');
    const clip = await clipOf(house, { title: 'Bài' });
    await placed(editor, clip, at('05:40'));
    const entry = { written: 'HTX Đồng Tâm', spoken: 'hợp tác xã Đồng Tâm', unitId: null };
    expect((await editor.post('/api/lexicon', entry)).status).toBe(201);
    const frame = { unitCode: 'phuong-bac-ha', openingCall: true, openingClipId: clip.clipId };
    expect((await editor.send('PUT', '/api/session-frames', frame)).status).toBe(204);
    await house.drain();
    const full = house.app.get(Database);
    const folder = join(dir, 'backup');
    const written = await writeBackup(full, house.app.get(Config), house.clock.now(), folder);
    await empty.open();
    expect(await restoreBackup(empty, config, folder)).toEqual(written);
    const known = full.read().dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect([...backupTables, ...passingTables].sort()).toEqual([...new Set(known)].sort());
    for (const table of backupTables) {
      const ask = (database: Database): Promise<Record<string, unknown>[]> =>
        database.read().query(`SELECT * FROM "${table}" ORDER BY ${table === 'audit' ? 'seq' : 'id'}`);
      expect([table, await ask(empty)]).toEqual([table, await ask(full)]);
    }
    for (const table of ['station_call', 'session_frame', 'lexicon_entry', 'slot'] as const) {
      const [{ n }] = (await empty.read().query(`SELECT COUNT(*) AS n FROM ${table}`)) as [{ n: number | string }];
      expect([table, Number(n) > 0]).toEqual([table, true]);
    }
    // The station call that a slot plays came along with its sound.
    const [slot] = (await empty.read().query("SELECT station_call_id FROM slot WHERE role = 'opening'")) as [
      { station_call_id: string },
    ];
    expect(await empty.read().findOneByOrFail(StationCall, { id: slot.station_call_id })).toMatchObject({
      state: 'ready',
      date: '2026-11-25',
    });
  } finally {
    await empty.close();
    await house.close();
    await rows.drop();
    rmSync(dir, { recursive: true, force: true });
  }
}, 180_000);
