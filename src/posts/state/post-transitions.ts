import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOperator, In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { move } from '../../shared/transitions.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import { POSTING } from '../../database/engines/postgres-locks.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { type Actor, systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Post } from './post.entity.js';
import { PostFailed, PostPublished } from './posts.events.js';
import { type PostState, postTransitions } from './post.transitions.js';
import { unsentStates } from './unsent-posts.js';

export const POST_JOB = 'post';
/** The actor in the audit for what the machine does by itself. */
export const postRobot: Actor = systemActor('hệ thống đăng bài');

/** What a transition may change beside the state; the lease and the reason are cleared unless they are given. */
export type PostChange = Partial<Omit<Post, 'id' | 'state' | 'attempt'>>;

/** Every change of a post's state: by the table, fenced by state and attempt, audited, and published as an event. */
@Injectable()
export class PostTransitions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** The post, locked until the transaction ends. */
  async hold(tx: EntityManager, postId: string): Promise<Post> {
    const lock = this.database.isPostgres ? { mode: 'pessimistic_write' as const } : undefined;
    const post = await tx.findOne(Post, { where: { id: postId }, lock });
    if (!post) throw notFound();
    return post;
  }

  /**
   * Only one claim and one link to an entry of the page at a time, over all posts: two posts with the same text can be
   * told apart only by which of them was sent alone. SQLite has one writer anyway.
   */
  async lockClaims(tx: EntityManager): Promise<void> {
    if (this.database.isPostgres) await tx.query('SELECT pg_advisory_xact_lock($1)', [POSTING]);
  }

  /**
   * Throws `illegal-move` (409) when the table forbids it or another worker was quicker. `attempt` is the new one of a
   * claim.
   */
  async move(
    tx: EntityManager,
    actor: Actor,
    post: Post,
    to: PostState,
    change: PostChange = {},
    attempt = post.attempt,
  ): Promise<void> {
    const from = post.state;
    move(postTransitions, from, to, 'bài đăng');
    const set = { leaseUntil: null, reason: null, ...change, state: to, attempt };
    const done = await tx.update(Post, { id: post.id, state: from, attempt: post.attempt }, set);
    if (done.affected !== 1) {
      throw new DomainError('conflict', 'illegal-move', {
        vi: 'Bài đăng vừa được xử lý ở nơi khác. Xin tải lại trang.',
        en: 'Somebody else has just moved this post. Reload.',
      });
    }
    Object.assign(post, set);
    if (set.leaseUntil !== null) await this.wakeAt(tx, post.id, set.leaseUntil);
    const channel = await tx.findOneBy(Channel, { id: post.channelId });
    const { reason, permalink, dueAt } = post;
    await this.audit.record(tx, actor, {
      action: `post.${to}`,
      entity: 'post',
      entityId: post.id,
      unitId: channel?.unitId ?? null,
      before: { state: from },
      after: { state: to, attempt, reason, permalink, dueAt },
    });
    if (to === 'published') await this.events.publish(tx, new PostPublished(post.id));
    if (to === 'refused') await this.tellFailure(tx, post.id, reason ?? '');
  }

  /** A person must act before this post is published. */
  tellFailure(tx: EntityManager, postId: string, reason: string): Promise<void> {
    return this.events.publish(tx, new PostFailed(postId, reason));
  }

  /** A finding of the machine that changes no state. */
  async note(tx: EntityManager, post: Post, action: string, after: Record<string, unknown>): Promise<void> {
    await this.audit.record(tx, postRobot, { action, entity: 'post', entityId: post.id, after });
  }

  /** Processes the post at `at`, or as soon after as the runner can. */
  async wakeAt(tx: EntityManager, postId: string, at: Instant): Promise<void> {
    const key = `${postId}/${newId(this.clock.now())}`;
    // The job only checks what is due and may find nothing, so a full disk or a lost database must not use up its
    // attempts.
    await this.jobs.add(tx, { name: POST_JOB, key, payload: { postId }, runAt: at, maxAttempts: 100_000 });
  }

  /** Cancels unsent posts: an approval was withdrawn, a campaign is over, or a page is closed. */
  async cancelUnsent(
    tx: EntityManager,
    which: { scriptVersionId: string } | { campaignId: string } | { channelId: string; dueAt?: FindOperator<number> },
    reason: string,
  ): Promise<void> {
    const ids = await tx.find(Post, { select: { id: true }, where: { ...which, state: In(unsentStates) } });
    for (const { id } of ids) {
      const post = await this.hold(tx, id);
      if (unsentStates.includes(post.state)) await this.cancel(tx, postRobot, post, reason);
    }
  }

  async cancel(tx: EntityManager, actor: Actor, post: Post, reason: string): Promise<void> {
    // The same version may be scheduled again later, so the key is released.
    await this.move(tx, actor, post, 'cancelled', { reason, key: `${post.key}|${post.id}` });
  }
}
