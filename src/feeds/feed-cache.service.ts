import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { sha256 } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { ChannelClosed, ChannelRulesChanged } from '../channels/entities/channels.events.js';
import { ApprovalVoided, BroadcastResumed, BroadcastStopped, ContentApproved } from '../approvals/approvals.events.js';
import { SlotEnded } from '../schedule/slots/slot.events.js';
import { PlaylistCache } from '../playlists/playlist-cache.js';
import { type Feed, feedAt } from './feed.js';
import { Feeds } from './feeds.service.js';
import { jsonFeed } from './json-feed.js';
import { rss } from './rss.js';

export type FeedFormat = 'rss' | 'json';

export interface FeedBytes {
  body: string;
  etag: string;
}

/** How long another process may serve a feed from before a change of this one. */
export const KEEP_MS = 60_000;
/** Two formats for a few dozen wards, with two codes each. */
const MAX_CACHED = 500;

/**
 * Feeds as bytes. The routes are public and a year of slots takes a while to query, so each feed is built once and
 * cached until content is approved, taken back, stopped or aired, or a channel is closed or changed.
 */
@Injectable()
export class FeedCache implements OnModuleInit {
  private content = new PlaylistCache<Feed>(KEEP_MS, MAX_CACHED);
  private texts = new PlaylistCache<FeedBytes>(KEEP_MS, MAX_CACHED);

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly events: Events,
    private readonly feeds: Feeds,
  ) {}

  onModuleInit(): void {
    const clear = async (_event: object, tx: EntityManager) =>
      this.database.afterCommit(tx, () => {
        // New caches: a feed that is being made from before the change must not enter them.
        this.content = new PlaylistCache<Feed>(KEEP_MS, MAX_CACHED);
        this.texts = new PlaylistCache<FeedBytes>(KEEP_MS, MAX_CACHED);
      });
    this.events.on(SlotEnded, clear);
    this.events.on(ContentApproved, clear);
    this.events.on(ApprovalVoided, clear);
    this.events.on(BroadcastStopped, clear);
    this.events.on(BroadcastResumed, clear);
    this.events.on(ChannelClosed, clear);
    this.events.on(ChannelRulesChanged, clear);
  }

  /**
   * The feed for a reader who reaches this server at `base`. Throws 404 for a code without a feed; that answer is not
   * cached, so requests cannot fill the cache. Whoever invents addresses costs the writing of a feed, never its queries.
   */
  get(base: string, code: string, format: FeedFormat): Promise<FeedBytes> {
    return this.texts.get(`${code}/${format} ${base}`, this.clock.now(), () => this.build(base, code, format));
  }

  private async build(base: string, code: string, format: FeedFormat): Promise<FeedBytes> {
    const feed = feedAt(base, await this.content.get(code, this.clock.now(), () => this.feeds.of(code)));
    const body = format === 'rss' ? rss(feed) : JSON.stringify(jsonFeed(feed), null, 2);
    return { body, etag: `"${sha256(body)}"` };
  }
}
