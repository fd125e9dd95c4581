import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { newId, newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { accountOf, type Actor, mayRead } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { CalendarAddress } from './calendar-address.entity.js';

/** Makes such a key recognisable to secret scanners, in logs and to people. */
const PREFIX = 'loa_cal_';
const KEY = /^loa_cal_[A-Za-z0-9_-]{43}$/;
const HINT_LENGTH = 4;

/** What an address shows after its creation. */
export interface KnownAddress {
  /** The last characters of its key. */
  hint: string;
  createdAt: Instant;
}

/**
 * Secret addresses of channels for calendar programs, which cannot sign in. Each belongs to one person and opens one
 * channel, as long as that person may read it.
 */
@Injectable()
export class CalendarAddresses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly accounts: Accounts,
  ) {}

  /** The actor's own address of this channel. The caller has checked that the actor may read the channel. */
  async of(actor: Actor, channelId: string): Promise<KnownAddress | null> {
    const where = { accountId: accountOf(actor), channelId };
    const row = await this.database.read().findOneBy(CalendarAddress, where);
    return row && { hint: row.tokenHint, createdAt: row.createdAt };
  }

  /** Creates a new key and returns it once; the previous key stops working at once. */
  async renew(actor: Actor, channel: Pick<Channel, 'id' | 'unitId'>): Promise<{ key: string; hint: string }> {
    const key = PREFIX + newSecret();
    const hint = key.slice(-HINT_LENGTH);
    const now = this.clock.now();
    const accountId = accountOf(actor);
    const row = { id: newId(now), channelId: channel.id, accountId, tokenHash: sha256(key), tokenHint: hint };
    await this.database.write(async (tx) => {
      const change = ['channel_id', 'token_hash', 'token_hint', 'created_at'];
      // When two requests renew at once, the later key wins; there is one row.
      await tx
        .createQueryBuilder()
        .insert()
        .into(CalendarAddress)
        .values({ ...row, createdAt: now })
        .orUpdate(change, ['account_id', 'channel_id'])
        .updateEntity(false)
        .execute();
      await this.record(tx, actor, 'calendar-address.renewed', channel, hint);
    });
    return { key, hint };
  }

  /** Disables the address at once. Revoking twice has no further effect. */
  async revoke(actor: Actor, channel: Pick<Channel, 'id' | 'unitId'>): Promise<void> {
    const where = { accountId: accountOf(actor), channelId: channel.id };
    await this.database.write(async (tx) => {
      const row = await tx.findOneBy(CalendarAddress, where);
      if (!row || (await tx.delete(CalendarAddress, { id: row.id })).affected !== 1) return;
      await this.record(tx, actor, 'calendar-address.revoked', channel, row.tokenHint);
    });
  }

  /**
   * The channel that a key opens. Throws 404 with the same text for a malformed, unknown or revoked key, and when its
   * person left or may no longer read that channel.
   */
  async channelOf(key: string): Promise<Channel> {
    const em = this.database.read();
    const row = KEY.test(key) ? await em.findOneBy(CalendarAddress, { tokenHash: sha256(key) }) : null;
    const channel = row && (await em.findOneBy(Channel, { id: row.channelId }));
    const actor = row && (await this.accounts.actor(row.accountId));
    if (!channel || !actor || actor.grants.length === 0 || !mayRead(actor, channel.unitId)) throw notFound();
    return channel;
  }

  private record(
    tx: EntityManager,
    actor: Actor,
    action: string,
    { id, unitId }: Pick<Channel, 'id' | 'unitId'>,
    hint: string,
  ): Promise<void> {
    return this.audit.record(tx, actor, { action, entity: 'channel', entityId: id, unitId, after: { hint } });
  }
}
