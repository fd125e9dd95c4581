import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, type Instant } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { dayRange, type LocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { ChannelRulesChanged } from '../channels/entities/channels.events.js';
import { PlaylistCache } from '../playlists/playlist-cache.js';
import { type ChannelWithRules, channelsWithRules } from '../channels/channels-with-rules.js';
import { heldDays } from './playlist-horizon.js';

/** How late a change made by another process may be seen; a change of rules made here is seen at once. */
const LIFE_MS = 5_000;
/** A province has 253 clusters (Quảng Nam); this is a few times that number. */
const MAX_KEPT = 2_000;

export interface StationChannel extends ChannelWithRules {
  /** The local days that a station may ask for now, first and last included. */
  today: LocalDate;
  first: LocalDate;
  last: LocalDate;
}

interface Kept extends StationChannel {
  /** Midnight: from then on the held days differ. */
  until: Instant;
}

/** Caches the channels of stations for a few seconds: a poll should not cost a query per rule. */
@Injectable()
export class StationChannels implements OnModuleInit {
  private readonly cache = new PlaylistCache<Kept>(LIFE_MS, MAX_KEPT);

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on(ChannelRulesChanged, ({ channelIds }, tx) => {
      this.database.afterCommit(tx, () => channelIds.forEach((id) => this.cache.drop(id)));
      return Promise.resolve();
    });
  }

  /** 404 for a channel that is out of service. `anew` reads the rows and ignores the cache. */
  async of(channelId: string, options: { anew?: boolean } = {}): Promise<StationChannel> {
    const now = this.clock.now();
    if (options.anew) this.cache.drop(channelId);
    const kept = await this.cache.get(channelId, now, () => this.load(channelId, now));
    if (now < kept.until) return kept;
    this.cache.drop(channelId);
    return this.cache.get(channelId, now, () => this.load(channelId, now));
  }

  private async load(channelId: string, now: Instant): Promise<Kept> {
    const em = this.database.read();
    // Which days are held depends on the channel's zone; one more day on each side covers every zone.
    const around = heldDays(now, 'UTC');
    const days = { from: around.first, until: around.last };
    const [found] = await channelsWithRules(em, { ids: [channelId], days });
    if (!found) throw notFound();
    const held = heldDays(now, found.channel.zone);
    return { ...found, ...held, until: dayRange(held.today, found.channel.zone).end };
  }
}
