import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { type Instant } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { Campaigns } from '../campaigns/campaigns.service.js';
import { Approvals } from '../approvals/approvals.service.js';
import { PostAdapter } from './graph/post-adapter.port.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { PostPauses } from './post-pauses.service.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { requirePostable } from './state/post-scope.js';
import { Post } from './state/post.entity.js';
import { PACE_MS, sameText, TOO_LATE_MS, TWIN_PAUSE_MS } from './graph/post-rules.js';

/** Decides whether a due post is sent now; otherwise moves it to the state that fits. */
@Injectable()
export class PostClearance {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly approvals: Approvals,
    private readonly transitions: PostTransitions,
    private readonly pauses: PostPauses,
    private readonly adapter: PostAdapter,
  ) {}

  /** True when Loa is to send it now; otherwise the post has changed its state. */
  async mayGo(tx: EntityManager, post: Post, now: Instant): Promise<boolean> {
    const stop = await this.mustNot(tx, post, now);
    const refusal = this.refusal(post, now);
    if (stop) await this.transitions.cancel(tx, postRobot, post, stop);
    else if (post.adapter === 'manual') await this.transitions.move(tx, postRobot, post, 'awaiting-person');
    // It keeps its state; releasing the switch wakes it.
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
   * When the pace of its page allows this post: waiting posts are sent one by one, in the order in which they were due.
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
    // The runner takes due jobs in the order of their time: a millisecond is enough to keep the order.
    return Number(last.at) + PACE_MS + Math.min(before, 1000);
  }

  /** Why the post must not go out at all; null when it may. */
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

  /** Why Loa does not send it by itself although it may be published; null when it does. */
  private refusal(post: Post, now: Instant): string | null {
    if (now - post.dueAt > TOO_LATE_MS) {
      return 'Quá giờ hẹn hơn 6 tiếng nên hệ thống không tự đăng. Xin xem bài còn đúng lúc không, rồi bấm đăng lại hoặc hủy.';
    }
    return this.adapter.ready()
      ? null
      : 'Trang chưa nối với Facebook. Xin nhờ quản trị hệ thống nối trang, hoặc đăng bằng tay.';
  }

  /** Two posts in doubt with the same text could not be distinguished on the page, so the second waits. */
  private async twinOnItsWay(tx: EntityManager, post: Post): Promise<boolean> {
    const others = await tx.findBy(Post, { adapter: 'graph', state: In(['publishing', 'unknown']), id: Not(post.id) });
    return others.some((other) => sameText(other.message, post.message));
  }

  private async postpone(tx: EntityManager, post: Post, leaseUntil: Instant, reason: string): Promise<void> {
    await tx.update(Post, { id: post.id, state: 'scheduled', attempt: post.attempt }, { leaseUntil, reason });
    await this.transitions.wakeAt(tx, post.id, leaseUntil);
  }
}
