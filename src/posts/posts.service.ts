import { Injectable } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { Campaigns } from '../campaigns/campaigns.service.js';
import { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { Approvals } from '../approvals/approvals.service.js';
import { facebookLink } from './state/permalink.js';
import { PostAdapter, type PostAdapterName } from './graph/post-adapter.port.js';
import { PostTransitions } from './state/post-transitions.js';
import { requireReason } from './state/post-reason.js';
import { requirePostable } from './state/post-scope.js';
import { Post } from './state/post.entity.js';
import { cleanMessage, MAX_MESSAGE } from './graph/post-rules.js';
import { postStateNames } from './state/post.transitions.js';

export interface NewPost {
  campaignId: string;
  channelCode: string;
  versionId: string;
  /** When it should be published. */
  dueAt: Instant;
  /** Default `manual`: a person copies the text and pastes the link. */
  adapter?: PostAdapterName;
}

/** How far in the past "now" may be: the time it takes to fill in a form. */
const PAST_MS = 15 * 60_000;
const AHEAD_MS = 366 * 24 * 3_600_000;

/** What people do with posts. The machine sends and looks up: Publisher, PostLookup. */
@Injectable()
export class Posts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly campaigns: Campaigns,
    private readonly approvals: Approvals,
    private readonly transitions: PostTransitions,
    private readonly adapter: PostAdapter,
  ) {}

  /**
   * One post per campaign, channel and version: a second call returns the first one's id and changes nothing. Throws
   * 404 for an unknown campaign, channel or version; 409 `not-approved`, `campaign-over`; 422 `not-a-fanpage`,
   * `not-for-fanpage`, `other-unit`, `outside-campaign`, `bad-due-time`, `graph-not-set-up`, `message-length`; and 409
   * `outside-approval` when the approval does not cover this page or day.
   */
  async schedule(actor: Actor, wanted: NewPost): Promise<string> {
    return this.database.write(async (tx) => {
      const channel = await this.fanpage(tx, actor, wanted.channelCode);
      const key = [wanted.campaignId, channel.id, wanted.versionId].join('|');
      const old = await tx.findOneBy(Post, { key });
      if (old) return old.id;
      const { campaignId, versionId: scriptVersionId, dueAt, adapter = 'manual' } = wanted;
      const now = this.clock.now();
      if (dueAt < now - PAST_MS || dueAt > now + AHEAD_MS) throw badDueTime();
      const message = await this.approvedText(tx, wanted, channel);
      if (adapter === 'graph' && !this.adapter.ready()) throw graphNotSetUp();
      const id = newId(now);
      const planned = { id, key, campaignId, channelId: channel.id, scriptVersionId, message, adapter, dueAt };
      const nothingYet = {
        attempt: 0,
        leaseUntil: null,
        externalId: null,
        permalink: null,
        reason: null,
        publishedAt: null,
        publishedBy: null,
      };
      const row = {
        ...planned,
        ...nothingYet,
        state: 'scheduled' as const,
        createdAt: now,
        createdBy: actor.accountId,
      };
      await tx.createQueryBuilder().insert().into(Post).values(row).orIgnore().updateEntity(false).execute();
      const kept = await tx.findOneByOrFail(Post, { key });
      if (kept.id !== id) return kept.id;
      await this.transitions.wakeAt(tx, id, dueAt);
      const after = { campaignId, versionId: scriptVersionId, adapter, dueAt };
      const fact = { action: 'post.scheduled', entity: 'post', entityId: id, unitId: channel.unitId, after };
      await this.audit.record(tx, actor, fact);
      return id;
    });
  }

  /** Before it is sent, or instead of sending it again. 409 `illegal-move`. */
  cancel(actor: Actor, postId: string): Promise<void> {
    return this.change(actor, postId, (tx, post) =>
      this.transitions.cancel(tx, actor, post, 'Người phụ trách đã hủy.'),
    );
  }

  /**
   * A person confirms that it is published, with its link. 409 `illegal-move`, `permalink-taken`; 422 `bad-permalink`.
   */
  confirm(actor: Actor, postId: string, permalink: string): Promise<void> {
    const link = facebookLink(permalink);
    return this.change(actor, postId, async (tx, post) => {
      const other = await tx.findOneBy(Post, { permalink: link, id: Not(post.id) });
      if (other) throw permalinkTaken(other.id);
      // A post that the machine is sending at this moment is finished by the machine.
      const states = ['awaiting-person', 'refused', 'unknown'];
      if (!states.includes(post.state)) throw notNow(post);
      await this.transitions.move(tx, actor, post, 'published', {
        permalink: link,
        publishedAt: this.clock.now(),
        publishedBy: actor.accountId,
      });
    });
  }

  /**
   * Sends it again on a person's decision, with a reason; it is due now. 409 `illegal-move`, `not-approved`,
   * `outside-approval`, `campaign-over`; 422 `needs-reason`, `outside-campaign`.
   */
  retry(actor: Actor, postId: string, reason: string): Promise<void> {
    const why = requireReason(reason);
    return this.change(actor, postId, async (tx, post, channel) => {
      if (post.state !== 'refused' && post.state !== 'unknown') throw notNow(post);
      const campaign = await this.campaigns.require(tx, post.campaignId);
      if (campaign.state !== 'open') throw campaignOver();
      const dueAt = this.clock.now();
      await requirePostable(tx, this.approvals, { campaign, channel, versionId: post.scriptVersionId, at: dueAt });
      await this.transitions.move(tx, actor, post, 'scheduled', {
        dueAt,
        leaseUntil: dueAt,
        reason: `Người phụ trách cho đăng lại: ${why}`,
      });
    });
  }

  /** Starts a lookup on the page now instead of later. 409 `illegal-move`. */
  lookAgain(actor: Actor, postId: string): Promise<void> {
    return this.change(actor, postId, async (tx, post) => {
      if (post.state !== 'unknown') throw notNow(post);
      const leaseUntil = this.clock.now();
      await tx.update(Post, { id: post.id, state: 'unknown', attempt: post.attempt }, { leaseUntil });
      await this.transitions.wakeAt(tx, post.id, leaseUntil);
      await this.audit.record(tx, actor, { action: 'post.look-again', entity: 'post', entityId: post.id });
    });
  }

  private async change(
    actor: Actor,
    postId: string,
    work: (tx: EntityManager, post: Post, channel: Channel) => Promise<void>,
  ): Promise<void> {
    await this.database.write(async (tx) => {
      const post = await this.transitions.hold(tx, postId);
      const channel = await tx.findOneBy(Channel, { id: post.channelId });
      if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
      await work(tx, post, channel);
    });
  }

  private async fanpage(tx: EntityManager, actor: Actor, code: string): Promise<Channel> {
    const channel = await tx.findOneBy(Channel, { code, active: true });
    if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
    if (channel.kind === 'fanpage') return channel;
    throw new DomainError('invalid', 'not-a-fanpage', {
      vi: `Kênh "${channel.name}" không phải là fanpage.`,
      en: `The channel "${code}" is not a fanpage.`,
    });
  }

  private async approvedText(tx: EntityManager, wanted: NewPost, channel: Channel): Promise<string> {
    const campaign = await this.campaigns.require(tx, wanted.campaignId);
    const version = await tx.findOneBy(ScriptVersion, { id: wanted.versionId });
    const script = version && (await tx.findOneBy(Script, { id: version.scriptId, campaignId: campaign.id }));
    if (!version || !script) throw notFound();
    if (script.channelKind !== 'fanpage') throw notForFanpage();
    if (campaign.state !== 'open') throw campaignOver();
    await requirePostable(tx, this.approvals, { campaign, channel, versionId: version.id, at: wanted.dueAt });
    const message = cleanMessage(version.body);
    if (message.length === 0 || message.length > MAX_MESSAGE) throw messageLength(message.length);
    return message;
  }
}

