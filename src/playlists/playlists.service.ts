import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { isLocalDate, type LocalDate } from '../shared/local-time.js';
import { chainHead } from '../database/schema/audit-hash.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { HouseCopy } from '../jobs/house-copy.service.js';
import { systemActor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { lockChannels } from '../channels/entities/lock-channels.js';
import { DayPlaylist } from './formats/day-playlist.js';
import { LeftOutItems } from './left-out-items.service.js';
import { DayBuilder, type DayFacts } from './day-builder.service.js';
import { PlaylistCache } from './playlist-cache.js';
import { Playlist } from './playlist.entity.js';
import { PlaylistPublished } from './playlists.events.js';

/**
 * How long bytes are served without reading the rows. A slot that changes in this process drops them at once; a change
 * by another process, or of a channel's name, is seen this late at most.
 */
export const CACHE_MS = 10_000;

/** Two days of 500 channels; a day is some 40 kB. */
const MAX_CACHED = 1_000;
const FIRST_DATE = '2000-02-01';
const LAST_DATE = '2099-11-30';

/** The day of one channel: built on request, stored when it differs from the last version, cached as bytes. */
@Injectable()
export class Playlists {
  private readonly cache = new PlaylistCache<DayPlaylist>(CACHE_MS, MAX_CACHED);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly copy: HouseCopy,
    private readonly builder: DayBuilder,
    private readonly leftOut: LeftOutItems,
  ) {}

  /**
   * The playlist of a local day. The version grows only when something that is played, or how it is announced, changes.
   * Never call it inside a transaction: it may open one. Throws 404 for a channel that is not an active loudspeaker
   * channel and for dates outside of 2000–2099, 503 `house-passive` for a day that a passive copy would have to
   * publish. `anew` skips the cache.
   */
  async day(channelId: string, date: LocalDate, options: { anew?: boolean } = {}): Promise<DayPlaylist> {
    if (!isLocalDate(date) || date < FIRST_DATE || date > LAST_DATE) throw notFound();
    if (options.anew) this.cache.drop(`${channelId}|${date}`);
    return this.cache.get(`${channelId}|${date}`, this.clock.now(), () => this.current(channelId, date));
  }

  /** Drops these days of a channel from the cache when `tx` commits. */
  forgetDays(tx: EntityManager, channelId: string, dates: readonly LocalDate[]): void {
    this.database.afterCommit(tx, () => dates.forEach((date) => this.cache.drop(`${channelId}|${date}`)));
  }

  /** Call after a change of a channel's name or hours. Takes effect when `tx` commits. */
  forget(tx: EntityManager): void {
    this.database.afterCommit(tx, () => this.cache.clear());
  }

  private async current(channelId: string, date: LocalDate): Promise<DayPlaylist> {
    const playlist = await this.inForceOrPublished(channelId, date);
    await this.leftOut.record();
    return playlist;
  }

  private async inForceOrPublished(channelId: string, date: LocalDate): Promise<DayPlaylist> {
    const seen = await this.builder.look(this.database.read(), channelId, date);
    const inForce = this.builder.inForce(seen, date);
    if (inForce) return inForce;
    // A passive copy serves what was published and publishes nothing.
    if (this.copy.passive && seen.stored) return this.builder.stored(seen.channel, seen.stored);
    this.copy.requireActive();
    return this.database.write(async (tx) => {
      // Of two processes that see the change one publishes it; the other waits for the lock and finds it published.
      await lockChannels(tx, [channelId]);
      const again = await this.builder.look(tx, channelId, date);
      return this.builder.inForce(again, date) ?? this.publish(tx, again, date);
    });
  }

  private async publish(tx: EntityManager, seen: DayFacts, date: LocalDate): Promise<DayPlaylist> {
    const { channel, stored } = seen;
    const version = (stored?.version ?? 0) + 1;
    // The end of the audit before this version is stored with it, so that the same version has the same bytes.
    const { seq, hash } = await chainHead(tx);
    const built = this.builder.build(seen, date, version, { sequence: seq, head: hash });
    const { items, etag, json, m3u8, xspf, leftOut } = built;
    // All slots were left out and nothing was ever published: there is nothing to publish.
    if (!stored && items === 0) return this.builder.asBytes(channel, date, 0, this.builder.build(seen, date, 0, null));
    const publishedAt = this.clock.now();
    const row = { version, items, etag, json, m3u8, xspf, auditSeq: seq, auditHash: hash, publishedAt };
    if (stored) await tx.update(Playlist, { id: stored.id }, row);
    else await tx.insert(Playlist, { id: newId(publishedAt), channelId: channel.id, date, ...row });
    await this.audit.record(tx, systemActor('danh sách phát'), {
      action: 'playlist.published',
      entity: 'playlist',
      entityId: `${channel.code} ${date}`,
      unitId: channel.unitId,
      after: { version, items, etag, leftOut: leftOut.map(({ slot }) => slot.id) },
    });
    await this.events.publish(tx, new PlaylistPublished(channel.id, date, version, items));
    return this.builder.asBytes(channel, date, version, built);
  }
}
