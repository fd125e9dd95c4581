import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { fold } from '../shared/fold.js';
import { newSecret, sha256 } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Accounts } from './accounts.service.js';
import type { Actor } from './actor.js';
import { Audit } from './audit.js';
import { Passwords } from './passwords.js';
import { Session } from './session.entity.js';
import { Throttle } from './throttle.service.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** How stale last_seen_at may be before it is written again. */
const TOUCH_MS = 60_000;

export interface SignedIn {
  /** For the cookie; known to nobody else. */
  sessionId: string;
  csrfSecret: string;
  actor: Actor;
}

@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly audit: Audit,
  ) {}

  /** Throws `wrong-password` (401; the same for an unknown or disabled account) or `too-many-tries` (429). */
  async signIn(username: string, password: string, from: { address: string; userAgent?: string }): Promise<SignedIn> {
    const name = fold(username);
    await this.throttle.check(name, from.address);
    const account = await this.accounts.byUsername(name);
    const right = await this.passwords.matches(account?.passwordHash ?? null, password);
    const actor = right && account ? await this.accounts.actor(account.id, from.address) : null;
    if (!actor?.accountId) {
      await this.throttle.failed(name, from.address);
      throw new DomainError('unauthenticated', 'wrong-password', {
        vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
        en: 'Wrong user name or password.',
      });
    }
    await this.throttle.succeeded(name);
    const now = this.clock.now();
    const sessionId = newSecret();
    const csrfSecret = newSecret(24);
    const accountId = actor.accountId;
    await this.database.write(async (tx) => {
      await tx.insert(Session, {
        idHash: sha256(sessionId),
        accountId,
        csrfSecret,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + ABSOLUTE_MS,
        address: from.address,
        userAgent: from.userAgent?.slice(0, 300) ?? null,
      });
      await this.audit.record(tx, actor, { action: 'session.started', entity: 'account', entityId: accountId });
    });
    return { sessionId, csrfSecret, actor };
  }

  /** Who holds this cookie now; null when it is unknown, 30 minutes idle, 12 hours old, or its account is disabled. */
  async resolve(sessionId: string, address?: string): Promise<Omit<SignedIn, 'sessionId'> | null> {
    const idHash = sha256(sessionId);
    const session = await this.database.read().findOneBy(Session, { idHash });
    const now = this.clock.now();
    if (!session || session.expiresAt <= now || now - session.lastSeenAt > IDLE_MS) return null;
    const actor = await this.accounts.actor(session.accountId, address);
    if (!actor) return null;
    if (now - session.lastSeenAt > TOUCH_MS) {
      await this.database.write((tx) => tx.update(Session, { idHash }, { lastSeenAt: now }));
    }
    return { csrfSecret: session.csrfSecret, actor };
  }

  async signOut(sessionId: string): Promise<void> {
    await this.database.write((tx) => tx.delete(Session, { idHash: sha256(sessionId) }));
  }
}
