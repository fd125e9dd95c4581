import { localDateOf, showDate, type TimeZone } from '../../shared/local-time.js';
import type { Account } from '../../people/accounts/account.entity.js';
import type { RoleGrant } from '../../people/accounts/role-grant.entity.js';
import { roleNames, roles, type Role } from '../../people/access/role.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { trustedRoles } from '../../people/accounts/waiting-periods.service.js';
import { isWard } from '../../people/units/unit-kind.js';
import { translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';

/** Roles for the whole city; an operator's role names a unit. */
const cityRoles = roles.filter((role) => role !== 'operator');

export function userRows(
  accounts: readonly Account[],
  grants: readonly RoleGrant[],
  units: readonly Unit[],
  ownId: string | null,
  zone: TimeZone,
  search = '',
) {
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const fits = finder(search);
  return accounts
    .map(({ id, username, displayName, active, createdAt }) => ({
      id,
      href: `/nguoi-dung/${id}`,
      username,
      displayName,
      active,
      since: showDate(localDateOf(createdAt, zone)),
      roles: grants
        .filter((grant) => grant.accountId === id)
        .map(({ role, unitId }) => roleText(role, unitId, unitNames))
        .join(', '),
      /** Nobody may lock his own account. */
      mayDisable: active && id !== ownId,
      own: id === ownId,
    }))
    .filter(({ displayName, username, roles: held }) => fits(displayName, username, held));
}

function roleText(role: Role, unitId: string | null, unitNames: ReadonlyMap<string, string>): string {
  const unit = unitId ? ` (${unitNames.get(unitId) ?? translate('đơn vị không còn')})` : '';
  return translate(roleNames[role]) + unit;
}

export function roleChoices(chosen: readonly Role[]) {
  return roles.map((role) => ({ role, name: translate(roleNames[role]), chosen: chosen.includes(role) }));
}

/** An operator belongs to a unit; the other roles hold for the whole city. */
export function grantsOf(chosen: readonly Role[], unitCode: string): { role: Role; unitCode?: string }[] {
  return chosen.map((role) => (role === 'operator' && unitCode ? { role, unitCode } : { role }));
}

/** The checked city roles, and an operator's role for each checked ward. */
export function grantsPerUnit(chosen: readonly Role[], wards: readonly string[]): { role: Role; unitCode?: string }[] {
  const city = chosen.filter((role) => role !== 'operator').map((role) => ({ role }));
  return [...city, ...wards.map((unitCode) => ({ role: 'operator' as const, unitCode }))];
}

export function userView(
  account: Account,
  grants: readonly RoleGrant[],
  units: readonly Unit[],
  ownId: string | null,
  zone: TimeZone,
  { enrolledAt }: { enrolledAt: number | null },
) {
  const [row] = userRows([account], grants, units, ownId, zone);
  const held = new Set(grants.map(({ role }) => role));
  const operated = new Set(grants.flatMap(({ role, unitId }) => (role === 'operator' && unitId ? [unitId] : [])));
  return {
    ...row,
    cityRoles: cityRoles.map((role) => ({ role, name: translate(roleNames[role]), chosen: held.has(role) })),
    wards: units
      .filter((unit) => operated.has(unit.id) || (unit.active && isWard(unit.kind)))
      .map(({ id, code, name }) => ({ code, name, chosen: operated.has(id) })),
    enrolled: enrolledAt === null ? '' : showDate(localDateOf(enrolledAt, zone)),
    trusted: trustedRoles.some((role) => held.has(role)),
    actions: {
      enrolmentCode: `/cho-xac-nhan/ma-cai-dat/${account.id}`,
      roles: `/nguoi-dung/${account.id}/quyen`,
      password: `/nguoi-dung/${account.id}/mat-khau`,
      factor: `/nguoi-dung/${account.id}/ma-xac-thuc`,
      disable: `/nguoi-dung/${account.id}/khoa`,
      enable: `/nguoi-dung/${account.id}/mo`,
    },
    audit: `/nhat-ky?ma=${account.id}`,
  };
}
