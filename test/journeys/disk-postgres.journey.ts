import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { json } from '../support/client.js';
import { until } from '../support/serve-process.js';
import { describeOn, SmallDisk } from '../support/small-disk.js';
import { SmallHouse } from '../support/small-house.js';
import { databaseIn, onPostgres } from '../support/test-database.js';

const small = onPostgres ? SmallDisk.make(48) : undefined;
const tried = onPostgres ? describeOn(small) : describe.skip;

tried('PostgreSQL on a full disk', () => {
  afterAll(() => small!.close());

  it('acknowledges nothing that it does not keep, and recovers by itself', async () => {
    // The server runs under an account of its own, which needs access to the path of the disk.
    chmodSync(dirname(small!.folder), 0o711);
    const rows = await databaseIn(small!.folder);
    const house = new SmallHouse(small!, { LOA_DATABASE_URL: rows.url, LOA_RESERVE_MB: '0' });
    try {
      await house.moveIn();
      expect((await house.write()).status).toBe(201);
      small!.fill();
      let code = '';
      const refused = async () => {
        const answer = await house.write();
        if (answer.status === 507) code = json<{ code: string }>(answer).code;
        return answer.status !== 201;
      };
      await until(refused, 120_000, 'the disk does not fill', 0);
      expect(code).toBe('disk-full');
      expect(await house.health()).toMatchObject({ code: 503, words: { database: 'full' } });
      expect((await house.people.editor.get('/api/campaigns')).status).toBe(200);
      small!.empty();
      await until(async () => (await house.health()).code === 200, 30_000, 'health does not recover');
      expect((await house.write()).status).toBe(201);
      await house.server.kill();
      expect(await house.lost()).toEqual([]);
      await house.open();
      expect((await house.write()).status).toBe(201);
      await house.server.stop();
    } finally {
      await house.stop();
      await rows.drop();
    }
  }, 240_000);
});
