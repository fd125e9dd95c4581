import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The outcome of one request to publish. After outcomes that begin with `accept` or `late` the post is on the page. */
export const publishFaults = [
  'accept',
  'accept-then-hang',
  'accept-then-reset',
  'accept-then-500',
  'accept-then-html',
  'accept-then-half',
  'accept-then-transient',
  'late-accept',
  'hang',
  'reset',
  '500',
  '429',
  'html',
  'error-2',
  'error-4',
  'error-190',
  'error-368',
  'error-506',
] as const;
export type PublishFault = (typeof publishFaults)[number];

/** The outcome of one request for the feed. */
export const feedFaults = ['ok', '500', 'html', 'hang', 'reset', 'error-4', 'error-190'] as const;
export type FeedFault = (typeof feedFaults)[number];

export interface LedgerEntry {
  id: string;
  message: string;
  at: number;
  /** An author other than the page: a visitor's entry. */
  from?: string;
}

export interface FakeGraphOptions {
  pageId: string;
  token: string;
  /** Facebook's clock. */
  now: () => number;
}

/**
 * Facebook's Graph API as far as Loa uses it, on a port of its own, with scripted faults and a ledger of accepted
 * posts. The ledger is the public state: two entries are two posts on the page.
 */
export class FakeGraph {
  readonly ledger: LedgerEntry[] = [];
  /** Method and address of every request. */
  readonly requests: string[] = [];
  /** Taken one by one; after the last one every request succeeds. */
  publishScript: PublishFault[] = [];
  feedScript: FeedFault[] = [];
  /** The delay after acceptance until a post appears in the feed. */
  visibleAfterMs = 0;
  /** The delay of `late-accept`, in real time: longer than the client waits. */
  lateMs = 1300;
  private readonly late = new Set<Promise<void>>();
  private next = 1;

  private constructor(
    private readonly options: FakeGraphOptions,
    private readonly server: Server,
  ) {}

  static async open(options: FakeGraphOptions): Promise<FakeGraph> {
    const server = createServer();
    const graph = new FakeGraph(options, server);
    server.on('request', (request, response) => {
      graph.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return graph;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Entries of the page itself with these words. */
  accepted(message: string): LedgerEntry[] {
    return this.ledger.filter((one) => one.message === message && !one.from);
  }

  /** Resolves when no late acceptance is pending. */
  async settled(): Promise<void> {
    await Promise.all(this.late);
  }

  async close(): Promise<void> {
    await this.settled();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    const body = await bodyOf(request);
    response.setHeader('date', new Date(this.options.now()).toUTCString());
    const url = new URL(request.url ?? '', this.url);
    if (url.pathname.replace(/^\/v\d+\.\d+\//, '') !== `${this.options.pageId}/feed`) return fail(response, 400, 803);
    if (request.headers.authorization !== `Bearer ${this.options.token}`) return fail(response, 400, 190);
    if (request.method === 'POST') this.publish(new URLSearchParams(body), request, response);
    else this.feed(url.searchParams, request, response);
  }

  private publish(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const message = form.get('message') ?? '';
    const fault = this.publishScript.shift() ?? 'accept';
    if (fault === 'late-accept') {
      const late = new Promise<void>((resolve) => setTimeout(resolve, this.lateMs)).then(() => {
        this.late.delete(late);
        ok(response, { id: this.take(message) });
      });
      this.late.add(late);
      return;
    }
    const id = fault.startsWith('accept') ? this.take(message) : '';
    switch (fault) {
      case 'accept':
        return ok(response, { id, permalink_url: `https://www.facebook.com/${this.options.pageId}/posts/${id}` });
      case 'accept-then-half':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write(`{"id":"${id}`);
        setTimeout(() => request.socket.destroy(), 5);
        return;
      case 'accept-then-transient':
        return fail(response, 500, 2);
      default:
        return this.trouble(fault.replace('accept-then-', ''), request, response);
    }
  }

  private feed(query: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const fault = this.feedScript.shift() ?? 'ok';
    if (fault !== 'ok') return this.trouble(fault, request, response);
    const now = this.options.now();
    const since = Number(query.get('since') ?? 0) * 1000;
    const limit = Number(query.get('limit') ?? 25);
    const seen = this.ledger.filter((one) => one.at >= since && now - one.at >= this.visibleAfterMs).reverse();
    const fields = (query.get('fields') ?? '').split(',');
    const from = Number(query.get('after') ?? 0);
    const data = seen.slice(from, from + limit).map((one) => {
      const all: Record<string, unknown> = {
        id: one.id,
        message: one.message,
        created_time: new Date(one.at).toISOString().replace(/\.\d+Z$/, '+0000'),
        permalink_url: `https://www.facebook.com/${this.options.pageId}/posts/${one.id}`,
        from: { id: one.from ?? this.options.pageId, name: 'x' },
      };
      return Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name)));
    });
    const after = String(from + limit);
    const next = `https://example.invalid/feed?access_token=${this.options.token}&after=${after}`;
    ok(response, { data, ...(seen.length > from + limit ? { paging: { cursors: { after }, next } } : {}) });
  }

  private trouble(fault: string, request: IncomingMessage, response: ServerResponse): void {
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'html') return page(response, 200);
    if (fault === '500') return page(response, 500);
    if (fault === '429') return page(response, 429);
    // The worst observed answer: the key quoted in the message.
    fail(response, 400, Number(fault.replace('error-', '')), `(#x) token ${this.options.token} is bad`);
  }

  private take(message: string): string {
    const id = `${this.options.pageId}_${1000 + this.next++}`;
    this.ledger.push({ id, message, at: this.options.now() });
    return id;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function ok(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, status: number, code: number, message = 'no'): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'OAuthException', code, fbtrace_id: 'x' } }));
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Sorry</body></html>');
}
