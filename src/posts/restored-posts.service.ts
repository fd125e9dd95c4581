import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Events } from '../database/events.js';
import { Activation } from '../people/system/activation.service.js';
import { HouseActivated } from '../people/units/people.events.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { Post } from './state/post.entity.js';
import { RESTORED } from './graph/post-rules.js';

const REASON = 'Bài đến giờ đăng trong lúc bản này không hoạt động; hệ thống tìm trên trang xem đã đăng chưa.';

/**
 * Another copy of the installation may have published posts that were due while this copy was passive. So they are not
 * sent: each becomes a post in doubt, is looked up on the page, and is left to a person when it is not found.
 */
@Injectable()
export class RestoredPosts implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly activation: Activation,
    private readonly transitions: PostTransitions,
  ) {}

  onModuleInit(): void {
    this.activation.count('postsToLookUp', (em, now) => em.countBy(Post, due('graph', now)));
    this.activation.count('postsByHand', (em, now) => em.countBy(Post, due('manual', now)));
    this.events.on(HouseActivated, ({ at }, tx) => this.doubt(tx, at));
  }

  private async doubt(tx: EntityManager, at: Instant): Promise<void> {
    const found = await tx.find(Post, { where: due('graph', at), order: { id: 'ASC' }, select: { id: true } });
    for (const { id } of found) {
      const post = await this.transitions.hold(tx, id);
      const n = post.attempt + 1;
      // As if it had been tried: it may have been published between its due time and now.
      const tried = { postId: id, n, kind: 'publish' as const, startedAt: Math.min(post.dueAt, at), finishedAt: at };
      await tx.insert(PostAttempt, { id: newId(at), ...tried, outcome: RESTORED, detail: REASON });
      await this.transitions.move(tx, postRobot, post, 'unknown', { reason: REASON, leaseUntil: at }, n);
    }
  }
}

/** Manual posts wait for a person, who may have published them long ago. */
function due(adapter: 'graph' | 'manual', now: Instant) {
  const state = adapter === 'graph' ? In(['scheduled', 'publishing']) : In(['scheduled', 'awaiting-person']);
  return { adapter, state, dueAt: LessThanOrEqual(now) };
}
