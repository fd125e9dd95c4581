import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { IsNull } from 'typeorm';
import { Database } from '../../src/database/database.js';
import { Station } from '../../src/stations/station.entity.js';
import { Script } from '../../src/scripts/script.entity.js';
import { IdempotentRequest } from '../../src/people/admission/idempotent-request.entity.js';
import { BAC_HA, codeOf } from '../support/at-the-desk.js';
import { type Answer, Client, json } from '../support/client.js';
import { type House } from '../support/house.js';
import { withRows } from '../support/killed-server.js';
import { RecordingDesk } from '../support/recording-desk.js';
import { moveIn } from '../support/served-office.js';
import { ServeProcess } from '../support/serve-process.js';
import { testDatabase } from '../support/test-database.js';

const wasReplayed = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';

describe('a request that is sent again', () => {
  let house: House;
  let editor: Client;
  let admin: Client;
  let campaignId: string;
  const rows = () => house.app.get(Database).read();

  beforeAll(async () => {
    const desk = await RecordingDesk.open();
    ({ house, editor } = desk);
    campaignId = await desk.campaign('normal');
    admin = await house.person('admin');
  });
  afterAll(() => house.close());

  const script = (title: string) => ({ campaignId, channelKind: 'ward-loudspeaker', title, text: 'Kính mời bà con.' });
  const write = (title: string, key: string, who = editor) =>
    who.post('/api/scripts', script(title), { 'idempotency-key': key });
  const written = (title: string) => rows().countBy(Script, { title });

  it('is done once and answered the same; without a key it is done as often as it is sent', async () => {
    const first = await write('Một', 'khoa-1');
    expect([first.status, wasReplayed(first)]).toEqual([201, false]);
    const again = await write('Một', 'khoa-1');
    expect([again.status, again.text, wasReplayed(again)]).toEqual([201, first.text, true]);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(await written('Một')).toBe(1);
    for (let n = 0; n < 2; n++) await editor.post('/api/scripts', script('Hai'));
    expect(await written('Hai')).toBe(2);
  });

  it('is another one under another key, at another address, from another person, or a day later', async () => {
    const other = await house.person('editor');
    expect(wasReplayed(await write('Ba', 'khoa-3'))).toBe(false);
    expect(wasReplayed(await write('Ba', 'khoa-3b'))).toBe(false);
    expect(wasReplayed(await write('Ba', 'khoa-3', other))).toBe(false);
    expect(await written('Ba')).toBe(3);
    const elsewhere = await editor.post('/api/reading', { text: 'Bà con' }, { 'idempotency-key': 'khoa-3' });
    expect([elsewhere.status, wasReplayed(elsewhere)]).toEqual([200, false]);
    house.clock.advance(25 * 3_600_000);
    const editorAgain = await house.person('editor');
    expect(wasReplayed(await write('Ba', 'khoa-3', editorAgain))).toBe(false);
    expect(await rows().countBy(IdempotentRequest, {})).toBe(1);
    editor = editorAgain;
    admin = await house.person('admin');
  });

  it('with another body under the same key is refused, and so is what is no key', async () => {
    await write('Bốn', 'khoa-4');
    expect(await codeOf(write('Bốn khác', 'khoa-4'))).toBe('422 key-reused');
    expect(await codeOf(write('Bốn', 'k'.repeat(201)))).toBe('400 bad-idempotency-key');
    expect(await written('Bốn khác')).toBe(0);
  });

  it('ten times at once is done once, and all get the same answer', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => write('Năm', 'khoa-5')));
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(all.filter((one) => !wasReplayed(one))).toHaveLength(1);
    expect(await written('Năm')).toBe(1);
  });

  it('may be sent again under its key after it was refused', async () => {
    const wrong = { ...script('Sáu'), campaignId: '00000000-0000-7000-8000-000000000000' };
    const key = { 'idempotency-key': 'khoa-6' };
    for (let n = 0; n < 2; n++) {
      const answer = await editor.post('/api/scripts', wrong, key);
      expect([answer.status >= 400 && answer.status < 500, wasReplayed(answer)]).toEqual([true, false]);
    }
    expect((await write('Sáu', 'khoa-6')).status).toBe(201);
    // A refused request has written something all the same: the guess is counted.
    const approver = await house.person('approver');
    for (let n = 0; n < 2; n++) {
      const guess = await approver.post('/api/session/code', { code: '000000' }, { 'idempotency-key': 'khoa-6c' });
      expect([guess.status >= 400 && guess.status < 500, wasReplayed(guess)]).toEqual([true, false]);
      expect(await codeOf(guess)).not.toContain('already-received');
    }
    expect(await rows().countBy(IdempotentRequest, { answer: IsNull() })).toBe(0);
  });

  it('keeps a secret of its answer sealed', async () => {
    const make = () =>
      admin.post('/api/stations', { channelCode: BAC_HA, name: 'Cụm 7' }, { 'idempotency-key': 'khoa-7' });
    const [first, again] = [await make(), await make()];
    const { token } = json<{ token: string }>(first);
    expect([again.text, wasReplayed(again)]).toEqual([first.text, true]);
    expect(await rows().countBy(Station, { name: 'Cụm 7' })).toBe(1);
    const kept = await rows().find(IdempotentRequest);
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('is a form that is sent twice from one rendering of its page, and no longer one from another', async () => {
    const page = async () => {
      const { text } = await admin.get('/tram', { accept: 'text/html' });
      return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    };
    const send = async (_csrf: string) => {
      const fields = new URLSearchParams({ _csrf, channelCode: BAC_HA, name: 'Cụm 8' });
      return admin.post('/tram', fields, { accept: 'text/html' });
    };
    const token = await page();
    const [first, again] = await Promise.all([send(token), send(token)]);
    expect([first.status, again.status, again.text === first.text]).toEqual([first.status, first.status, true]);
    expect(first.status).toBeLessThan(400);
    expect(await rows().countBy(Station, { name: 'Cụm 8' })).toBe(1);
    expect([wasReplayed(first), wasReplayed(again)].sort()).toEqual([false, true]);
    expect(wasReplayed(await send(await page()))).toBe(false);
  });
});

describe('a request whose server dies before it answers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'loa-once-'));
  let drop: () => Promise<void>;
  afterAll(async () => {
    await ServeProcess.killAll();
    await drop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is done once, however often it is sent again', async () => {
    const database = await testDatabase();
    drop = database.drop;
    const place = { dir, env: { LOA_PORT: '0', ...(database.url ? { LOA_DATABASE_URL: database.url } : {}) } };
    const come = await moveIn(place);
    let server = await ServeProcess.start(place);
    const office = await come(server);
    const answered: string[] = [];
    for (let round = 0; round < 6; round++) {
      const title = `Bài ${round}`;
      const body = { campaignId: office.campaignId, channelKind: 'ward-loudspeaker', title, text: 'Kính mời bà con.' };
      const send = (client: Client) => client.post('/api/scripts', body, { 'idempotency-key': `khoa-${round}` });
      const sent = send(office.editor).catch(() => undefined);
      await pause(round * 4);
      await server.kill();
      await sent;
      server = await ServeProcess.start(place);
      const client = new Client(server.url, office.editor.signedIn);
      office.editor = client;
      const again = await send(client);
      expect([201, 409]).toContain(again.status);
      answered.push(await codeOf(again));
      await send(client);
      const count = await withRows(place, (rows) => rows.read().countBy(Script, { title }));
      expect([title, count]).toEqual([title, 1]);
    }
    for (const one of answered) expect(['201', '409 already-received']).toContain(one);
  }, 240_000);
});
