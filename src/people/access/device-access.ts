import type { FastifyRequest, FastifyReply } from 'fastify';

/** Identifies the calling device; stations/ provides it. */
export abstract class DeviceAccess {
  /** Throws 401 for a token that is missing, malformed, unknown or revoked. */
  abstract admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}
