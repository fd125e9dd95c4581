import { SetMetadata } from '@nestjs/common';
import type { Role } from './role.js';

export const ACCESS = 'loa:access';

/** Who may call a route. A route that says nothing is refused: forgetting is not a way in. */
export type Access =
  { kind: 'public' } | { kind: 'signed-in' } | { kind: 'station' } | { kind: 'roles'; roles: Role[] };

export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);
export const SignedIn = () => SetMetadata(ACCESS, { kind: 'signed-in' } satisfies Access);
/** For devices with a token: stations/ has the guard. */
export const ForStation = () => SetMetadata(ACCESS, { kind: 'station' } satisfies Access);
export const Roles = (...roles: Role[]) => SetMetadata(ACCESS, { kind: 'roles', roles } satisfies Access);
