import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Config } from '../../config/config.js';
import { FixedClock } from '../../shared/clock.js';
import { GraphAdapter } from './graph.adapter.js';

const TOKEN = 'EAAGsecret';
const clock = new FixedClock(Date.UTC(2026, 10, 24));
const open: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function adapter(url: string, token = TOKEN): GraphAdapter {
  const made = new GraphAdapter(new Config({ LOA_GRAPH_URL: url, LOA_PAGE_ID: '100', LOA_PAGE_TOKEN: token }), clock);
  made.limits = { timeoutMs: 2000, maxBytes: 1000 };
  return made;
}

const signal = () => new AbortController().signal;

describe('the Graph adapter', () => {
  afterAll(() => {
    for (const server of open) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('sends the text in the body and the key in a header', async () => {
    let seen = '';
    const url = await serve((request, response) => {
      request.on('data', (part: Buffer) => (seen += `${request.method} ${request.url} ${part.toString()} `));
      request.on('end', () => response.end('{"id":"100_7"}'));
      seen += `${request.headers.authorization} `;
    });
    expect(await adapter(url).publish('Xin chào & tạm biệt', signal())).toMatchObject({
      kind: 'published',
      externalId: '100_7',
    });
    const form = new URLSearchParams({ message: 'Xin chào & tạm biệt', fields: 'id,permalink_url' });
    expect(seen).toBe(`Bearer ${TOKEN} POST /v24.0/100/feed ${form} `);
  });

  it('follows nobody elsewhere, reads no more than it must, and waits no longer than told', async () => {
    let led = 0;
    const elsewhere = await serve((_request, response) => response.end(String(++led)));
    const url = await serve((_request, response) => response.writeHead(307, { location: elsewhere }).end());
    expect((await adapter(url).publish('a', signal())).kind).toBe('unknown');
    expect(led).toBe(0);
    const endless = await serve((_request, response) => {
      const timer = setInterval(() => response.write(' '.repeat(500)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect((await adapter(endless).publish('a', signal())).kind).toBe('unknown');
    const silent = adapter(await serve(() => undefined));
    silent.limits.timeoutMs = 50;
    expect((await silent.publish('a', signal())).kind).toBe('unknown');
    expect((await silent.lookUp(0, signal())).kind).toBe('failed');
  });

  it('knows what surely was not sent', async () => {
    const nobody = await serve(() => undefined);
    await new Promise((resolve) => open.pop()?.close(resolve));
    expect((await adapter(nobody).publish('a', signal())).kind).toBe('not-sent');
    expect((await adapter('http://khong-co.invalid').publish('a', signal())).kind).toBe('not-sent');
    expect((await adapter(nobody).publish('a', AbortSignal.abort())).kind).toBe('not-sent');
  });

  it('is ready only with a page and a key that fits into a header', () => {
    expect(adapter('http://127.0.0.1').ready()).toBe(true);
    expect(adapter('http://127.0.0.1', 'EAAG\nx').ready()).toBe(false);
    expect(new GraphAdapter(new Config({ LOA_PAGE_TOKEN: TOKEN }), clock).ready()).toBe(false);
  });
});
