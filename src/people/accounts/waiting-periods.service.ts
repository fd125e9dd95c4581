import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, MoreThan, Not } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from './account.entity.js';
import type { Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { RoleGrant } from './role-grant.entity.js';
import type { Role } from '../access/role.js';
import { type WaitingCause, WaitingPeriod } from './waiting-period.entity.js';

export const WAITING_MS = 24 * 3_600_000;
/** Approvers put content on the air; administrators and approvers confirm the actions of others. */
export const trustedRoles: readonly Role[] = ['approver', 'admin'];

/**
 * An administrator who sets the password or removes the phone of an approver could sign in as him; one who makes an
 * approver could be both. So for 24 hours, of which everybody concerned is informed, that account neither approves nor
 * confirms, unless a second person confirms the action (`SecondPerson`).
 */
@Injectable()
export class WaitingPeriods {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * Call in the transaction that changes the account, after its final roles are stored. No period begins for accounts
   * that neither approve nor administer, nor for actions at the server's terminal: its user counts as the second
   * person.
   */
  async begin(tx: EntityManager, actor: Actor, accountId: string, cause: WaitingCause): Promise<void> {
    if (actor.accountId === null) return;
    if (!(await tx.existsBy(RoleGrant, { accountId, role: In([...trustedRoles]) }))) return;
    const beganAt = this.clock.now();
    const until = beganAt + WAITING_MS;
    const open = { stoppedAt: null, stoppedBy: null, confirmedAt: null, confirmedBy: null };
    const row = { id: newId(beganAt), accountId, cause, causedBy: actor.accountId, beganAt, until, ...open };
    await tx.insert(WaitingPeriod, row);
    const fact = { action: 'account.waiting-begun', entity: 'account', entityId: accountId };
    await this.audit.record(tx, actor, { ...fact, after: { cause, endsAt: until } });
  }

  /** Throws `waiting-period` (403) with the remaining time while a period of the account is open. */
  async requireOver(em: EntityManager, accountId: string): Promise<void> {
    const rows = await this.of(em, accountId);
    const last = rows.find(({ stoppedAt }) => stoppedAt !== null) ?? rows[0];
    if (last) throw waits(last, this.clock.now());
  }

  /** Open periods of this account, the one that lasts longest first. */
  of(em: EntityManager, accountId: string): Promise<WaitingPeriod[]> {
    return em.find(WaitingPeriod, { where: this.open({ accountId }), order: { until: 'DESC', id: 'DESC' } });
  }

  /** All open periods of accounts that could approve or confirm, the latest first. */
  async all(): Promise<WaitingPeriod[]> {
    const em = this.database.read();
    const rows = await em.find(WaitingPeriod, { where: this.open({}), order: { beganAt: 'DESC', id: 'DESC' } });
    if (rows.length === 0) return [];
    const ids = [...new Set(rows.map(({ accountId }) => accountId))];
    const active = await em.find(Account, { where: { id: In(ids), active: true }, select: { id: true } });
    const trusted = await em.findBy(RoleGrant, { accountId: In(ids), role: In([...trustedRoles]) });
    const concerned = new Set(trusted.map(({ accountId }) => accountId));
    return rows.filter(({ accountId }) => concerned.has(accountId) && active.some(({ id }) => id === accountId));
  }

  /** The condition for an open period. */
  open(which: { id?: string; accountId?: string }) {
    return [
      { ...which, confirmedAt: IsNull(), until: MoreThan(this.clock.now()) },
      { ...which, confirmedAt: IsNull(), stoppedAt: Not(IsNull()) },
    ];
  }
}

function waits({ until, stoppedAt }: WaitingPeriod, now: Instant): DomainError {
  if (stoppedAt !== null) {
    return new DomainError('forbidden', 'waiting-period', {
      vi: 'Tài khoản này đang bị chặn: có người báo không ai yêu cầu việc vừa làm với nó. Cần một quản trị hoặc lãnh đạo duyệt khác xác nhận.',
      en: 'This account is blocked: somebody said that nobody asked for what was done to it. Another administrator or approver has to confirm.',
    });
  }
  const minutes = Math.ceil((until - now) / 60_000);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return new DomainError(
    'forbidden',
    'waiting-period',
    {
      vi: `Quản trị vừa thay đổi tài khoản này, nên nó chưa được duyệt hay xác nhận: còn ${h} giờ ${m} phút, hoặc đến khi một người khác xác nhận (trang Chờ xác nhận).`,
      en: `An administrator has just changed this account: it approves and confirms nothing for ${h} h ${m} min, or until another person confirms.`,
    },
    { until },
  );
}
