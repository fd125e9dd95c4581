import { Allow } from '../http/access.js';
import type { Role } from './role.js';

export const Public = () => Allow({ kind: 'public' });
export const SignedIn = () => Allow({ kind: 'signed-in' });
/** For devices with a token: stations/ has the guard. */
export const ForStation = () => Allow({ kind: 'station' });
export const Roles = (...roles: Role[]) => Allow({ kind: 'roles', roles });
