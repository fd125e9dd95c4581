import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { humFor, silenceFor } from './mp3-sound.js';

/** How the service answers one order. */
export type FptManner =
  | 'sound' // an address, and the file after `polls` requests
  | 'never' // an address, and no file
  | 'forbidden-first' // as S3: 403 until the file is there
  | 'busy' // 429 once, then well
  | 'broken' // 503
  | 'bad-key' // 401
  | 'error' // 200 with error 1
  | 'page' // 200, text/html
  | 'huge' // 200, an answer without end
  | 'hang' // accepts the order and does not answer
  | 'reset'
  | 'foreign' // an address on another host
  | 'file' // file:///etc/passwd
  | 'none' // no address
  | 'moved' // the file is a redirect
  | 'cut-off' // half the file
  | 'page-as-sound'
  | 'silence';

export interface FptOrder {
  readonly key: string;
  readonly voice: string;
  readonly speed: string;
  readonly text: string;
  /** How often its file was requested, and whether the key was sent with it, which is forbidden. */
  polls: number;
  keySent: boolean;
}

/** FPT.AI's text to speech on 127.0.0.1, which misbehaves as configured and records all orders. */
export class FakeFptTts {
  readonly ledger: FptOrder[] = [];
  manner: (text: string, nth: number) => FptManner = () => 'sound';
  /** Requests after which a file is there. */
  polls = 2;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `${this.origin}/hmi/tts/v5`;
  }

  reset(): void {
    this.ledger.length = 0;
    this.polls = 2;
    this.manner = () => 'sound';
  }

  private get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = /^\/files\/(\d+)\.mp3$/.exec(request.url ?? '');
    if (file) return this.file(Number(file[1]), request, response);
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    const nth = this.ledger.length;
    const header = (name: string) => String(request.headers[name] ?? '');
    const order = { key: header('api_key'), voice: header('voice'), speed: header('speed'), text };
    this.ledger.push({ ...order, polls: 0, keySent: false });
    this.take(this.manner(text, nth), nth, response);
  }

  private take(manner: FptManner, nth: number, response: ServerResponse): void {
    const told = (body: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const at = (address: string) => told({ error: 0, async: address, request_id: `${nth}` });
    switch (manner) {
      case 'hang':
        return;
      case 'reset':
        return void response.destroy();
      case 'busy':
        return void response.writeHead(429).end();
      case 'broken':
        return void response.writeHead(503).end();
      case 'bad-key':
        return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Unauthorized"}');
      case 'error':
        return told({ error: 1, message: 'quota exceeded', request_id: `${nth}` });
      case 'page':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>…</html>');
      case 'huge':
        return void response.writeHead(200).end(Buffer.alloc(3_000_000, ' '));
      case 'foreign':
        return at('http://169.254.169.254/latest/meta-data');
      case 'file':
        return at('file:///etc/passwd');
      case 'none':
        return told({ error: 0, request_id: `${nth}` });
      default:
        return at(`${this.origin}/files/${nth}.mp3`);
    }
  }

  private file(nth: number, request: IncomingMessage, response: ServerResponse): void {
    const order = this.ledger[nth]!;
    const manner = this.manner(order.text, nth);
    order.polls++;
    order.keySent ||= request.headers['api_key'] !== undefined;
    const early = order.polls <= this.polls;
    if (manner === 'never' || early) return void response.writeHead(manner === 'forbidden-first' ? 403 : 404).end();
    const sound = manner === 'silence' ? silenceFor(order.text) : humFor(order.text);
    const head = { 'content-type': 'audio/mpeg', 'content-length': sound.length };
    if (manner === 'moved') return void response.writeHead(302, { location: 'http://127.0.0.1:1/x.mp3' }).end();
    if (manner === 'page-as-sound') return void response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('<html>');
    if (manner !== 'cut-off') return void response.writeHead(200, head).end(sound);
    response.writeHead(200, head).write(sound.subarray(0, sound.length / 2));
    setTimeout(() => response.destroy(), 20);
  }
}
