import { SetMetadata } from '@nestjs/common';

export const ACCESS = 'loa:access';

/** Who may call a route. A route that says nothing is refused: forgetting is not a way in. Roles are named by people/. */
export type Access =
  { kind: 'public' } | { kind: 'signed-in' } | { kind: 'station' } | { kind: 'roles'; roles: readonly string[] };

/** On a route that is open also to who must first choose a password of his own. */
export const BEFORE_PASSWORD = 'loa:before-password';

export const Allow = (access: Access) => SetMetadata(ACCESS, access);

export const USES_RESERVE = 'loa:uses-reserve';

/** On a route that works while the disk is nearly full: what must be recorded, what stops something, who is signed in. */
export const UsesReserve = () => SetMetadata(USES_RESERVE, true);
