import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a client whose file was refused may continue sending. */
const SEND_OUT_MS = 30_000;

/**
 * Reads and discards the rest of a refused request: a browser that is still sending does not read the answer, and the
 * next request on this connection would wait behind the unread body for ever. After the time limit the connection ends.
 */
export async function readRefusedBody({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  raw.unpipe();
  raw.resume();
  if (raw.readableEnded || raw.destroyed) return;
  await once(raw, 'end', { signal: AbortSignal.timeout(SEND_OUT_MS) }).catch(() => reply.header('connection', 'close'));
}
