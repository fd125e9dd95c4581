import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hum, humFor, silenceFor } from './mp3-sound.js';

/** How the server answers one request. */
export type Manner =
  | 'sound' // a hum as long as the text takes
  | 'hang' // accepts the request and does not answer
  | 'drip' // headers, then a byte a second
  | 'busy' // 429 with Retry-After: 1
  | 'broken' // 503
  | 'forbidden' // 403
  | 'moved' // 302 to a page
  | 'page' // 200, text/html
  | 'page-as-sound' // 200, a page declared as audio/mpeg
  | 'empty' // 200, audio/mpeg, empty
  | 'silence' // an mp3 of silence
  | 'cut-off' // declares its length and closes half way
  | 'half-a-frame' // complete by its declared length, but the last frame is not
  | 'too-short' // a fifth of a second
  | 'flood' // sound without end
  | 'reset'; // drops the connection

export interface LedgerLine {
  readonly path: string;
  /** The text to be read; '' for any other address. */
  readonly text: string;
  readonly lang: string;
  readonly manner: Manner;
}

/** The code that the base64 call of google-tts-api would evaluate sets this mark if it ever runs. */
export const CODE_MARK = '__loaRanTheServersCode';
const code = `)]}'\n\n[["wrb.fr","jQ1olc",(globalThis.${CODE_MARK}=true,"[\\"AAAA\\"]")]]`;

/** Google Translate's voice on 127.0.0.1, which misbehaves as configured and records all requests. */
export class FakeGoogleTts {
  readonly ledger: LedgerLine[] = [];
  /** The maximum number of requests that were open at once. */
  mostAtOnce = 0;
  /** Called for each request in turn; `nth` starts at 0. */
  manner: (text: string, nth: number) => Manner = () => 'sound';
  private open = 0;
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Clears the record, and behaves well again. */
  reset(): void {
    this.ledger.length = 0;
    this.mostAtOnce = 0;
    this.manner = () => 'sound';
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.open);
    response.on('close', () => this.open--);
    request.resume();
    const address = new URL(request.url ?? '/', this.url);
    const text = address.searchParams.get('q') ?? '';
    const manner = this.manner(text, this.ledger.length);
    this.ledger.push({ path: address.pathname, text, lang: address.searchParams.get('tl') ?? '', manner });
    if (address.pathname === '/translate_tts') behave[manner](response, text);
    else response.end(code);
  }
}

function sound(response: ServerResponse, bytes: Buffer, length = bytes.length): void {
  response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': length });
  response.write(bytes);
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>Sorry…</html>');
}

const behave: Record<Manner, (response: ServerResponse, text: string) => void> = {
  sound: (response, text) => {
    sound(response, humFor(text));
    response.end();
  },
  hang: () => undefined,
  drip: (response, text) => {
    sound(response, humFor(text).subarray(0, 1), humFor(text).length);
    const timer = setInterval(() => response.write(Buffer.alloc(1)), 1_000);
    response.on('close', () => clearInterval(timer));
  },
  busy: (response) => refuse(response, 429, { 'retry-after': '1' }),
  broken: (response) => refuse(response, 503),
  forbidden: (response) => refuse(response, 403),
  moved: (response) => refuse(response, 302, { location: '/sorry/index' }),
  page: (response) => refuse(response, 200),
  'page-as-sound': (response) => {
    sound(response, Buffer.from('<!doctype html><html><body>Our systems have detected unusual traffic</body></html>'));
    response.end();
  },
  empty: (response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).end();
  },
  silence: (response, text) => {
    sound(response, silenceFor(text));
    response.end();
  },
  'cut-off': (response, text) => {
    const whole = humFor(text);
    sound(response, whole.subarray(0, whole.length / 2), whole.length);
    setTimeout(() => response.destroy(), 20);
  },
  'half-a-frame': (response, text) => {
    sound(response, humFor(text).subarray(0, -40));
    response.end();
  },
  'too-short': (response) => {
    sound(response, Buffer.concat(Array<Buffer>(8).fill(hum)));
    response.end();
  },
  flood: (response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    const block = Buffer.concat(Array<Buffer>(500).fill(hum));
    const pour = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on('drain', pour);
    pour();
  },
  reset: (response) => {
    response.destroy();
  },
};
