import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from '../accounts/account.entity.js';
import { accountOf, type Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownOrigin } from '../accounts/known-origin.entity.js';
import { originOf } from './known-origins.service.js';
import { EnrolmentCodes } from './enrolment-codes.service.js';
import { newCodeSecret, newRecoveryCode, otpauthAddress, plainCode, stepOf } from './one-time-code.js';
import { RecoveryCode, SecondFactor } from './second-factor.entity.js';
import { enrolmentCodeNeeded, wrongCode, wrongEnrolmentCode } from './second-factor-refusals.js';
import { SecretBox } from '../accounts/secret-box.js';
import { Session } from '../accounts/session.entity.js';
import { Throttle } from './throttle.service.js';
import { WaitingPeriods } from '../accounts/waiting-periods.service.js';

/** How long a code counts as fresh: after that a new one is required. */
const FRESH_MS = 10 * 60_000;
const RECOVERY_CODES = 10;

export interface SecondFactorState {
  enrolledAt: Instant | null;
  /** An enrolment was begun in this session and its first code is still missing. */
  pending: boolean;
  recoveryCodesLeft: number;
}

/** For the phone: the secret in base32, and the same as the address in a QR code. */
export interface Enrolment {
  secret: string;
  otpauth: string;
}

/** The codes of a phone (TOTP, RFC 6238), and the check for actions that need one. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly throttle: Throttle,
    private readonly audit: Audit,
    private readonly codes: EnrolmentCodes,
    private readonly waiting: WaitingPeriods,
  ) {}

  /**
   * For approving and confirming: passes when a code was given in the last ten minutes and the account has no open
   * waiting period. Throws 403 `waiting-period`, `enrolment-needed` for an account without a phone, `code-needed` when
   * the last code is older. Call in the transaction that acts.
   */
  async require(actor: Actor, em: EntityManager = this.database.read()): Promise<void> {
    await this.waiting.requireOver(em, accountOf(actor));
    await this.requireCode(actor, em);
  }

  private async requireCode(actor: Actor, em: EntityManager): Promise<void> {
    const missing = await this.missing(actor, em);
    if (missing === 'enrolment') {
      throw new DomainError('forbidden', 'enrolment-needed', {
        vi: 'Cần cài mã xác thực trên điện thoại trước khi duyệt hay xác nhận (trang Bảo mật).',
        en: 'Set up codes on your phone before you approve or confirm (Security page).',
      });
    }
    if (missing === 'code') {
      throw new DomainError('forbidden', 'code-needed', {
        vi: 'Xin nhập mã xác thực trên điện thoại; mã lần trước đã quá 10 phút.',
        en: 'Enter a code from your phone; the last one is older than 10 minutes.',
      });
    }
  }

  /** What `require` would demand of the phone. */
  async missing(actor: Actor, em: EntityManager = this.database.read()): Promise<'enrolment' | 'code' | null> {
    if (!(await this.hasPhone(em, accountOf(actor)))) return 'enrolment';
    return isFresh(actor, this.clock.now()) ? null : 'code';
  }

  async state(actor: Actor): Promise<SecondFactorState> {
    const em = this.database.read();
    const accountId = accountOf(actor);
    const row = await this.row(em, accountId);
    const recoveryCodesLeft = await em.countBy(RecoveryCode, { accountId, usedAt: IsNull() });
    const pending = row !== null && isPendingIn(actor, row);
    return { enrolledAt: row?.enrolledAt ?? null, pending, recoveryCodesLeft };
  }

  hasPhone(em: EntityManager, accountId: string): Promise<boolean> {
    return em.existsBy(SecondFactor, { accountId, secret: Not(IsNull()) });
  }

  /**
   * Begins an enrolment, which continues in this session only: an intruder who signs in elsewhere with a stolen
   * password never sees the secret. Nothing changes until its first code is given. Replacing a phone needs a fresh code
   * of the present one (403 `code-needed`); the first phone needs a code that somebody else issued (403
   * `enrolment-code-needed`, 422 `wrong-enrolment-code`, 429).
   */
  async begin(actor: Actor, enrolmentCode = ''): Promise<Enrolment> {
    const accountId = accountOf(actor);
    const secret = newCodeSecret();
    const pending = { pendingSecret: this.box.seal(accountId, secret), pendingSession: actor.sessionId ?? null };
    const work = async (tx: EntityManager) => {
      if (await this.hasPhone(tx, accountId)) await this.requireCode(actor, tx);
      else if (!(await this.codes.redeem(tx, accountId, enrolmentCode))) return null;
      const changed = await tx.update(SecondFactor, { accountId }, pending);
      if (!changed.affected) {
        const id = newId(this.clock.now());
        await tx.insert(SecondFactor, { id, accountId, secret: null, lastStep: 0, enrolledAt: null, ...pending });
      }
      await this.record(tx, actor, 'second-factor.begun', accountId);
      return true;
    };
    const first = !(await this.hasPhone(this.database.read(), accountId));
    if (first && !plainCode(enrolmentCode)) throw enrolmentCodeNeeded();
    await this.throttled('enrolment', actor, work, wrongEnrolmentCode);
    return { secret, otpauth: otpauthAddress(secret, await this.username(accountId)) };
  }

  /** The enrolment of this session that waits for its first code, or null. */
  async pending(actor: Actor): Promise<Enrolment | null> {
    const accountId = accountOf(actor);
    const row = await this.row(this.database.read(), accountId);
    if (!row?.pendingSecret || !isPendingIn(actor, row)) return null;
    const secret = this.box.open(accountId, row.pendingSecret);
    return { secret, otpauth: otpauthAddress(secret, await this.username(accountId)) };
  }

  /**
   * Completes the enrolment with the first code of the new phone; returns ten recovery codes, which are shown only
   * once. Throws `wrong-code` (422), `too-many-tries` (429), `no-enrolment` (409).
   */
  async finish(actor: Actor, typed: string): Promise<string[]> {
    const accountId = accountOf(actor);
    const pending = await this.pending(actor);
    if (!pending) {
      throw new DomainError('conflict', 'no-enrolment', {
        vi: 'Chưa bắt đầu cài mã xác thực, hoặc đã cài xong ở nơi khác.',
        en: 'No enrolment has been begun.',
      });
    }
    return this.throttled('enrolment', actor, async (tx) => {
      const now = this.clock.now();
      const step = stepOf(pending.secret, plainCode(typed), now);
      if (step === null) return null;
      const row = await this.row(tx, accountId);
      // The enrolment may have been begun again in the meantime, with another secret.
      if (!row?.pendingSecret || this.box.open(accountId, row.pendingSecret) !== pending.secret) return null;
      const enrolled = { secret: row.pendingSecret, pendingSecret: null, pendingSession: null };
      const change = { ...enrolled, lastStep: step, enrolledAt: now };
      const done = await tx.update(SecondFactor, { accountId, pendingSecret: row.pendingSecret }, change);
      if (done.affected !== 1) return null;
      await this.record(tx, actor, 'second-factor.enrolled', accountId);
      return this.replaceCodes(tx, accountId);
    });
  }

  /**
   * Checks a code of the phone, or a recovery code; each is valid once. Throws `wrong-code` (422; the same for a wrong
   * and for a used one), `enrolment-needed` (403), `too-many-tries` (429).
   */
  async check(actor: Actor, typed: string): Promise<void> {
    const accountId = accountOf(actor);
    const row = await this.row(this.database.read(), accountId);
    if (!row?.secret) return this.requireCode({ ...actor, codeAt: null }, this.database.read());
    const secret = this.box.open(accountId, row.secret);
    const code = plainCode(typed);
    await this.throttled('code', actor, async (tx) => {
      if (!/^\d{6}$/.test(code)) return (await this.useRecoveryCode(tx, actor, accountId, code)) ? true : null;
      const step = stepOf(secret, code, this.clock.now());
      if (step === null) return null;
      // One statement, so that of two requests with the same code, in whatever process, one is refused. It includes the
      // secret: a phone that was replaced in the meantime makes no valid codes any more.
      const unused = { accountId, secret: row.secret, lastStep: LessThan(step) };
      const done = await tx.update(SecondFactor, unused as object, { lastStep: step });
      return done.affected === 1 ? true : null;
    });
  }

  /** Issues ten new recovery codes; the old ones become invalid. Needs a fresh code (403). */
  async newRecoveryCodes(actor: Actor): Promise<string[]> {
    const accountId = accountOf(actor);
    return this.database.write(async (tx) => {
      await this.requireCode(actor, tx);
      // Lock the phone's row: without it, two concurrent renewals would leave both sets of codes.
      if (this.database.isPostgres)
        await tx.findOne(SecondFactor, { where: { accountId }, lock: { mode: 'pessimistic_write' } });
      await this.record(tx, actor, 'second-factor.codes-renewed', accountId);
      return this.replaceCodes(tx, accountId);
    });
  }

  /**
   * For a person who lost the phone and the recovery codes: an administrator removes the phone and ends every session.
   * 404.
   */
  async reset(actor: Actor, accountId: string): Promise<void> {
    await this.database.write(async (tx) => {
      if (!(await tx.existsBy(Account, { id: accountId }))) throw notFound();
      await this.drop(tx, accountId);
      await tx.delete(Session, { accountId });
      await tx.update(KnownOrigin, { accountId }, { codeAt: null });
      await this.record(tx, actor, 'second-factor.reset', accountId);
      await this.waiting.begin(tx, actor, accountId, 'phone-reset');
    });
  }

  /** Removes a phone that was enrolled at or after this moment, and an unconfirmed enrolment. */
  async dropSince(tx: EntityManager, accountId: string, since: Instant): Promise<void> {
    const row = await this.row(tx, accountId);
    if (!row?.enrolledAt || row.enrolledAt >= since) await this.drop(tx, accountId);
    else await tx.update(SecondFactor, { accountId }, { pendingSecret: null, pendingSession: null });
  }

  private async drop(tx: EntityManager, accountId: string): Promise<void> {
    await this.codes.drop(tx, accountId);
    await tx.delete(SecondFactor, { accountId });
    await tx.delete(RecoveryCode, { accountId });
  }

  private async useRecoveryCode(tx: EntityManager, actor: Actor, accountId: string, code: string): Promise<boolean> {
    const usable = { accountId, codeHash: hashOf(accountId, code), usedAt: IsNull() };
    const done = await tx.update(RecoveryCode, usable, { usedAt: this.clock.now() });
    if (done.affected !== 1) return false;
    await this.record(tx, actor, 'second-factor.recovery-code-used', accountId);
    return true;
  }

  private async replaceCodes(tx: EntityManager, accountId: string): Promise<string[]> {
    await tx.delete(RecoveryCode, { accountId });
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    const rows = codes.map((code) => {
      return { id: newId(this.clock.now()), accountId, codeHash: hashOf(accountId, plainCode(code)), usedAt: null };
    });
    await tx.insert(RecoveryCode, rows);
    return codes;
  }

  /**
   * Six digits are guessable, a thousand in a second: guesses are checked and counted one after another, and failures
   * slow down like those of passwords. `work` returns null for a wrong code.
   */
  private async throttled<T>(
    kind: 'code' | 'enrolment',
    actor: Actor,
    work: (tx: EntityManager) => Promise<T | null>,
    wrong: () => DomainError = wrongCode,
  ): Promise<T> {
    const accountId = accountOf(actor);
    const guess = await this.throttle.guess(kind, accountId, accountId, originOf(actor));
    const done = await this.throttle.oneByOne(guess, work);
    if (done !== null) return done;
    throw wrong();
  }

  private row(em: EntityManager, accountId: string): Promise<SecondFactor | null> {
    return em.findOneBy(SecondFactor, { accountId });
  }

  private async username(accountId: string): Promise<string> {
    return (await this.database.read().findOneByOrFail(Account, { id: accountId })).username;
  }

  private async record(tx: EntityManager, actor: Actor, action: string, accountId: string): Promise<void> {
    await this.audit.record(tx, actor, { action, entity: 'account', entityId: accountId });
  }
}

export function isFresh(actor: Actor, now: Instant): boolean {
  const { codeAt } = actor;
  return typeof codeAt === 'number' && now - codeAt <= FRESH_MS && codeAt <= now;
}

function hashOf(accountId: string, code: string): string {
  return sha256(`${accountId} ${code}`);
}

/**
 * Only the session that began an enrolment may continue it; a call without a session continues none of another session.
 */
function isPendingIn({ sessionId }: Actor, { pendingSecret, pendingSession }: SecondFactor): boolean {
  return pendingSecret !== null && pendingSession === (sessionId ?? null);
}