function notNow(post: Post): DomainError {
  const sentence = {
    vi: `Không làm được việc này khi bài đăng ở trạng thái "${postStateNames[post.state]}". Xin tải lại trang.`,
    en: `Not possible while the post is "${post.state}".`,
  };
  return new DomainError('conflict', 'illegal-move', sentence, { from: post.state });
}

function permalinkTaken(postId: string): DomainError {
  const sentence = { vi: 'Đường dẫn này đã được ghi cho một bài đăng khác.', en: 'Another post has this permalink.' };
  return new DomainError('conflict', 'permalink-taken', sentence, { postId });
}

function badDueTime(): DomainError {
  return new DomainError('invalid', 'bad-due-time', {
    vi: 'Giờ đăng đã qua, hoặc xa hơn một năm. Xin chọn giờ khác.',
    en: 'The time is in the past or more than a year ahead.',
  });
}

function graphNotSetUp(): DomainError {
  return new DomainError('invalid', 'graph-not-set-up', {
    vi: 'Trang chưa nối với Facebook. Hãy chọn đăng bằng tay, hoặc nhờ quản trị hệ thống nối trang rồi hẹn lại.',
    en: 'The page is not connected to Facebook. Choose manual posting, or ask the administrator to connect it.',
  });
}

function notForFanpage(): DomainError {
  return new DomainError('invalid', 'not-for-fanpage', {
    vi: 'Bài này không được soạn cho fanpage.',
    en: 'This script is not meant for a fanpage.',
  });
}

function campaignOver(): DomainError {
  return new DomainError('conflict', 'campaign-over', {
    vi: 'Đợt tuyên truyền đã kết thúc hoặc đã hủy.',
    en: 'The campaign has ended or was cancelled.',
  });
}

function messageLength(length: number): DomainError {
  const vi = `Bài đăng phải có từ 1 đến ${MAX_MESSAGE} ký tự (bài này có ${length}).`;
  return new DomainError('invalid', 'message-length', { vi, en: `1 to ${MAX_MESSAGE} characters.` }, { length });
}
