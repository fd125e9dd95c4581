import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { fold } from '../../shared/fold.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from './account.entity.js';
import type { Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownOrigin } from './known-origin.entity.js';
import { Passwords } from './passwords.js';
import { RoleGrant } from './role-grant.entity.js';
import type { Role } from '../access/role.js';
import { Session } from './session.entity.js';
import { Unit } from '../units/unit.entity.js';
import { Units } from '../units/units.service.js';
import { WaitingPeriods } from './waiting-periods.service.js';

export interface NewAccount {
  username: string;
  displayName: string;
  password: string;
  grants: NewGrant[];
}

export interface NewGrant {
  role: Role;
  /** Required for an operator. */
  unitCode?: string;
}

@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
    private readonly waiting: WaitingPeriods,
    private readonly units: Units,
  ) {}

  /** Throws `username-taken` (409), `weak-password` (422), `operator-needs-unit` (422). */
  async create(actor: Actor, account: NewAccount): Promise<string> {
    const passwordHash = await this.hashOf(account.password, account);
    return this.database.write((tx) => this.insert(tx, actor, account, passwordHash));
  }

  async insert(tx: EntityManager, actor: Actor, account: NewAccount, passwordHash: string): Promise<string> {
    const username = fold(account.username);
    if (!/^[a-z0-9][a-z0-9._-]{1,49}$/.test(username)) {
      throw new DomainError('invalid', 'bad-username', {
        vi: 'Tên đăng nhập gồm 2–50 chữ không dấu, số, dấu chấm hoặc gạch nối.',
        en: 'A user name has 2–50 letters, digits, dots or hyphens.',
      });
    }
    if (await tx.existsBy(Account, { username })) {
      throw new DomainError('conflict', 'username-taken', {
        vi: `Tên đăng nhập "${username}" đã có người dùng.`,
        en: `The user name "${username}" is taken.`,
      });
    }
    const id = newId(this.clock.now());
    const { displayName } = account;
    const createdAt = this.clock.now();
    const passwordByAnother = actor.accountId !== null;
    await tx.insert(Account, { id, username, displayName, passwordHash, passwordByAnother, active: true, createdAt });
    await this.insertGrants(tx, id, account.grants);
    const after = { username, displayName, grants: account.grants };
    await this.audit.record(tx, actor, { action: 'account.created', entity: 'account', entityId: id, after });
    await this.waiting.begin(tx, actor, id, 'created');
    return id;
  }

  /** Disabling ends the account's sessions in the same transaction. 404; 409 `last-admin`. */
  async disable(actor: Actor, accountId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await this.holdAdmins(tx);
      const done = await tx.update(Account, { id: accountId, active: true }, { active: false });
      if (done.affected !== 1) throw notFound();
      if (await tx.existsBy(RoleGrant, { accountId, role: 'admin' })) await this.requireAdmin(tx);
      await tx.delete(Session, { accountId });
      await tx.delete(KnownOrigin, { accountId });
      await this.audit.record(tx, actor, { action: 'account.disabled', entity: 'account', entityId: accountId });
    });
  }

  /** Lets a disabled account sign in again. 404. */
  async enable(actor: Actor, accountId: string): Promise<void> {
    await this.database.write(async (tx) => {
      const done = await tx.update(Account, { id: accountId, active: false }, { active: true });
      if (done.affected !== 1) throw notFound();
      await this.audit.record(tx, actor, { action: 'account.enabled', entity: 'account', entityId: accountId });
      await this.waiting.begin(tx, actor, accountId, 'enabled');
    });
  }

  /**
   * Sets a new password for an owner who has lost it, and who must then choose another; ends the account's sessions.
   * 404; 422 `weak-password`.
   */
  async setPassword(actor: Actor, accountId: string, password: string): Promise<void> {
    const account = await this.database.read().findOneBy(Account, { id: accountId });
    if (!account) throw notFound();
    const passwordHash = await this.hashOf(password, account);
    await this.database.write(async (tx) => {
      const passwordByAnother = actor.accountId !== null && actor.accountId !== accountId;
      const done = await tx.update(Account, { id: accountId }, { passwordHash, passwordByAnother });
      if (done.affected !== 1) throw notFound();
      await tx.delete(Session, { accountId });
      await tx.delete(KnownOrigin, { accountId });
      await this.audit.record(tx, actor, { action: 'account.password-reset', entity: 'account', entityId: accountId });
      await this.waiting.begin(tx, actor, accountId, 'password-set');
    });
  }

  /**
   * Replaces all roles. Ends the account's sessions in the same transaction, so that a removed right is gone at once.
   * Throws 404, `operator-needs-unit` (422), `last-admin` (409).
   */
  async setGrants(actor: Actor, accountId: string, grants: readonly NewGrant[]): Promise<void> {
    await this.database.write(async (tx) => {
      if (!(await tx.existsBy(Account, { id: accountId }))) throw notFound();
      await this.holdAdmins(tx);
      const before = (await tx.findBy(RoleGrant, { accountId })).map(({ role, unitId }) => ({ role, unitId }));
      await tx.delete(RoleGrant, { accountId });
      await this.insertGrants(tx, accountId, grants);
      if (before.some(({ role }) => role === 'admin')) await this.requireAdmin(tx);
      await tx.delete(Session, { accountId });
      const fact = { action: 'account.roles-changed', entity: 'account', entityId: accountId };
      await this.audit.record(tx, actor, { ...fact, before: { grants: before }, after: { grants } });
      if (gainsTrust(before, grants)) await this.waiting.begin(tx, actor, accountId, 'role-granted');
    });
  }

  /** 422 `weak-password`: also for a password made of the names of the person or of a unit. */
  async hashOf(
    password: string,
    { username, displayName }: { username: string; displayName: string },
  ): Promise<string> {
    return this.passwords.hash(password, { person: [username, displayName], offices: await this.units.names() });
  }

  private async insertGrants(tx: EntityManager, accountId: string, grants: readonly NewGrant[]): Promise<void> {
    for (const grant of grants) {
      const unitId = grant.unitCode ? (await tx.findOneBy(Unit, { code: grant.unitCode }))?.id : null;
      if (unitId === undefined || (grant.role === 'operator' && unitId === null)) {
        throw new DomainError('invalid', 'operator-needs-unit', {
          vi: 'Trực đài phải thuộc một đơn vị có trong danh sách.',
          en: 'An operator belongs to one known unit.',
        });
      }
      await tx.insert(RoleGrant, { id: newId(this.clock.now()), accountId, role: grant.role, unitId });
    }
  }

  /** Serialises changes of administrators: when two take each other's role at once, one of them remains. */
  private async holdAdmins(tx: EntityManager): Promise<void> {
    if (!this.database.isPostgres) return;
    await tx.find(RoleGrant, { where: { role: 'admin' }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  }

  /** At least one account must be able to grant roles. */
  private async requireAdmin(tx: EntityManager): Promise<void> {
    const left = await tx
      .createQueryBuilder(RoleGrant, 'g')
      .innerJoin(Account, 'a', 'a.id = g.account_id')
      .where("g.role = 'admin' AND a.active = :active", { active: true })
      .getExists();
    if (left) return;
    throw new DomainError('conflict', 'last-admin', {
      vi: 'Phải còn ít nhất một quản trị hệ thống đang hoạt động.',
      en: 'At least one active administrator must be left.',
    });
  }

  /** The account as an actor; null when it is unknown or disabled. */
  async actor(accountId: string, address?: string): Promise<Actor | null> {
    const account = await this.database.read().findOneBy(Account, { id: accountId, active: true });
    if (!account) return null;
    const grants = await this.database.read().findBy(RoleGrant, { accountId });
    return {
      accountId,
      name: account.displayName,
      grants: grants.map(({ role, unitId }) => ({ role, unitId })),
      address,
      mustChangePassword: account.passwordByAnother,
    };
  }

  async byUsername(username: string): Promise<Account | null> {
    return this.database.read().findOneBy(Account, { username: fold(username) });
  }

  async hasAdmin(): Promise<boolean> {
    return this.database.read().existsBy(RoleGrant, { role: 'admin' });
  }
}

/**
 * Whether an account can now approve, or now confirm, and could not before: it may be a second account of the
 * administrator who grants it.
 */
function gainsTrust(before: readonly { role: Role }[], after: readonly { role: Role }[]): boolean {
  const held = new Set(before.map(({ role }) => role));
  const gained = new Set(after.map(({ role }) => role).filter((role) => !held.has(role)));
  return gained.has('approver') || (gained.has('admin') && !held.has('approver'));
}
