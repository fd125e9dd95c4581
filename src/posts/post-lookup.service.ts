import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { type FeedEntry, type LookupOutcome, PostAdapter } from './graph/post-adapter.port.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { PostTransitions, postRobot } from './state/post-transitions.js';
import { Post } from './state/post.entity.js';
import { PostFailed } from './state/posts.events.js';
import { judge, LEASE_MS, lookFrom, lookupNumber, lookupsOf, matching, SKEW_MS } from './graph/post-rules.js';

interface Look {
  postId: string;
  attempt: number;
  n: number;
  begunAt: number;
  leaseUntil: number;
  since: number;
}

/** Determines whether a post in doubt is on the page. Reads only, so it may be repeated. */
@Injectable()
export class PostLookup {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly transitions: PostTransitions,
    private readonly adapter: PostAdapter,
  ) {}

  async lookUp(postId: string, signal: AbortSignal): Promise<void> {
    const look = await this.claim(postId);
    if (!look) return;
    await this.record(look, await this.look(look, signal));
  }

  /** Null when no lookup is due, or another worker does it. */
  async claim(postId: string): Promise<Look | null> {
    return this.database.write(async (tx) => {
      const post = await this.transitions.hold(tx, postId);
      const now = this.clock.now();
      if (post.state !== 'unknown' || post.leaseUntil === null || post.leaseUntil > now) return null;
      const { attempt } = post;
      const leaseUntil = now + LEASE_MS;
      const same = { id: postId, state: 'unknown' as const, attempt, leaseUntil: post.leaseUntil };
      const done = await tx.update(Post, same, { leaseUntil });
      if (done.affected !== 1) return null;
      await this.transitions.wakeAt(tx, postId, leaseUntil);
      const history = await tx.findBy(PostAttempt, { postId });
      const n = lookupNumber(attempt, lookupsOf(attempt, history).length + 1);
      const row = { id: newId(now), postId, n, kind: 'lookup' as const, startedAt: now };
      await tx.insert(PostAttempt, { ...row, finishedAt: null, outcome: null, detail: null });
      return { postId, attempt, n, begunAt: now, leaseUntil, since: lookFrom(history, post.dueAt) };
    });
  }

  async look({ since }: Look, signal: AbortSignal): Promise<LookupOutcome> {
    if (this.adapter.ready()) return this.adapter.lookUp(since, signal);
    return { kind: 'failed', reason: 'Chưa thiết đặt khóa truy cập trang nên không tìm được bài trên trang.' };
  }

  /** Records the state of the page when the lookup was started; a worker may have slept since. */
  async record(look: Look, found: LookupOutcome): Promise<void> {
    await this.database.write(async (tx) => {
      await this.transitions.lockClaims(tx);
      const post = await this.transitions.hold(tx, look.postId);
      const { attempt, n } = look;
      const now = this.clock.now();
      const history = await tx.findBy(PostAttempt, { postId: post.id, n: Not(n) });
      const entry = found.kind === 'entries' ? await this.match(tx, post, look.since, found.entries) : null;
      const verdict = judge(attempt, history, found, entry, look.begunAt);
      const outcome = verdict.to === 'published' ? 'found' : verdict.to === 'scheduled' ? 'not-found' : verdict.outcome;
      const detail =
        verdict.to === 'published' ? verdict.entry.externalId : verdict.to === 'unknown' ? verdict.reason : null;
      await tx.update(PostAttempt, { postId: post.id, n, kind: 'lookup' }, { finishedAt: now, outcome, detail });
      const mine = post.state === 'unknown' && post.attempt === attempt && post.leaseUntil === look.leaseUntil;
      if (!mine) return;
      switch (verdict.to) {
        case 'published': {
          const { externalId, permalink, createdAt } = verdict.entry;
          return this.transitions.move(tx, postRobot, post, 'published', {
            externalId,
            permalink,
            publishedAt: createdAt,
          });
        }
        case 'scheduled': {
          const reason = 'Đã tìm hai lần, bài không có trên trang; hệ thống đăng lại một lần.';
          return this.transitions.move(tx, postRobot, post, 'scheduled', { reason, leaseUntil: now });
        }
        case 'unknown': {
          const { next: leaseUntil, reason } = verdict;
          await tx.update(Post, { id: post.id, state: 'unknown', attempt }, { leaseUntil, reason });
          if (leaseUntil !== null) return this.transitions.wakeAt(tx, post.id, leaseUntil);
          await this.transitions.note(tx, post, 'post.left-to-a-person', { reason });
          return this.events.publish(tx, new PostFailed(post.id, reason));
        }
      }
    });
  }

  /** Before a post is sent: the entry of the page that already has this text although this copy has not sent it. */
  async present(post: Post, signal: AbortSignal): Promise<{ kind: 'failed'; reason: string } | FeedEntry | null> {
    const from = post.dueAt - SKEW_MS;
    const found = await this.adapter.lookUp(from, signal);
    return found.kind === 'failed' ? found : this.match(this.database.read(), post, from, found.entries);
  }

  private async match(tx: EntityManager, post: Post, from: number, entries: FeedEntry[]): Promise<FeedEntry | null> {
    const externalId = In(entries.map((one) => one.externalId));
    const permalink = In(entries.map((one) => one.permalink));
    const others = await tx.findBy(Post, [
      { id: Not(post.id), externalId },
      { id: Not(post.id), permalink },
    ]);
    const taken = new Set(others.flatMap((other) => [other.externalId ?? '', other.permalink ?? '']));
    return matching(post.message, from, entries, taken);
  }
}
