import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import { anySignal } from '../../shared/any-signal.js';

export interface SingleCall {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
  /** From the start of connecting to the last byte of the answer. */
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
  /** Called once connected, right before the first byte is written; false ends the call unsent. */
  mayGo?: () => boolean;
}

export interface CallAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  /** Undefined when it was longer than allowed. */
  body: string | undefined;
}

/** `unsent`: no byte of the request was handed to the system. `code`: the system's error code, for a sentence. */
export class CallFailure extends Error {
  constructor(
    readonly code: string,
    readonly unsent: boolean,
    options?: ErrorOptions,
  ) {
    super(`the call failed: ${code}`, options);
  }
}

/**
 * One HTTP call on a connection of its own, for calls that must not be made twice. `fetch` cannot say whether a byte
 * was sent, and a process that is frozen while it connects would send minutes later when it wakes up: here `mayGo` is
 * called after connecting. An abandoned call resets its connection, so that bytes in the system's buffer are not
 * delivered when the network comes back. Redirects are not followed. Throws `CallFailure`.
 */
export async function callOnce(call: SingleCall): Promise<CallAnswer> {
  const deadline = anySignal(call.signal, AbortSignal.timeout(call.timeoutMs));
  const raw = await connected(call.url, deadline);
  try {
    const socket = call.url.protocol === 'https:' ? await secured(raw, call.url, deadline) : raw;
    if (deadline.aborted || call.mayGo?.() === false) throw new CallFailure('không còn kịp', true);
    return await exchange(call, socket, raw, deadline);
  } finally {
    raw.destroy();
  }
}

function connected(url: URL, deadline: AbortSignal): Promise<Socket> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, noDelay: true });
  return settled(socket, 'connect', deadline);
}

function secured(raw: Socket, url: URL, deadline: AbortSignal): Promise<TLSSocket> {
  // SNI carries host names only; the certificate of an IP address is checked against the address.
  const servername = /^[\d.]+$|:/.test(url.hostname) ? undefined : url.hostname;
  const socket = tlsConnect({ socket: raw, host: url.hostname, servername, ALPNProtocols: ['http/1.1'] });
  return settled(socket, 'secureConnect', deadline);
}

function settled<T extends Socket>(socket: T, event: 'connect' | 'secureConnect', deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.destroy();
      reject(new CallFailure(codeOf(error), true, { cause: error }));
    };
    const abort = () => fail(deadline.reason);
    const ended = () => fail({ code: 'ECONNRESET' });
    const clear = () => {
      socket.off('error', fail).off('close', ended);
      deadline.removeEventListener('abort', abort);
    };
    socket.once('error', fail).once('close', ended);
    socket.once(event, () => {
      clear();
      resolve(socket);
    });
    if (deadline.aborted) abort();
    else deadline.addEventListener('abort', abort, { once: true });
  });
}

function exchange(call: SingleCall, socket: Socket, raw: Socket, deadline: AbortSignal): Promise<CallAnswer> {
  const { method, url, headers, body, maxBytes } = call;
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method,
      headers: {
        ...headers,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-length': byteLength(body) }),
      },
      createConnection: () => socket,
    });
    const fail = (error: unknown) => {
      // Before the request is destroyed: a connection that is only closed still delivers its buffer.
      raw.resetAndDestroy();
      request.destroy();
      reject(new CallFailure(codeOf(error), false, { cause: error }));
    };
    const abort = () => fail(deadline.reason);
    deadline.addEventListener('abort', abort, { once: true });
    request.once('error', fail);
    request.once('close', () => deadline.removeEventListener('abort', abort));
    request.once('response', (response) => {
      readUpTo(response, maxBytes).then(
        (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        fail,
      );
    });
    request.end(body);
  });
}

async function readUpTo(response: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.length;
    // Leaving the loop destroys the response, so no more is read.
    if (length > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function byteLength(body: string): string {
  return String(Buffer.byteLength(body));
}

function codeOf(error: unknown): string {
  const { code, name, errors } = (error ?? {}) as { code?: unknown; name?: unknown; errors?: { code?: unknown }[] };
  const first = typeof code === 'string' ? code : errors?.[0]?.code;
  if (typeof first === 'string') return first;
  return name === 'TimeoutError' ? 'quá giờ' : 'không có trả lời';
}
