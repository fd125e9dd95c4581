import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long somebody whose file was refused may go on sending. */
const SEND_OUT_MS = 30_000;

/**
 * Lets the rest of a refused request run into the sand: a browser that is still sending does not hear the answer, and the next
 * request on this connection would wait behind the unread one for ever. When it takes too long the connection ends.
 */
export async function readRefusedBody({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  raw.unpipe();
  raw.resume();
  if (raw.readableEnded || raw.destroyed) return;
  await once(raw, 'end', { signal: AbortSignal.timeout(SEND_OUT_MS) }).catch(() => reply.header('connection', 'close'));
}
