import { SetMetadata } from '@nestjs/common';
import { Allow, BEFORE_PASSWORD } from '../../http/requests/route-access.js';
import type { Role } from './role.js';

export const Public = () => Allow({ kind: 'public' });

export const SignedIn = () => Allow({ kind: 'signed-in' });

/** For devices with a token. */
export const ForStation = () => Allow({ kind: 'station' });

/** Also open to a person with a password that somebody else chose: for changing it, and for signing out. */
export const BeforeOwnPassword = () => SetMetadata(BEFORE_PASSWORD, true);

export const Roles = (...roles: Role[]) => Allow({ kind: 'roles', roles });
