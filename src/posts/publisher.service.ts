import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { PostAdapter, type PublishOutcome } from './graph/post-adapter.port.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { PostClearance } from './post-clearance.service.js';
import { RivalCopyCheck } from './rival-copy-check.service.js';
import { PostPauses } from './post-pauses.service.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { Post } from './state/post.entity.js';
import { FIRST_LOOKUP_MS, LEASE_MS, openTries, retryPause, SEND_WITHIN_MS } from './graph/post-rules.js';
import { postTransitions } from './state/post.transitions.js';

/** A post that this process may send, once. */
export interface Claim {
  postId: string;
  attempt: number;
  message: string;
  /** When claiming began, by the wall clock and by the monotonic clock. */
  begun: { at: Instant; monotonic: number };
}

/**
 * Claim, send, record: the claim and the attempt's row are committed before anything is sent; the call is made outside
 * of any transaction; the outcome is written only for the attempt it belongs to. A process that dies in between leaves
 * `publishing`, which becomes `unknown` when the claim lapses and is then looked up on the page.
 */
@Injectable()
export class Publisher {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly transitions: PostTransitions,
    private readonly pauses: PostPauses,
    private readonly adapter: PostAdapter,
    private readonly clearance: PostClearance,
    private readonly rivals: RivalCopyCheck,
  ) {}

  async publish(postId: string, signal: AbortSignal): Promise<void> {
    const claim = await this.claim(postId);
    if (claim) await this.deliver(claim, signal);
  }

  async deliver(claim: Claim, signal: AbortSignal): Promise<void> {
    await this.record(claim, await this.send(claim, signal));
  }

  /**
   * Null when there is nothing to send: not due, not approved, too late, left to a person, or claimed by another
   * process.
   */
  async claim(postId: string): Promise<Claim | null> {
    // Read before the transaction: its commit may be confirmed minutes after it was made.
    const begun = { at: this.clock.now(), monotonic: this.clock.monotonic() };
    return this.database.write(async (tx) => {
      await this.transitions.lockClaims(tx);
      const post = await this.transitions.hold(tx, postId);
      const now = this.clock.now();
      if (post.state !== 'scheduled' || post.dueAt > now || (post.leaseUntil ?? 0) > now) return null;
      if (!(await this.clearance.mayGo(tx, post, now))) return null;
      const attempt = post.attempt + 1;
      await this.transitions.move(tx, postRobot, post, 'publishing', { leaseUntil: now + LEASE_MS }, attempt);
      const row = { id: newId(now), postId, n: attempt, kind: 'publish' as const, startedAt: now };
      await tx.insert(PostAttempt, { ...row, finishedAt: null, outcome: null, detail: null });
      return { postId, attempt, message: post.message, begun };
    });
  }

  /**
   * Sends the post while this claim still holds it. A process may have been suspended, or have waited for the database,
   * since it claimed: meanwhile another process may have taken the post over and sent it. So the row is read once more,
   * and the adapter checks the clocks when its connection is established.
   */
  async send(claim: Claim, signal: AbortSignal): Promise<PublishOutcome> {
    const { postId: id, attempt, begun } = claim;
    const mayGo = () =>
      Math.abs(this.clock.now() - begun.at) < SEND_WITHIN_MS &&
      this.clock.monotonic() - begun.monotonic < SEND_WITHIN_MS;
    const mine = await this.database.read().findOneBy(Post, { id, attempt, state: 'publishing' });
    const rival = mine && (await this.rivals.askPage(mine, signal));
    if (rival) return rival;
    if (!mine || !mayGo()) return { kind: 'not-sent', reason: 'Máy chủ bị dừng lâu trước khi gửi nên chưa gửi bài.' };
    return this.adapter.publish(claim.message, signal, mayGo);
  }

  async record(claim: Claim, outcome: PublishOutcome): Promise<void> {
    await this.database.write(async (tx) => {
      const post = await this.transitions.hold(tx, claim.postId);
      const now = this.clock.now();
      const tried = { postId: post.id, n: claim.attempt, kind: 'publish' as const };
      const repeated = outcome.kind === 'refused' && outcome.duplicate;
      const detail = outcome.kind === 'published' ? outcome.externalId : outcome.reason;
      await tx.update(PostAttempt, tried, { finishedAt: now, outcome: repeated ? 'duplicate' : outcome.kind, detail });
      const to = target(outcome);
      if (post.attempt !== claim.attempt || !postTransitions[post.state].includes(to)) {
        // The claim has lapsed and another process went on: the answer is recorded where a person can find it.
        return this.transitions.note(tx, post, 'post.late-answer', {
          attempt: claim.attempt,
          outcome: outcome.kind,
          detail,
        });
      }
      switch (outcome.kind) {
        case 'published': {
          const { externalId, permalink } = outcome;
          return this.transitions.move(tx, postRobot, post, to, { externalId, permalink, publishedAt: now });
        }
        case 'refused': {
          // "You have posted this already" after an attempt in doubt is news of that attempt.
          const history = repeated ? await tx.findBy(PostAttempt, { postId: post.id }) : [];
          const doubt = openTries(history).length > 0;
          const leaseUntil = now + FIRST_LOOKUP_MS;
          if (doubt)
            return this.transitions.move(tx, postRobot, post, 'unknown', { reason: outcome.reason, leaseUntil });
          return this.transitions.move(tx, postRobot, post, to, { reason: outcome.reason });
        }
        case 'page-closed': {
          await this.pauses.close(tx, post.channelId, outcome.reason);
          await this.transitions.move(tx, postRobot, post, to, { reason: outcome.reason, leaseUntil: now });
          return this.transitions.tellFailure(tx, post.id, outcome.reason);
        }
        case 'not-sent': {
          const leaseUntil = now + retryPause(claim.attempt, outcome.retryAfterMs);
          return this.transitions.move(tx, postRobot, post, to, { reason: outcome.reason, leaseUntil });
        }
        case 'unknown': {
          const leaseUntil = now + FIRST_LOOKUP_MS;
          return this.transitions.move(tx, postRobot, post, to, { reason: outcome.reason, leaseUntil });
        }
      }
    });
  }

  /** A claim whose process has died: whether it was sent is unknown. */
  async recover(postId: string): Promise<void> {
    await this.database.write(async (tx) => {
      const post = await this.transitions.hold(tx, postId);
      const now = this.clock.now();
      if (post.state !== 'publishing' || (post.leaseUntil ?? 0) > now) return;
      const reason = 'Máy chủ dừng giữa lúc đăng nên chưa rõ bài đã lên trang hay chưa.';
      const tried = { postId, n: post.attempt, kind: 'publish' as const };
      await tx.update(PostAttempt, tried, { finishedAt: now, outcome: 'unknown', detail: reason });
      await this.transitions.move(tx, postRobot, post, 'unknown', { reason, leaseUntil: now + FIRST_LOOKUP_MS });
    });
  }
}

function target(outcome: PublishOutcome): 'published' | 'refused' | 'scheduled' | 'unknown' {
  return outcome.kind === 'not-sent' || outcome.kind === 'page-closed' ? 'scheduled' : outcome.kind;
}
