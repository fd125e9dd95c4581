import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId, newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Accounts, type NewAccount } from '../accounts/accounts.service.js';
import { systemActor } from '../access/actor.js';
import { RoleGrant } from '../accounts/role-grant.entity.js';
import { SetupSecret } from './setup-secret.entity.js';

const VALID_MS = 60 * 60_000;

/**
 * There is no default account. The first administrator is created with a secret that only the server's own terminal
 * shows.
 */
@Injectable()
export class SetupSecrets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
  ) {}

  /** A new secret, valid for 60 minutes, replacing any other; null when an administrator exists. */
  async issue(): Promise<string | null> {
    if (await this.accounts.hasAdmin()) return null;
    const secret = newSecret(18);
    const now = this.clock.now();
    await this.database.write(async (tx) => {
      await tx.delete(SetupSecret, { usedAt: IsNull() });
      const row = {
        id: newId(now),
        secretHash: sha256(secret),
        createdAt: now,
        expiresAt: now + VALID_MS,
        usedAt: null,
      };
      await tx.insert(SetupSecret, row);
    });
    return secret;
  }

  /** Creates the first administrator. Throws `bad-setup-secret` (403) for a wrong, used or old secret. */
  async redeem(secret: string, account: Omit<NewAccount, 'grants'>): Promise<string> {
    const now = this.clock.now();
    const usable = { secretHash: sha256(secret), usedAt: IsNull(), expiresAt: MoreThan(now) };
    if (!(await this.database.read().existsBy(SetupSecret, usable))) throw badSecret();
    const passwordHash = await this.accounts.hashOf(account.password, account);
    return this.database.write(async (tx) => {
      const claimed = await tx.update(SetupSecret, usable, { usedAt: now });
      if (claimed.affected !== 1 || (await tx.existsBy(RoleGrant, { role: 'admin' }))) throw badSecret();
      const grants: NewAccount['grants'] = [{ role: 'admin' }];
      return this.accounts.insert(tx, systemActor('thiết lập lần đầu'), { ...account, grants }, passwordHash);
    });
  }
}

function badSecret(): DomainError {
  return new DomainError('forbidden', 'bad-setup-secret', {
    vi: 'Mã thiết lập sai, đã dùng hoặc quá 60 phút. Khởi động lại máy chủ để nhận mã mới.',
    en: 'The setup secret is wrong, used or older than 60 minutes. Restart the server for a new one.',
  });
}
