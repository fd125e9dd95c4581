import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { sha256 } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { ApprovalVoided, ContentApproved } from '../approvals/approvals.events.js';
import { SlotEnded } from '../schedule/slots/slot.events.js';
import { PlaylistCache } from '../playlists/playlist-cache.js';
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
 * cached until content is approved, voided or aired.
 */
@Injectable()
export class FeedCache implements OnModuleInit {
  private cache = emptyCache();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly events: Events,
    private readonly feeds: Feeds,
  ) {}

  onModuleInit(): void {
    const clear = async (_event: object, tx: EntityManager) =>
      this.database.afterCommit(tx, () => (this.cache = emptyCache()));
    this.events.on(SlotEnded, clear);
    this.events.on(ContentApproved, clear);
    this.events.on(ApprovalVoided, clear);
  }

  /** Throws 404 for a code without a feed. That answer is not cached, so requests cannot fill the cache. */
  get(code: string, format: FeedFormat): Promise<FeedBytes> {
    return this.cache.get(`${code}/${format}`, this.clock.now(), () => this.build(code, format));
  }

  private async build(code: string, format: FeedFormat): Promise<FeedBytes> {
    const feed = await this.feeds.of(code);
    const body = format === 'rss' ? rss(feed) : JSON.stringify(jsonFeed(feed), null, 2);
    return { body, etag: `"${sha256(body)}"` };
  }
}

function emptyCache(): PlaylistCache<FeedBytes> {
  return new PlaylistCache<FeedBytes>(KEEP_MS, MAX_CACHED);
}
