import { DomainError } from '../../shared/domain-error.js';
import type { RequestOrigin } from './request-origin.js';
import type { Role } from './role.js';

/** Who is doing something: a signed-in person, or the system itself (no account, every right it needs). */
export interface Actor {
  accountId: string | null;
  name: string;
  grants: readonly { role: Role; unitId: string | null }[];
  address?: string;
  /** Where the request came from. */
  from?: RequestOrigin;
  /** Names the session that acts; opens nothing. */
  sessionId?: string;
  /** When a code of the phone was given in this session; who must have given one asks `SecondFactor.require`. */
  codeAt?: number | null;
  /** The password was chosen by somebody else; nothing is open but choosing another. */
  mustChangePassword?: boolean;
}

export function systemActor(name: string): Actor {
  return { accountId: null, name, grants: [] };
}

export function hasRole(actor: Actor, ...wanted: Role[]): boolean {
  return actor.grants.some((grant) => wanted.includes(grant.role));
}

/** Units whose operator the actor is. */
export function operatedUnits(actor: Actor): string[] {
  return actor.grants.flatMap((grant) => (grant.role === 'operator' && grant.unitId ? [grant.unitId] : []));
}

/** Everybody but an operator sees the whole city; an operator sees the units of his grants only. */
export function mayRead(actor: Actor, unitId: string | null): boolean {
  if (actor.accountId === null) return true;
  if (hasRole(actor, 'editor', 'approver', 'page-admin', 'official', 'admin')) return true;
  return unitId !== null && operatedUnits(actor).includes(unitId);
}

/** The account that must stand behind this act. Throws 403 for the system. */
export function accountOf(actor: Actor): string {
  if (actor.accountId) return actor.accountId;
  throw new DomainError('forbidden', 'needs-a-person', {
    vi: 'Việc này phải do một người có tài khoản thực hiện.',
    en: 'A person must do this.',
  });
}
