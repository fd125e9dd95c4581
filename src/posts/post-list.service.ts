import { Injectable } from '@nestjs/common';
import { Between, type FindOptionsWhere, In } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import type { Actor } from '../people/access/actor.js';
import { Channels } from '../channels/channels.service.js';
import { PostAttempt } from './state/post-attempt.entity.js';
import { Post } from './state/post.entity.js';
import { lookupNumber } from './graph/post-rules.js';
import type { PostState } from './state/post.transitions.js';

export interface PostFilter {
  state?: PostState;
  campaignId?: string;
}

/** A post and its channel. */
export interface ShownPost {
  post: Post;
  channelCode: string;
  channelName: string;
}

const MOST = 200;

/** Queries about posts; each is limited to the channels that the actor may see. */
@Injectable()
export class PostList {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
  ) {}

  /** The latest 200 by due time, newest first. */
  async list(actor: Actor, filter: PostFilter = {}): Promise<ShownPost[]> {
    return this.find(actor, filter, 'DESC', MOST);
  }

  /** Posts due in [start, end), at most 500, the earliest first: a month of a page has far fewer. */
  async between(actor: Actor, start: Instant, end: Instant): Promise<ShownPost[]> {
    return this.find(actor, { dueAt: Between(start, end - 1) }, 'ASC', 500);
  }

  /** Posts that wait for a person: to be published by hand, sent again or checked; the earliest first. */
  async waiting(actor: Actor): Promise<ShownPost[]> {
    return this.find(actor, { state: In(['awaiting-person', 'refused', 'unknown']) }, 'ASC', MOST);
  }

  /** With its attempts and lookups, in the order in which they began. 404. */
  async one(actor: Actor, postId: string): Promise<ShownPost & { attempts: PostAttempt[] }> {
    const post = await this.database.read().findOneBy(Post, { id: postId });
    const channel = post && (await this.channels.everVisibleTo(actor)).find((one) => one.id === post.channelId);
    if (!post || !channel) throw notFound();
    const attempts = await this.database.read().findBy(PostAttempt, { postId });
    const place = ({ kind, n }: PostAttempt) => (kind === 'publish' ? lookupNumber(n, 0) : n);
    attempts.sort((a, b) => place(a) - place(b));
    return { post, channelCode: channel.code, channelName: channel.name, attempts };
  }

  private async find(
    actor: Actor,
    filter: FindOptionsWhere<Post>,
    dueAt: 'ASC' | 'DESC',
    take: number,
  ): Promise<ShownPost[]> {
    const channels = new Map((await this.channels.everVisibleTo(actor)).map((channel) => [channel.id, channel]));
    const where = { ...filter, channelId: In([...channels.keys()]) };
    const posts = await this.database.read().find(Post, { where, order: { dueAt, id: dueAt }, take });
    return posts.map((post) => {
      const channel = channels.get(post.channelId);
      return { post, channelCode: channel?.code ?? '', channelName: channel?.name ?? '' };
    });
  }
}
