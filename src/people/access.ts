import { SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, BEFORE_PASSWORD } from '../http/access.js';
import type { Role } from './role.js';

export const Public = () => Allow({ kind: 'public' });
export const SignedIn = () => Allow({ kind: 'signed-in' });
/** For devices with a token. */
export const ForStation = () => Allow({ kind: 'station' });
/** Open also to a person whose password somebody else chose: changing it, and signing out. */
export const BeforeOwnPassword = () => SetMetadata(BEFORE_PASSWORD, true);
export const Roles = (...roles: Role[]) => Allow({ kind: 'roles', roles });

/** Finds out which device calls; stations/ provides it. */
export abstract class DeviceAccess {
  /** Throws 401 for a token that is missing, malformed, unknown or revoked. */
  abstract admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}
