import { SetMetadata } from '@nestjs/common';

export const ACCESS = 'loa:access';

/**
 * Who may call a route. A route without this decorator is refused, so a forgotten decorator grants no access. people/
 * defines the roles.
 */
export type Access =
  { kind: 'public' } | { kind: 'signed-in' } | { kind: 'station' } | { kind: 'roles'; roles: readonly string[] };

/** For a route that is also open to users who must first choose a password of their own. */
export const BEFORE_PASSWORD = 'loa:before-password';

export const Allow = (access: Access) => SetMetadata(ACCESS, access);

export const USES_RESERVE = 'loa:uses-reserve';

/**
 * For a route that works while the disk is nearly full: it records evidence, stops something, or serves the session.
 */
export const UsesReserve = () => SetMetadata(USES_RESERVE, true);
