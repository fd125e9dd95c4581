import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { routeTable } from '../support/route-table.js';
import type { Client } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { until } from '../support/serve-process.js';

const MB = 1024 * 1024;
const NONE = '00000000-0000-7000-8000-000000000000';

let house: House;
let editor: Client;
let accepted: Socket[];

beforeAll(async () => {
  house = await openHouse({ env: { LOA_TRUST_PROXY: 'true' } });
  editor = await house.person('editor');
  accepted = [];
  (house.app.getHttpServer() as Server).on('connection', (socket: Socket) => accepted.push(socket));
});
afterAll(() => house.close());

/** Sends the head and then as much of the body as the server reads, until it closes the connection. */
async function pour(head: string[], body: number, chunked = false): Promise<{ said: string; read: number }> {
  accepted.length = 0;
  const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.on('error', () => undefined);
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${body}`;
  socket.write([...head, 'host: loa', length, '', ''].join('\r\n'));
  const piece = Buffer.alloc(64 * 1024, 'a');
  const framed = chunked
    ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
    : piece;
  for (let sent = 0; sent < body && !socket.destroyed; sent += piece.length) {
    if (!socket.write(framed)) await Promise.race([over, once(socket, 'drain').catch(() => undefined)]);
  }
  await over;
  await until(() => accepted[0]?.destroyed === true, 10_000, 'the server keeps the connection');
  return { said, read: accepted[0]?.bytesRead ?? 0 };
}

function signedIn(client: Client): string[] {
  return [`cookie: loa=${client.cookie('loa')}`, `x-csrf-token: ${client.csrfToken}`];
}

describe('a caller who is refused', () => {
  const letter = ['POST /api/directives HTTP/1.1', 'content-type: application/json'];

  it.each([
    ['nobody with a letter', 401, () => letter, false],
    ['nobody with a letter in chunks', 401, () => letter, true],
    ['nobody with a form', 401, () => ['POST /cong-van/moi HTTP/1.1', 'content-type: application/x-www-form-urlencoded'], false],
    ['a signed-in person without the token', 403, () => [...letter, signedIn(editor)[0] ?? ''], false],
    ['a page of elsewhere', 403, () => [...letter, ...signedIn(editor), 'origin: https://evil.example'], false],
    ['a person without the role', 403, () => ['POST /api/accounts HTTP/1.1', 'content-type: application/json', ...signedIn(editor)], false],
    ['nobody with a recording', 401, () => [`POST /api/versions/${NONE}/clips/upload HTTP/1.1`, 'content-type: multipart/form-data; boundary=x'], true],
    ['a device without its token', 401, () => ['POST /api/station/heartbeat HTTP/1.1', 'content-type: application/json'], true],
    ['nobody at no address', 404, () => ['POST /api/khong-co HTTP/1.1', 'content-type: application/json'], false],
    ['nobody with a long password', 413, () => ['POST /api/session HTTP/1.1', 'content-type: application/json'], false],
    ['a person with too much', 413, () => ['POST /api/reading HTTP/1.1', 'content-type: application/json', ...signedIn(editor)], false],
  ] as const)('is answered before the body: %s', async (_who, status, head, chunked) => {
    const { said, read } = await pour([...head()], 17 * MB, chunked);
    expect(said).toContain(`HTTP/1.1 ${status} `);
    expect(said.toLowerCase()).toContain('connection: close');
    expect(said.length).toBeLessThan(2048);
    expect(read).toBeLessThan(100_000);
  }); // prettier-ignore

  it('keeps his connection when the body is small', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) {
      const answer = await house.stranger().post('/api/directives', { text: 'a'.repeat(10_000) });
      statuses.push(answer.status);
      expect(answer.headers.get('connection')).not.toBe('close');
    }
    expect(statuses).toEqual([401, 401, 401]);
  });
});

/** The answer to a head whose body never arrives. */
async function answerTo(head: string[]): Promise<string> {
  const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
  socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${head[0]}`)));
  socket.write([...head, 'host: loa', `content-length: ${17 * MB}`, '', ''].join('\r\n'));
  const [said] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return said.toString('utf8');
}

it('every route that changes something answers nobody without waiting for a body', async () => {
  const unsafe = routeTable.flatMap(([route]) => (route.startsWith('GET ') ? [] : [route.replace(/:\w+/g, NONE)]));
  expect(unsafe.length).toBeGreaterThan(120);
  const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
  const wrong: string[] = [];
  const ask = async (route: string, type: string) => {
    const said = await answerTo([`${route} HTTP/1.1`, `content-type: ${type}`, 'accept: text/html']);
    if (!/^HTTP\/1\.1 4(01|03|13) /.test(said) || said.length >= 2048)
      wrong.push(`${route} ${type}: ${said.length} ${said.slice(0, 40)}`);
  };
  for (const type of types) {
    // One client has a share of what is answered at once.
    for (let n = 0; n < unsafe.length; n += 64) {
      await Promise.all(unsafe.slice(n, n + 64).map((route) => ask(route, type)));
    }
  }
  expect(wrong).toEqual([]);
});

it('a person whose session has ended gets back what he wrote; nobody else does', async () => {
  const text = 'Bài tuyên truyền dài đã viết xong';
  const post = (cookie: string, body: string) => {
    const headers = { accept: 'text/html', cookie, 'content-type': 'application/x-www-form-urlencoded' };
    return fetch(`${house.url}/bai/moi`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ text: body }).toString(),
    });
  };
  const late = await post('loa=da-het-han', text);
  expect([late.status, (await late.text()).includes(text)]).toEqual([401, true]);
  const stranger = await post('', text);
  expect([stranger.status, (await stranger.text()).includes(text)]).toEqual([401, false]);
  const much = await post('loa=da-het-han', text.repeat(5_000));
  expect([much.status, (await much.text()).length < 2048]).toEqual([401, true]);
});

it('a client behind the proxy has a share of what is answered at once; the others of the proxy have theirs', async () => {
  const of = (address: string) => ({ 'x-forwarded-for': address });
  const waiting = Array.from({ length: 128 }, () => {
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
    const head = [
      'POST /api/session HTTP/1.1',
      'host: loa',
      'x-forwarded-for: 192.0.2.7',
      'content-type: application/json',
    ];
    socket.on('error', () => undefined);
    socket.write([...head, 'content-length: 99', '', '{'].join('\r\n'));
    return socket;
  });
  const status = async (address: string) => (await house.stranger().get('/health', of(address))).status;
  await until(async () => (await status('192.0.2.7')) === 429, 20_000, 'never too many');
  const refused = await house.stranger().get('/health', of('192.0.2.7'));
  expect([refused.headers.get('retry-after'), refused.bytes.length < 2048]).toEqual(['1', true]);
  expect(await status('192.0.2.8')).toBe(200);
  waiting[0]?.destroy();
  await until(async () => (await status('192.0.2.7')) === 200, 20_000, 'what was broken off still counts');
  for (const socket of waiting) socket.destroy();
});
