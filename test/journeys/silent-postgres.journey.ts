import { readFileSync } from 'node:fs';
import { Database } from '../../src/database/database.js';
import { SilentLine } from '../fakes/silent-line.server.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { until } from '../support/serve-process.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');

(onPostgres ? describe : describe.skip)('a PostgreSQL server that says nothing any more', () => {
  let line: SilentLine;
  let house: House;
  let editor: Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const rows = await testDatabase();
    drop = rows.drop;
    const url = new URL(rows.url ?? '');
    line = await SilentLine.to(url.hostname, Number(url.port));
    Object.assign(url, { hostname: '127.0.0.1', port: String(line.port) });
    house = await openHouse({ env: { LOA_DATABASE_URL: url.href, LOA_DATABASE_PATIENCE_SECONDS: '1' } });
    editor = await house.person('editor');
  }, 60_000);

  afterAll(async () => {
    line.speak();
    await line.close();
    await house.close();
    await drop();
  });

  const read = () => editor.get('/api/directives');
  const write = (n: number) => editor.post('/api/directives', { text: letter.replace(/^(Số: )\d+/m, `$1${n}`) });
  const works = () => until(async () => (await read()).status === 200, 60_000, 'questions are not answered');

  it('at a COMMIT leaves in doubt what was to be saved, and others go on', async () => {
    line.silenceAt('COMMIT');
    const answer = write(101);
    expect((await read()).status).toBe(200);
    expect((await answer).status).toBe(503);
    expect(json(await answer)).toMatchObject({
      code: 'database-unreachable',
      message: expect.stringContaining('Chưa rõ việc vừa làm đã được lưu hay chưa'),
    });
    await works();
    expect((await write(102)).status).toBe(201);
  }, 60_000);

  it('before the COMMIT has saved nothing, and says so', async () => {
    line.silenceAt('INSERT INTO "directive"');
    const answer = await write(103);
    expect(answer.status).toBe(503);
    expect(json(answer)).toMatchObject({ message: expect.stringContaining('chưa được lưu') });
    await works();
    expect((await write(103)).status).toBe(201);
  }, 60_000);

  it('on connections that stand loses them, one question each, and no connection comes back', async () => {
    await Promise.all(Array.from({ length: 4 }, read));
    line.silenceStanding();
    const answers: number[] = [];
    await until(async () => answers[answers.push((await read()).status) - 1] === 200, 60_000, 'no way is found');
    expect(answers.slice(0, -1)).toEqual(answers.slice(1).map(() => 503));
    // As many at a time as have connections of their own.
    await until(
      async () => (await Promise.all(Array.from({ length: 10 }, read))).every(({ status }) => status === 200),
      60_000,
      'silent connections come back',
    );
    for (let n = 0; n < 3; n++) expect((await read()).status).toBe(200);
  }, 180_000);

  it('altogether is told in a sentence, and all goes on when it speaks again', async () => {
    line.silenceAll();
    for (const answer of await Promise.all([read(), write(104)])) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('10');
      expect(json(answer)).toMatchObject({ code: 'database-unreachable' });
    }
    line.speak();
    await works();
    expect((await write(104)).status).toBe(201);
  }, 180_000);

  it('ends a statement that takes too long, and lets one of a snapshot take its time', async () => {
    const database = house.app.get(Database);
    await expect(database.write((tx) => tx.query('SELECT pg_sleep(3)'))).rejects.toMatchObject({
      fault: 'busy',
      outcome: 'not-saved',
    });
    await expect(database.snapshot((tx) => tx.query('SELECT pg_sleep(3)'))).resolves.toHaveLength(1);
  }, 60_000);
});
