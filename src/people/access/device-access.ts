import type { FastifyRequest, FastifyReply } from 'fastify';

/** Finds out which device calls; stations/ provides it. */
export abstract class DeviceAccess {
  /** Throws 401 for a token that is missing, malformed, unknown or revoked. */
  abstract admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}
