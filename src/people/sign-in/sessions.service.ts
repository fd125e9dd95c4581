import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan, MoreThanOrEqual, Not } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { fold } from '../../shared/fold.js';
import { newId, newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Account } from '../accounts/account.entity.js';
import { Accounts } from '../accounts/accounts.service.js';
import { accountOf, type Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownOrigins, originOf } from './known-origins.service.js';
import { Passwords } from '../accounts/passwords.js';
import type { RequestOrigin } from '../access/request-origin.js';
import { type Caller, unauthenticated } from '../access/request.js';
import { Session } from '../accounts/session.entity.js';
import { Throttle } from './throttle.service.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** Minimum age of last_seen_at before it is written again. */
const TOUCH_MS = 60_000;

export type SignInOrigin = RequestOrigin & { userAgent?: string };

export interface SignInResult {
  /** The value of the cookie; stored nowhere else. */
  sessionId: string;
  csrfSecret: string;
  actor: Actor;
  /** The new device cookie, when the browser has none of ours. */
  freshDevice: string | null;
}

/** The view of a session for its owner. */
export interface OwnSession {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  address: string | null;
  userAgent: string | null;
  /** The session of this request. */
  current: boolean;
}

@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly origins: KnownOrigins,
    private readonly audit: Audit,
  ) {}

  /**
   * Throws `wrong-password` (401; the same text after the same time for an unknown or disabled account) or
   * `too-many-tries` (429). Two at a time: a flood of guesses is counted before it is answered. `endOthers` also ends
   * every other session of the account.
   */
  async signIn(username: string, password: string, from: SignInOrigin, endOthers = false): Promise<SignInResult> {
    const name = fold(username);
    return this.passwords.inTurn(async (matches) => {
      const account = await this.accounts.byUsername(name);
      const guess = await this.throttle.guess('password', name, account?.id ?? null, from);
      await this.throttle.check(guess);
      const right = await matches(account?.passwordHash ?? null, password);
      const actor = right && account ? await this.accounts.actor(account.id, from.address) : null;
      if (!actor?.accountId) {
        await this.throttle.failed(guess);
        throw wrongPassword();
      }
      await this.throttle.succeeded(guess);
      return this.start(actor, actor.accountId, account?.passwordHash ?? '', from, endOthers);
    });
  }

  private async start(
    actor: Actor,
    accountId: string,
    passwordHash: string,
    from: SignInOrigin,
    endOthers: boolean,
  ): Promise<SignInResult> {
    const now = this.clock.now();
    const sessionId = newSecret();
    const csrfSecret = newSecret(24);
    const freshDevice = await this.database.write(async (tx) => {
      // Hashing takes a while: if the password was changed in the meantime, refuse, or this session would outlive the
      // change.
      const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_read' as const } } : {};
      if (!(await tx.findOne(Account, { where: { id: accountId, passwordHash, active: true }, ...lock })))
        throw wrongPassword();
      await tx.insert(Session, {
        idHash: sha256(sessionId),
        id: newId(now),
        accountId,
        csrfSecret,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + ABSOLUTE_MS,
        address: from.address,
        userAgent: from.userAgent?.slice(0, 300) ?? null,
        codeAt: null,
      });
      await this.audit.record(tx, actor, { action: 'session.started', entity: 'account', entityId: accountId });
      if (endOthers) await this.endAllBut(tx, actor, accountId, sessionId);
      return this.origins.remember(tx, accountId, from);
    });
    return { sessionId, csrfSecret, actor, freshDevice };
  }

  /**
   * The account behind this cookie; null when the session is unknown, 30 minutes idle or 12 hours old, or its account
   * is disabled. Queries the database with every request, so that a right that an administrator removes is gone at
   * once, in every process.
   */
  async resolve(sessionId: string, from?: RequestOrigin): Promise<Omit<Caller, 'sessionId'> | null> {
    const idHash = sha256(sessionId);
    const session = await this.database.read().findOneBy(Session, { idHash });
    const now = this.clock.now();
    if (!session || session.expiresAt <= now || now - session.lastSeenAt > IDLE_MS) return null;
    const actor = await this.accounts.actor(session.accountId, from?.address);
    if (!actor) return null;
    if (now - session.lastSeenAt > TOUCH_MS) {
      await this.database.writeIfPossible((tx) => tx.update(Session, { idHash }, { lastSeenAt: now }));
    }
    const here = { sessionId: session.id, codeAt: session.codeAt };
    return { csrfSecret: session.csrfSecret, actor: { ...actor, from, ...here } };
  }

  /**
   * Continues the session under a new id and records that a code was given just now. The old id becomes invalid. Call
   * after `SecondFactor.check` or `finish`. Throws `unauthenticated` when the session has ended in the meantime.
   */
  async stepUp(actor: Actor, sessionId: string): Promise<string> {
    const next = newSecret();
    const accountId = accountOf(actor);
    await this.database.write(async (tx) => {
      const change = { idHash: sha256(next), codeAt: this.clock.now() };
      const done = await tx.update(Session, { idHash: sha256(sessionId), accountId }, change);
      if (done.affected !== 1) throw unauthenticated();
      await this.origins.prove(tx, accountId, originOf(actor));
      await this.audit.record(tx, actor, { action: 'session.code-given', entity: 'account', entityId: accountId });
    });
    return next;
  }

  /** The actor's own valid sessions, the latest first. */
  async own(actor: Actor, sessionId: string): Promise<OwnSession[]> {
    const now = this.clock.now();
    const rows = await this.database.read().find(Session, {
      where: { accountId: accountOf(actor), expiresAt: MoreThan(now), lastSeenAt: MoreThanOrEqual(now - IDLE_MS) },
      order: { lastSeenAt: 'DESC', id: 'DESC' },
    });
    const current = sha256(sessionId);
    return rows.map(({ idHash, id, createdAt, lastSeenAt, address, userAgent }) => {
      return { id, createdAt, lastSeenAt, address, userAgent, current: idHash === current };
    });
  }

  /** Ends one of the actor's own sessions. 404, also for somebody else's. */
  async endOwn(actor: Actor, id: string): Promise<void> {
    const accountId = accountOf(actor);
    await this.database.write(async (tx) => {
      const done = await tx.delete(Session, { id, accountId });
      if (done.affected !== 1) throw notFound();
      await this.audit.record(tx, actor, { action: 'session.ended', entity: 'account', entityId: accountId });
    });
  }

  /** Ends all of the actor's sessions but this one; returns their number. */
  async endOthers(actor: Actor, sessionId: string): Promise<number> {
    const accountId = accountOf(actor);
    return this.database.write((tx) => this.endAllBut(tx, actor, accountId, sessionId));
  }

  private async endAllBut(tx: EntityManager, actor: Actor, accountId: string, sessionId: string): Promise<number> {
    const done = await tx.delete(Session, { accountId, idHash: Not(sha256(sessionId)) });
    const count = done.affected ?? 0;
    const fact = { action: 'session.others-ended', entity: 'account', entityId: accountId, after: { count } };
    await this.audit.record(tx, actor, fact);
    return count;
  }

  async signOut(actor: Actor, sessionId: string): Promise<void> {
    const accountId = accountOf(actor);
    await this.database.write(async (tx) => {
      const done = await tx.delete(Session, { idHash: sha256(sessionId) });
      if (done.affected === 1)
        await this.audit.record(tx, actor, { action: 'session.signed-out', entity: 'account', entityId: accountId });
    });
  }
}

function wrongPassword(): DomainError {
  return new DomainError('unauthenticated', 'wrong-password', {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'Wrong user name or password.',
  });
}
