import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newSecret } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from '../accounts/account.entity.js';
import { accountOf, type Actor, hasRole } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { EnrolmentCodes } from './enrolment-codes.service.js';
import { KnownOrigin } from '../accounts/known-origin.entity.js';
import { Passwords } from '../accounts/passwords.js';
import { SecondFactorService } from './second-factor.service.js';
import { Session } from '../accounts/session.entity.js';
import { type WaitingCause, WaitingPeriod } from '../accounts/waiting-period.entity.js';
import { trustedRoles, WaitingPeriods } from '../accounts/waiting-periods.service.js';

/** Causes after which somebody else has chosen or known the password. */
const passwordCauses: readonly WaitingCause[] = ['created', 'password-set', 'code-issued'];

/** Actions that need a second person: issuing a code for enrolling a phone, and ending a waiting period early. */
@Injectable()
export class SecondPerson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactorService,
    private readonly codes: EnrolmentCodes,
    private readonly waiting: WaitingPeriods,
  ) {}

  /**
   * Issues a code with which another account enrols its first phone. Allowed for an administrator, for an approver with
   * a fresh code of his own phone, and at the server's terminal. Throws 404; 403 `own-enrolment-code`,
   * `waiting-period`, `code-needed`, `enrolment-needed`; 409 `phone-enrolled`.
   */
  async issueEnrolmentCode(actor: Actor, accountId: string): Promise<string> {
    return this.database.write(async (tx) => {
      if (actor.accountId === accountId) throw ownCode();
      if (actor.accountId !== null) {
        if (hasRole(actor, 'admin')) await this.waiting.requireOver(tx, actor.accountId);
        else await this.secondFactor.require(actor, tx);
      }
      // Lock the account: of two codes issued at once, one remains.
      const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
      const account = await tx.findOne(Account, { where: { id: accountId, active: true }, ...lock });
      if (!account) throw notFound();
      if (await this.secondFactor.hasPhone(tx, accountId)) throw phoneEnrolled();
      // An account from before waiting periods existed: an administrator knows this password, and nobody was informed.
      if (account.passwordByAnother && !(await tx.existsBy(WaitingPeriod, { accountId })))
        await this.waiting.begin(tx, actor, accountId, 'code-issued');
      return this.codes.issue(tx, actor, accountId);
    });
  }

  /**
   * Ends a waiting period: an administrator or approver with a fresh code of his own phone, who neither caused it nor
   * is its account, and has no open period himself. Throws 404; 403 `second-person-needed` and the errors of
   * `SecondFactor.require`; 409 `waiting-over`.
   */
  async confirm(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      const row = await this.openPeriod(tx, id);
      const confirmedBy = accountOf(actor);
      if (row.accountId === confirmedBy || row.causedBy === confirmedBy || !hasRole(actor, ...trustedRoles))
        throw secondPersonNeeded();
      await this.secondFactor.require(actor, tx);
      await this.end(tx, actor, row, confirmedBy);
    });
  }

  /**
   * The same at the server's terminal, for all unconfirmed periods of an account; returns their number. 404. Includes
   * expired ones, because the clock of a command may differ from the server's.
   */
  async confirmAll(system: Actor, accountId: string): Promise<number> {
    if (system.accountId !== null) throw secondPersonNeeded();
    return this.database.write(async (tx) => {
      const rows = await tx.findBy(WaitingPeriod, { accountId, confirmedAt: IsNull() });
      for (const row of rows) await this.end(tx, system, row, null);
      return rows.length;
    });
  }

  /**
   * "Nobody asked for this": ends the account's sessions, removes a phone enrolled since, and blocks a password that
   * somebody else chose. After that only a confirmation ends its open periods. Allowed for the account itself, an
   * approver or an administrator. Throws 404, 409 `waiting-over`.
   */
  async stop(actor: Actor, id: string): Promise<void> {
    const stoppedBy = accountOf(actor);
    const unusable = await this.passwords.hash(newSecret());
    await this.database.write(async (tx) => {
      const { accountId } = await this.openPeriod(tx, id);
      const rows = await this.waiting.of(tx, accountId);
      const stopped = { stoppedAt: this.clock.now(), stoppedBy };
      for (const row of rows) await tx.update(WaitingPeriod, { id: row.id, confirmedAt: IsNull() }, stopped);
      if (rows.some(({ cause }) => passwordCauses.includes(cause)))
        await tx.update(Account, { id: accountId }, { passwordHash: unusable });
      await this.codes.drop(tx, accountId);
      await this.secondFactor.dropSince(tx, accountId, Math.min(...rows.map(({ beganAt }) => beganAt)));
      await tx.delete(Session, { accountId });
      await tx.delete(KnownOrigin, { accountId });
      await this.audit.record(tx, actor, { action: 'account.waiting-stopped', entity: 'account', entityId: accountId });
    });
  }

  private async openPeriod(tx: EntityManager, id: string): Promise<WaitingPeriod> {
    const row = await tx.findOne(WaitingPeriod, { where: this.waiting.open({ id }) });
    if (row) return row;
    if (!(await tx.existsBy(WaitingPeriod, { id }))) throw notFound();
    throw waitingOver();
  }

  private async end(tx: EntityManager, actor: Actor, row: WaitingPeriod, confirmedBy: string | null): Promise<void> {
    const change = { confirmedAt: this.clock.now(), confirmedBy };
    const done = await tx.update(WaitingPeriod, { id: row.id, confirmedAt: IsNull() }, change);
    if (done.affected !== 1) throw waitingOver();
    const fact = { action: 'account.waiting-confirmed', entity: 'account', entityId: row.accountId };
    await this.audit.record(tx, actor, { ...fact, after: { cause: row.cause } });
  }
}

function ownCode(): DomainError {
  return new DomainError('forbidden', 'own-enrolment-code', {
    vi: 'Không ai tự cấp mã cài đặt cho chính mình. Xin nhờ một quản trị khác, một lãnh đạo duyệt, hoặc người giữ máy chủ.',
    en: 'Nobody issues an enrolment code for himself. Ask another administrator, an approver, or whoever keeps the server.',
  });
}

function phoneEnrolled(): DomainError {
  return new DomainError('conflict', 'phone-enrolled', {
    vi: 'Tài khoản này đã cài mã xác thực. Chủ tài khoản tự đổi điện thoại; nếu mất điện thoại, hãy bỏ mã xác thực trước.',
    en: 'This account has a phone. Its owner changes it; if the phone is lost, take it away first.',
  });
}

function secondPersonNeeded(): DomainError {
  return new DomainError('forbidden', 'second-person-needed', {
    vi: 'Việc này phải do người thứ hai xác nhận: không phải người đã làm, cũng không phải chủ tài khoản.',
    en: 'A second person confirms this: neither who did it nor the owner of the account.',
  });
}

function waitingOver(): DomainError {
  return new DomainError('conflict', 'waiting-over', {
    vi: 'Việc này đã được xác nhận hoặc đã hết thời gian chờ.',
    en: 'This has been confirmed, or its waiting time is over.',
  });
}
