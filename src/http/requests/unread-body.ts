import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A remaining body up to this size is read to its end after the answer, and the connection is kept. */
const LITTLE_BYTES = 32 * 1024;
/** How long a client that is still sending may take to read its answer. */
const LINGER_MS = 1_000;

/**
 * For the answer to a request whose body has not been read: no more of the body is read, and the connection ends with
 * the answer. Closing at once would reset the connection and discard the answer for a client that is still sending, so
 * the end of the answer is delayed until the client closes or a second has passed; Content-Length tells the client that
 * it has the whole answer before. Returns the payload to send.
 */
export function answerBeforeBody(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const { raw } = request;
  if (raw.complete || !bringsMuch(raw)) return payload;
  reply.header('connection', 'close');
  const bytes = bytesOf(payload);
  if (!bytes || request.method === 'HEAD') return payload;
  reply.header('content-length', bytes.length);
  return Readable.from(heldOpen(bytes, raw), { objectMode: false });
}

function bringsMuch({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LITTLE_BYTES;
}

function bytesOf(payload: unknown): Buffer | undefined {
  if (typeof payload === 'string') return Buffer.from(payload);
  return Buffer.isBuffer(payload) ? payload : undefined;
}

async function* heldOpen(bytes: Buffer, { socket }: IncomingMessage): AsyncGenerator<Buffer> {
  yield bytes;
  if (socket.destroyed) return;
  // Usually ends by the time-out: a client that is sending does not notice that it may close.
  await once(socket, 'close', { signal: AbortSignal.timeout(LINGER_MS) }).catch(() => undefined);
}
