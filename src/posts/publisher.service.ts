import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { HouseCopy } from '../jobs/house-copy.service.js';
import { Channel } from '../channels/channel.entity.js';
import { Campaigns } from '../campaigns/campaigns.service.js';
import { Approvals } from '../approvals/approvals.service.js';
import { PostAdapter, type PublishOutcome } from './graph/post-adapter.port.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { PostLookup } from './post-lookup.service.js';
import { PostPauses } from './post-pauses.service.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { requirePostable } from './state/post-scope.js';
import { Post } from './state/post.entity.js';
import {
  FIRST_LOOKUP_MS,
  LEASE_MS,
  openTries,
  PACE_MS,
  retryPause,
  RIVAL_MS,
  sameText,
  SEND_WITHIN_MS,
  TOO_LATE_MS,
  TWIN_PAUSE_MS,
} from './graph/post-rules.js';
import { postTransitions } from './state/post.transitions.js';

const RIVAL =
  'Bài vừa đến giờ đã có sẵn trên trang mà bản này chưa gửi: có thể một bản khác của hệ thống còn chạy và đang đăng lên trang này. Hãy dừng bản kia rồi cho trang đăng tiếp.';

/** The right of this process to send a post once. */
export interface Claim {
  postId: string;
  attempt: number;
  message: string;
  /** When claiming began, by the wall clock and by the monotonic one. */
  begun: { at: Instant; monotonic: number };
}

/**
 * Claim, send, record: the claim and the attempt's row are committed before anything is sent, the call is made outside
 * any transaction, and the outcome is written only for the attempt it belongs to. A process that dies in between leaves
 * `publishing`, which becomes `unknown` when the claim lapses and is looked up.
 */
