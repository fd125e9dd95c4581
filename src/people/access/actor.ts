import { DomainError } from '../../shared/domain-error.js';
import type { RequestOrigin } from './request-origin.js';
import type { Role } from './role.js';

/** The actor of a change: a signed-in person, or the system itself (no account, every right it needs). */
export interface Actor {
  accountId: string | null;
  name: string;
  grants: readonly { role: Role; unitId: string | null }[];
  address?: string;
  /** Origin of the request. */
  from?: RequestOrigin;
  /** Public id of the acting session; it grants no access. */
  sessionId?: string;
  /** When a code of the phone was given in this session. Actions that need a code call `SecondFactor.require`. */
  codeAt?: number | null;
  /** Somebody else chose the password; only the change of the password is allowed. */
  mustChangePassword?: boolean;
}

export function systemActor(name: string): Actor {
  return { accountId: null, name, grants: [] };
}

export function hasRole(actor: Actor, ...wanted: Role[]): boolean {
  return actor.grants.some((grant) => wanted.includes(grant.role));
}

/** Units that the actor operates. */
export function operatedUnits(actor: Actor): string[] {
  return actor.grants.flatMap((grant) => (grant.role === 'operator' && grant.unitId ? [grant.unitId] : []));
}

/** Every role but the operator sees the whole city; an operator sees only the units of his grants. */
export function mayRead(actor: Actor, unitId: string | null): boolean {
  if (actor.accountId === null) return true;
  if (hasRole(actor, 'editor', 'approver', 'page-admin', 'official', 'admin')) return true;
  return unitId !== null && operatedUnits(actor).includes(unitId);
}

/** The account that is responsible for this action. Throws 403 for the system. */
export function accountOf(actor: Actor): string {
  if (actor.accountId) return actor.accountId;
  throw new DomainError('forbidden', 'needs-a-person', {
    vi: 'Việc này phải do một người có tài khoản thực hiện.',
    en: 'A person must do this.',
  });
}
