import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import { newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from '../accounts/account.entity.js';
import { Accounts } from '../accounts/accounts.service.js';
import { accountOf, type Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { originOf } from './known-origins.service.js';
import { Passwords } from '../accounts/passwords.js';
import type { RequestOrigin } from '../access/request-origin.js';
import { unauthenticated } from '../access/request.js';
import { Session } from '../accounts/session.entity.js';
import { Throttle } from './throttle.service.js';

export interface PasswordChange {
  current: string;
  next: string;
  /** The new password a second time. */
  repeated: string;
}

/** Lets people change their own password when they know the current one. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly audit: Audit,
  ) {}

  /**
   * Ends the account's other sessions; this one continues under a new id, which is returned. Wrong guesses of the
   * current password count like those at sign-in. Throws 422 `passwords-differ`, `same-password`, `weak-password`,
   * `wrong-current-password`; 429 `too-many-tries`.
   */
  async change(actor: Actor, sessionId: string, { current, next, repeated }: PasswordChange): Promise<string> {
    const accountId = accountOf(actor);
    const wanted = next.normalize('NFC');
    if (wanted !== repeated.normalize('NFC')) throw differ();
    if (wanted === current.normalize('NFC')) throw same();
    const account = await this.database.read().findOneByOrFail(Account, { id: accountId });
    await this.requireCurrent(account, originOf(actor), current);
    const passwordHash = await this.accounts.hashOf(wanted, account).catch(besideItsField);
    const fresh = newSecret();
    await this.database.write(async (tx) => {
      // Only if the checked password is still stored: a concurrent change, by the owner or an administrator, wins.
      const before = { id: accountId, passwordHash: account.passwordHash, active: true };
      const done = await tx.update(Account, before, { passwordHash, passwordByAnother: false });
      if (done.affected !== 1) throw unauthenticated();
      const mine = { idHash: sha256(sessionId), accountId };
      const renewed = await tx.update(Session, mine, { idHash: sha256(fresh) });
      if (renewed.affected !== 1) throw unauthenticated();
      const ended = await tx.delete(Session, { accountId, idHash: Not(sha256(fresh)) });
      const fact = { action: 'account.password-changed', entity: 'account', entityId: accountId };
      await this.audit.record(tx, actor, { ...fact, after: { sessionsEnded: ended.affected ?? 0 } });
    });
    return fresh;
  }

  private async requireCurrent(
    { id, username, passwordHash }: Account,
    from: RequestOrigin,
    typed: string,
  ): Promise<void> {
    await this.passwords.inTurn(async (matches) => {
      const guess = await this.throttle.guess('password', username, id, from);
      await this.throttle.check(guess);
      if (await matches(passwordHash, typed)) return this.throttle.succeeded(guess);
      await this.throttle.failed(guess);
      throw new DomainError(
        'invalid',
        'wrong-current-password',
        { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' },
        { field: 'current' },
      );
    });
  }
}

function besideItsField(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  throw new DomainError(error.kind, error.code, error.sentence, { ...error.details, field: 'next' });
}

function differ(): DomainError {
  const sentence = { vi: 'Hai lần nhập mật khẩu mới không giống nhau.', en: 'The two new passwords differ.' };
  return new DomainError('invalid', 'passwords-differ', sentence, { field: 'repeated' });
}

function same(): DomainError {
  const sentence = { vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.', en: 'The new password is the current one.' };
  return new DomainError('invalid', 'same-password', sentence, { field: 'next' });
}
