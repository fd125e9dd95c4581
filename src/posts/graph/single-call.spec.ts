import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { callOnce, CallFailure, type SingleCall } from './single-call.js';

const open: Server[] = [];

/** A server that records what it received on each connection, and how each ended. */
async function listen(onSocket: (socket: Socket) => void): Promise<URL> {
  const server = createServer(onSocket);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`);
}

function call(url: URL, more: Partial<SingleCall> = {}): Promise<unknown> {
  const signal = new AbortController().signal;
  return callOnce({
    method: 'POST',
    url,
    headers: {},
    body: 'message=a',
    timeoutMs: 2000,
    maxBytes: 100,
    signal,
    ...more,
  });
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof CallFailure ? { code: error.code, unsent: error.unsent } : error),
  );

describe('a call that must not be made twice', () => {
  afterAll(() => {
    for (const server of open) server.close();
  });

  it('answers with status, headers and body', async () => {
    const url = await listen((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nx-a: b\r\n\r\nđược')));
    expect(await call(url)).toMatchObject({ status: 200, headers: { 'x-a': 'b' }, body: 'được' });
  });

  it('sends nothing when it may no longer go once the connection stands', async () => {
    let bytes = 0;
    const closed = new Promise<void>((resolve, reject) => {
      listen((socket) => {
        socket.on('data', (part) => (bytes += part.length));
        socket.on('error', () => undefined).on('close', () => resolve());
      }).then(async (url) => {
        expect(await failureOf(call(url, { mayGo: () => false }))).toMatchObject({ unsent: true });
      }, reject);
    });
    await closed;
    expect(bytes).toBe(0);
  });

  it('resets the connection of a call that is given up, so that what the system still holds is not delivered later', async () => {
    let bytes = 0;
    const ended = new Promise<void>((resolve) => {
      listen((socket) => {
        // Does not read for a while, like a network that hangs: the sender's buffer is full.
        socket.pause();
        socket.on('data', (part) => (bytes += part.length));
        socket.on('error', () => undefined).on('close', () => resolve());
        setTimeout(() => socket.resume(), 400);
      }).then(
        async (url) =>
          expect(await failureOf(call(url, { body: 'a'.repeat(20_000_000), timeoutMs: 100 }))).toEqual({
            code: 'quá giờ',
            unsent: false,
          }),
        () => undefined,
      );
    });
    await ended;
    // The bytes that the other side had already received; a plain close also delivers the buffered rest, over a
    // megabyte.
    expect(bytes).toBeLessThan(600_000);
  });

  it.each([
    ['nobody listens', new URL('http://127.0.0.1:9/'), 'ECONNREFUSED'],
    ['there is no such name', new URL('http://khong-co.invalid/'), 'ENOTFOUND|EAI_AGAIN'],
  ])('knows that nothing was sent when %s', async (_what, url, code) => {
    const failed = await failureOf(call(url));
    expect(failed).toMatchObject({ unsent: true });
    expect((failed as { code: string }).code).toMatch(new RegExp(code));
  });

  it('knows that nothing was sent when the other side speaks no TLS', async () => {
    const url = await listen((socket) => socket.on('error', () => undefined).on('data', () => socket.end('no')));
    url.protocol = 'https:';
    expect(await failureOf(call(url))).toMatchObject({ unsent: true });
  });

  it('reads no more than it must and tells half an answer as a failure after sending', async () => {
    const long = await listen((socket) =>
      socket.on('error', () => undefined).on('data', () => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(500)}`)),
    );
    expect(await call(long)).toMatchObject({ status: 200, body: undefined });
    const half = await listen((socket) =>
      socket
        .on('error', () => undefined)
        .on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\na')),
    );
    expect(await failureOf(call(half))).toMatchObject({ unsent: false });
  });
});
