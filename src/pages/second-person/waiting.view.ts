import type { TimeZone } from '../../shared/local-time.js';
import type { Account } from '../../people/accounts/account.entity.js';
import type { RoleGrant } from '../../people/accounts/role-grant.entity.js';
import { roleNames } from '../../people/access/role.js';
import { type WaitingPeriod, waitingCauseNames } from '../../people/accounts/waiting-period.entity.js';
import { moment, translate } from '../language/language.js';

type NameOf = (id: string | null) => string;

/** The short note for the first screens of those who can confirm. */
export function waitingNote(row: WaitingPeriod, nameOf: NameOf, zone: TimeZone) {
  return {
    who: nameOf(row.accountId),
    by: nameOf(row.causedBy),
    done: translate(waitingCauseNames[row.cause]),
    blocked: row.stoppedAt !== null,
    until: moment(row.until, zone),
  };
}

/** One pending change with the actions open to the reader. */
export function waitingRow(row: WaitingPeriod, nameOf: NameOf, ownId: string | null, zone: TimeZone) {
  const own = row.accountId === ownId;
  return {
    ...waitingNote(row, nameOf, zone),
    at: moment(row.beganAt, zone),
    stoppedBy: row.stoppedAt === null ? '' : nameOf(row.stoppedBy),
    own,
    caused: row.causedBy === ownId,
    mayConfirm: !own && row.causedBy !== ownId,
    mayStop: row.stoppedAt === null,
    confirm: `/cho-xac-nhan/${row.id}/xac-nhan`,
    stop: `/cho-xac-nhan/${row.id}/chan`,
  };
}

export function personWithoutPhone({ id, displayName }: Account, grants: readonly RoleGrant[]) {
  const roles = new Set(grants.filter(({ accountId }) => accountId === id).map(({ role }) => role));
  return {
    name: displayName,
    roles: [...roles].map((role) => translate(roleNames[role])).join(', '),
    action: `/cho-xac-nhan/ma-cai-dat/${id}`,
  };
}
