import { showDate } from '../../shared/local-time.js';
import { localDateOf, type TimeZone } from '../../shared/local-time.js';
import type { Account } from '../../people/account.entity.js';
import type { RoleGrant } from '../../people/role-grant.entity.js';
import { roleNames, roles, type Role } from '../../people/role.js';
import type { Unit } from '../../people/unit.entity.js';

export function userRows(
  accounts: readonly Account[],
  grants: readonly RoleGrant[],
  units: readonly Unit[],
  ownId: string | null,
  zone: TimeZone,
) {
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  return accounts.map(({ id, username, displayName, active, createdAt }) => ({
    id,
    username,
    displayName,
    active,
    since: showDate(localDateOf(createdAt, zone)),
    roles: grants
      .filter((grant) => grant.accountId === id)
      .map(({ role, unitId }) => roleNames[role] + (unitId ? ` (${unitNames.get(unitId) ?? 'đơn vị không còn'})` : ''))
      .join(', '),
    /** Nobody locks himself out. */
    mayDisable: active && id !== ownId,
  }));
}

export function roleChoices(chosen: readonly Role[]) {
  return roles.map((role) => ({ role, name: roleNames[role], chosen: chosen.includes(role) }));
}

/** An operator belongs to a unit; the other roles hold for the whole city. */
export function grantsOf(chosen: readonly Role[], unitCode: string): { role: Role; unitCode?: string }[] {
  return chosen.map((role) => (role === 'operator' && unitCode ? { role, unitCode } : { role }));
}