@Injectable()
export class Publisher {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly campaigns: Campaigns,
    private readonly approvals: Approvals,
    private readonly transitions: PostTransitions,
    private readonly pauses: PostPauses,
    private readonly adapter: PostAdapter,
    private readonly lookup: PostLookup,
    private readonly copy: HouseCopy,
  ) {}

  async publish(postId: string, signal: AbortSignal): Promise<void> {
    const claim = await this.claim(postId);
    if (claim) await this.deliver(claim, signal);
  }

  async deliver(claim: Claim, signal: AbortSignal): Promise<void> {
    await this.record(claim, await this.send(claim, signal));
  }

  /**
   * Null when there is nothing to send: not due, not approved, too late, for a person, or claimed by another worker.
   */
  async claim(postId: string): Promise<Claim | null> {
    // Before the transaction: the confirmation of its commit may arrive minutes later.
    const begun = { at: this.clock.now(), monotonic: this.clock.monotonic() };
    return this.database.write(async (tx) => {
      await this.transitions.lockClaims(tx);
      const post = await this.transitions.hold(tx, postId);
      const now = this.clock.now();
      if (post.state !== 'scheduled' || post.dueAt > now || (post.leaseUntil ?? 0) > now) return null;
      if (!(await this.mayGo(tx, post, now))) return null;
      const attempt = post.attempt + 1;
      await this.transitions.move(tx, postRobot, post, 'publishing', { leaseUntil: now + LEASE_MS }, attempt);
      const row = { id: newId(now), postId, n: attempt, kind: 'publish' as const, startedAt: now };
      await tx.insert(PostAttempt, { ...row, finishedAt: null, outcome: null, detail: null });
      return { postId, attempt, message: post.message, begun };
    });
  }

  /**
   * Sends the post if this claim still holds. The process may have slept, or waited for the database, since it claimed:
   * meanwhile others may have taken the post over and sent it. So the row is read once more, and the adapter checks the
   * clocks once connected.
   */
  async send(claim: Claim, signal: AbortSignal): Promise<PublishOutcome> {
    const { postId: id, attempt, begun } = claim;
    const mayGo = () =>
      Math.abs(this.clock.now() - begun.at) < SEND_WITHIN_MS &&
      this.clock.monotonic() - begun.monotonic < SEND_WITHIN_MS;
    const mine = await this.database.read().findOneBy(Post, { id, attempt, state: 'publishing' });
    const rival = mine && (await this.askPage(mine, signal));
    if (rival) return rival;
    if (!mine || !mayGo()) return { kind: 'not-sent', reason: 'Máy chủ bị dừng lâu trước khi gửi nên chưa gửi bài.' };
    return this.adapter.publish(claim.message, signal, mayGo);
  }

  /**
   * In the week after an activation another copy of the installation may still run and have posted it. If the text is
   * on the page it is not sent, and the page is paused until a person has stopped the other copy. Null when the page
   * was read and does not have it.
   */
  private async askPage(post: Post, signal: AbortSignal): Promise<PublishOutcome | null> {
    if (this.clock.now() - this.copy.state.generation > RIVAL_MS) return null;
    const found = await this.lookup.present(post, signal);
    if (found === null) return null;
    if ('kind' in found) return { kind: 'not-sent', reason: found.reason };
    await this.database.write(async (tx) => {
      await this.transitions.lockClaims(tx);
      await this.pauses.close(tx, post.channelId, RIVAL);
    });
    const { externalId, permalink } = found;
    return { kind: 'published', externalId, permalink };
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
        // The claim had lapsed and others have continued: this outcome is recorded where a person can find it.
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
          // "You have posted this already" after an attempt in doubt is a result of that attempt.
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

  /** A claim whose holder is gone: it is unknown whether it was sent. */
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

  /** True when the machine is to send it now; otherwise the post has been moved to the state where it belongs. */
  private async mayGo(tx: EntityManager, post: Post, now: Instant): Promise<boolean> {
    const stop = await this.mustNot(tx, post, now);
    const refusal = this.refusal(post, now);
    if (stop) await this.transitions.cancel(tx, postRobot, post, stop);
    else if (post.adapter === 'manual') await this.transitions.move(tx, postRobot, post, 'awaiting-person');
    // It keeps its state, and is woken when the switch is released.
    else if (await this.pauses.isPaused(tx, post.channelId)) return false;
    else if (refusal) await this.transitions.move(tx, postRobot, post, 'refused', { reason: refusal });
    else if (await this.twinOnItsWay(tx, post)) {
      const reason = 'Một bài có nội dung giống hệt đang được đăng; bài này chờ đến lượt.';
      await this.postpone(tx, post, now + TWIN_PAUSE_MS, reason);
    } else {
      const next = await this.nextSending(tx, post, now);
      if (next <= now) return true;
      await this.postpone(tx, post, next, 'Bài khác vừa được đăng lên trang; bài này chờ đến lượt.');
    }
    return false;
  }

  /**
   * When this post may leave by the pace of its page: waiting posts leave one by one, in the order in which they were
   * due.
   */
  private async nextSending(tx: EntityManager, post: Post, now: Instant): Promise<Instant> {
    const last = await tx
      .createQueryBuilder(PostAttempt, 'attempt')
      .innerJoin(Post, 'post', 'post.id = attempt.post_id AND post.channel_id = :channelId', post)
      .where(`attempt.kind = 'publish' AND attempt.started_at > :since AND attempt.started_at <= :now`)
      .setParameters({ since: now - PACE_MS, now })
      .select('MAX(attempt.started_at)', 'at')
      .getRawOne<{ at: number | string | null }>();
    if (!last?.at) return now;
    const before = await tx.countBy(Post, {
      channelId: post.channelId,
      adapter: 'graph',
      state: 'scheduled',
      dueAt: LessThan(post.dueAt),
    });
    // The runner takes due jobs in the order of their time: a millisecond is enough.
    return Number(last.at) + PACE_MS + Math.min(before, 1000);
  }

  /** Why the post must not be published at all; null when it may. */
  private async mustNot(tx: EntityManager, post: Post, now: Instant): Promise<string | null> {
    const campaign = await this.campaigns.require(tx, post.campaignId);
    if (campaign.state !== 'open') return 'Đợt tuyên truyền đã kết thúc hoặc đã hủy.';
    try {
      const channel = await tx.findOneByOrFail(Channel, { id: post.channelId });
      await requirePostable(tx, this.approvals, { campaign, channel, versionId: post.scriptVersionId, at: now });
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.sentence.vi;
      throw error;
    }
  }

  /** Why the machine does not send it by itself although it may be published; null when it does. */
  private refusal(post: Post, now: Instant): string | null {
    if (now - post.dueAt > TOO_LATE_MS) {
      return 'Quá giờ hẹn hơn 6 tiếng nên hệ thống không tự đăng. Xin xem bài còn đúng lúc không, rồi bấm đăng lại hoặc hủy.';
    }
    return this.adapter.ready() ? null : 'Chưa thiết đặt trang và khóa truy cập trang (LOA_PAGE_ID, LOA_PAGE_TOKEN).';
  }

  /** Two posts in doubt with the same text could not be told apart on the page, so the second waits. */
  private async twinOnItsWay(tx: EntityManager, post: Post): Promise<boolean> {
    const others = await tx.findBy(Post, { adapter: 'graph', state: In(['publishing', 'unknown']), id: Not(post.id) });
    return others.some((other) => sameText(other.message, post.message));
  }

  private async postpone(tx: EntityManager, post: Post, leaseUntil: Instant, reason: string): Promise<void> {
    await tx.update(Post, { id: post.id, state: 'scheduled', attempt: post.attempt }, { leaseUntil, reason });
    await this.transitions.wakeAt(tx, post.id, leaseUntil);
  }
}

function target(outcome: PublishOutcome): 'published' | 'refused' | 'scheduled' | 'unknown' {
  return outcome.kind === 'not-sent' || outcome.kind === 'page-closed' ? 'scheduled' : outcome.kind;
}
