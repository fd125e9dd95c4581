import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { PostPause } from './post-pause.entity.js';
import { requireReason } from './state/post-reason.js';
import { Post } from './state/post.entity.js';

/**
 * The switch that stops the machine from posting on one fanpage. Due posts stay scheduled; a post that was already
 * being sent is finished. People may still post by hand. After release due posts are sent, except those that are more
 * than six hours late, as always.
 */
@Injectable()
export class PostPauses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly transitions: PostTransitions,
  ) {}

  /**
   * 404 for an unknown channel; 409 `already-so` when the switch already has this value; 422 `needs-reason`,
   * `not-a-fanpage`.
   */
  async throwSwitch(actor: Actor, channelCode: string, paused: boolean, reason: string): Promise<void> {
    const why = requireReason(reason);
    await this.database.write(async (tx) => {
      // Claims take the same lock, so that no new sending starts after this.
      await this.transitions.lockClaims(tx);
      const channel = await tx.findOneBy(Channel, { code: channelCode });
      if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
      if (channel.kind !== 'fanpage') throw notAFanpage(channel);
      const before = await tx.findOneBy(PostPause, { channelId: channel.id });
      if ((before?.paused ?? false) === paused) throw alreadySo(paused);
      await this.set(tx, actor, channel, before, paused, why);
      if (!paused) await this.wakeWaiting(tx, channel.id);
    });
  }

  /**
   * The page itself accepts no posts (an invalid token, a block): the machine stops trying until a person says that it
   * is repaired.
   */
  async close(tx: EntityManager, channelId: string, reason: string): Promise<void> {
    const channel = await tx.findOneByOrFail(Channel, { id: channelId });
    const before = await tx.findOneBy(PostPause, { channelId });
    if (!before?.paused) await this.set(tx, postRobot, channel, before, true, reason);
  }

  /** Called in the transaction of a claim. */
  isPaused(tx: EntityManager, channelId: string): Promise<boolean> {
    return tx.existsBy(PostPause, { channelId, paused: true });
  }

  /** All switches that were ever changed, by channel id. */
  async all(): Promise<Map<string, PostPause>> {
    return new Map((await this.database.read().find(PostPause)).map((one) => [one.channelId, one]));
  }

  private async set(
    tx: EntityManager,
    actor: Actor,
    { id: channelId, unitId }: Channel,
    before: PostPause | null,
    paused: boolean,
    reason: string,
  ): Promise<void> {
    const now = this.clock.now();
    const row = { paused, reason, changedAt: now, changedBy: actor.accountId };
    if (before) await tx.update(PostPause, { id: before.id }, row);
    else await tx.insert(PostPause, { id: newId(now), channelId, ...row });
    await this.audit.record(tx, actor, {
      action: paused ? 'fanpage.paused' : 'fanpage.resumed',
      entity: 'channel',
      entityId: channelId,
      unitId,
      before: { paused: !paused },
      after: { paused, reason },
    });
  }

  private async wakeWaiting(tx: EntityManager, channelId: string): Promise<void> {
    const waiting = await tx.find(Post, {
      select: { id: true, dueAt: true, leaseUntil: true },
      where: { channelId, state: 'scheduled', adapter: 'graph' },
      // Posts that are woken at the same moment leave in this order.
      order: { dueAt: 'ASC', id: 'ASC' },
    });
    for (const { id, dueAt, leaseUntil } of waiting) {
      await this.transitions.wakeAt(tx, id, Math.max(dueAt, leaseUntil ?? 0, this.clock.now()));
    }
  }
}

function notAFanpage(channel: Channel): DomainError {
  return new DomainError('invalid', 'not-a-fanpage', {
    vi: `Kênh "${channel.name}" không phải là fanpage.`,
    en: `The channel "${channel.code}" is not a fanpage.`,
  });
}

function alreadySo(paused: boolean): DomainError {
  return new DomainError('conflict', 'already-so', {
    vi: paused ? 'Trang này đang tạm dừng đăng rồi.' : 'Trang này đang đăng bình thường.',
    en: paused ? 'Posting is paused already.' : 'Posting is not paused.',
  });
}
