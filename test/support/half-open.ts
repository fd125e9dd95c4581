import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** The ways in which a client keeps a connection busy. */
export interface Holder {
  kind: string;
  from: string;
  head: string;
  /** Sent again and again. */
  drip?: string;
  /** Does not read the answer. */
  deaf?: boolean;
}

const NONE = '00000000-0000-7000-8000-000000000000';
const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';

/**
 * A thousand clients from many addresses that begin a request and do not end it. `cookie` and `token` are a person's.
 */
export function thousandHolders(cookie: string, token: string, asset: string): Holder[] {
  const person = `host: loa\r\ncookie: ${cookie}\r\nx-csrf-token: ${token}\r\n`;
  const json = `${person}content-type: application/json\r\n`;
  const form = `${person}content-type: multipart/form-data; boundary=x\r\ntransfer-encoding: chunked\r\n`;
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const upload = `POST /api/versions/${NONE}/clips/upload HTTP/1.1\r\n`;
  const kinds: [number, Omit<Holder, 'from'>][] = [
    [200, { kind: 'silent', head: '' }],
    [100, { kind: 'half a header', head: 'GET /health HTTP/1.1\r\nhost: l' }],
    [100, { kind: 'dripping headers', head: 'GET /health HTTP/1.1\r\nx: ', drip: 'a' }],
    [100, { kind: 'kept and silent', head: 'GET /health HTTP/1.1\r\nhost: loa\r\n\r\n' }],
    [100, { kind: 'body that stands', head: `POST /api/scripts HTTP/1.1\r\n${json}content-length: 1000000\r\n\r\n{` }],
    [100, { kind: 'dripping body', head: `POST /api/scripts HTTP/1.1\r\n${json}content-length: 1000000\r\n\r\n`, drip: ' ' }],
    [100, { kind: 'dripping chunks', head: `POST /api/scripts HTTP/1.1\r\n${json}transfer-encoding: chunked\r\n\r\n`, drip: chunk(' ') }],
    [50, { kind: 'sign-in that stands', head: 'POST /api/session HTTP/1.1\r\nhost: loa\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{' }],
    [50, { kind: 'upload that stands', head: `${upload}${form}\r\n${chunk(part)}` }],
    [50, { kind: 'dripping upload', head: `${upload}${form}\r\n${chunk(part)}`, drip: chunk('a') }],
    [50, { kind: 'deaf reader', head: `GET ${asset} HTTP/1.1\r\nhost: loa\r\n\r\n`.repeat(100), deaf: true }],
  ]; // prettier-ignore
  let n = 0;
  return kinds.flatMap(([count, one]) =>
    Array.from({ length: count }, () => {
      n++;
      // The whole of 127/8 is this machine; requests in flight are counted by address, and a client that does not read
      // has many.
      return { ...one, from: one.deaf ? `127.0.2.${n % 250}` : `127.0.1.${1 + (n % 25)}` };
    }),
  );
}

/** Connections that stay open until the server ends them. */
export class HalfOpen {
  private readonly open = new Map<Socket, Holder>();
  private readonly timer = setInterval(() => {
    for (const [socket, { drip }] of this.open) if (drip && !socket.connecting) socket.write(drip);
  }, 250);
  /** When the last of a kind was closed, in ms after the opening of all. */
  readonly goneAfterMs: Record<string, number> = {};

  private readonly port: number;

  constructor(url: string, holders: readonly Holder[]) {
    this.port = Number(new URL(url).port);
    const begun = performance.now();
    for (const holder of holders) {
      const socket = connect({ port: this.port, host: '127.0.0.1', localAddress: holder.from });
      this.open.set(socket, holder);
      if (holder.deaf) socket.pause();
      else socket.resume();
      socket.write(holder.head);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.open.delete(socket);
        this.goneAfterMs[holder.kind] = Math.round(performance.now() - begun);
      });
    }
  }

  /**
   * The number of connections that the server still holds, from the system's table: a client that does not read is not
   * told that its connection is closed. Linux.
   */
  get count(): number {
    const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
    const established = new RegExp(`^ *\\d+: 0100007F:${hex(this.port)} \\w\\w0[12]007F:\\w{4} 01 `);
    return readFileSync('/proc/net/tcp', 'latin1')
      .split('\n')
      .filter((row) => established.test(row)).length;
  }

  end(): void {
    clearInterval(this.timer);
    for (const socket of this.open.keys()) socket.destroy();
  }
}
