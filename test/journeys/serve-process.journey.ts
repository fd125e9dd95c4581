import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Client } from '../support/client.js';
import { type Place, runLoa, ServeProcess, until } from '../support/serve-process.js';

const PASSWORD = 'người giữ chìa khóa kho thóc';

describe('a server process', () => {
  let dir: string;
  let place: Place;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'loa-serve-'));
    place = { dir };
  });
  afterAll(async () => {
    await ServeProcess.killAll();
    rmSync(dir, { recursive: true, force: true });
  });

  const begin = async () => {
    const server = await ServeProcess.start(place);
    const create = ['admin', 'create', '--username', 'quan.tri', '--name', 'Nguyễn Thị Quản Trị'];
    if (!admin) expect(await runLoa(place, create, `${PASSWORD}\n`)).toMatchObject({ code: 0 });
    admin = await new Client(server.url).signIn('quan.tri', PASSWORD);
    return server;
  };
  let admin: Client | undefined;

  it('whose port is in use says so and ends, and leaves nothing that works without answering', async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    const ended = await runLoa({ dir, env: { LOA_PORT: port } }, ['serve']);
    taken.close();
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(`Không mở được cổng ${port}`);
    expect(ended.err).not.toContain('    at ');
  }, 120_000);

  it('that is told to stop lets a request in flight end, takes no other, and ends at once after it', async () => {
    const server = await begin();
    const { port, hostname } = new URL(server.url);
    // A kept connection without requests must not delay the stop.
    const idle = connect(Number(port), hostname);
    await new Promise((resolve) => idle.once('connect', resolve));
    const slow = request(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'keep-alive', expect: '100-continue' },
    });
    // The server says that it has the request before anything is stopped.
    const isTaken = new Promise((resolve) => slow.once('continue', resolve));
    slow.flushHeaders();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.once('response', (response) => (response.resume(), resolve(response.statusCode)));
      slow.once('error', reject);
    });
    const body = JSON.stringify({ username: 'quan.tri', password: PASSWORD });
    await isTaken;
    slow.write(body.slice(0, 10));
    const stopped = server.stop();
    const refuses = () =>
      fetch(`${server.url}/health`).then(
        ({ status }) => status === 503,
        () => true,
      );
    await until(refuses, 10_000, 'it goes on taking requests');
    if (!idle.closed) await new Promise((resolve) => idle.once('close', resolve).resume());
    slow.end(body.slice(10));
    expect(await answered).toBe(200);
    await stopped;
    expect(server.exitCode).toBe(0);
    idle.destroy();
  }, 120_000);

  it('answers everybody else while another process holds the write lock, and the write waits or is told to come again', async () => {
    const server = await begin();
    const other = new BetterSqlite3(join(dir, 'data', 'loa.sqlite'));
    const hold = () => other.exec('BEGIN IMMEDIATE');
    const letGo = () => other.exec('COMMIT');
    const write = () =>
      admin!.post('/api/holidays', {
        name: 'Ngày hội',
        date: `2027-03-${String(++day).padStart(2, '0')}`,
        dayOff: false,
        flagDay: false,
      });
    let day = 0;

    hold();
    const waits = write();
    let done = false;
    void waits.finally(() => (done = true));
    // While SQLite itself waited, which took ten seconds, no request was answered.
    for (let n = 0; n < 3; n++) expect((await fetch(`${server.url}/dang-nhap`)).status).toBe(200);
    expect(done).toBe(false);
    letGo();
    const { status, text } = await waits;
    expect([status, text]).toEqual([201, expect.anything()]);

    hold();
    const refused = await write();
    expect(refused).toMatchObject({ status: 503 });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.text).toContain('Máy chủ đang bận ghi việc khác');
    expect((await fetch(`${server.url}/health`)).status).toBe(503);
    letGo();
    await until(async () => (await fetch(`${server.url}/health`)).status === 200, 20_000, 'health does not recover');
    expect((await write()).status).toBe(201);
    other.close();
  }, 120_000);
});
