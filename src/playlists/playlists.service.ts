import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { notFound, type Sentence } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { addDays, isLocalDate, type LocalDate, localDateOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { chainHead } from '../database/schema/audit-hash.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { HouseCopy } from '../jobs/house-copy.service.js';
import { Activation } from '../people/system/activation.service.js';
import { systemActor } from '../people/access/actor.js';
import type { AuditAnchor } from '../people/audit/audit-anchor.js';
import { Audit } from '../people/audit/audit.js';
import { HouseActivated } from '../people/units/people.events.js';
import { Channel } from '../channels/channel.entity.js';
import { ChannelRulesChanged } from '../channels/channels.events.js';
import { channelsWithRules } from '../channels/channels-with-rules.js';
import { lockChannels } from '../channels/lock-channels.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { takesTime } from '../schedule/slots/slot.transitions.js';
import { SlotCancelled, SlotMoved, SlotPlaced, SlotReplaced } from '../schedule/slots/slot.events.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { type SlotView, slotViews } from '../schedule/slots/slot-view.js';
import { SlotAuthority } from './authority/slot-authority.service.js';
import { baseUrl } from './base-url.js';
import { DayPlaylist } from './day-playlist.js';
import { LeftOutItems } from './left-out-items.service.js';
import { PlaylistKey } from './playlist-key.service.js';
import { type BuiltPlaylist, buildPlaylist } from './playlist-builder.js';
import { PlaylistCache } from './playlist-cache.js';
import { Playlist } from './playlist.entity.js';
import { PlaylistPublished } from './playlists.events.js';

/**
 * How long bytes are served without looking at the rows. Slots that change in this process drop them at once; this is how
 * late a change of another process or of a channel's name may be seen.
 */
export const CACHE_MS = 10_000;

/** Two days of 500 channels; a day is some 40 kB. */
const MAX_KEPT = 1_000;
const FIRST_DATE = '2000-02-01';
const LAST_DATE = '2099-11-30';

/** What the rows say of one day. */
interface Seen {
  channel: Channel;
  rules: PlanChannel;
  stored: Playlist | null;
  slots: SlotView[];
  /** By slot id: what nobody let out. */
  refused: ReadonlyMap<string, Sentence>;
}

/** The day of one channel: built when asked for, stored when it is another than before, kept as bytes. */
@Injectable()
export class Playlists implements OnModuleInit {
  private readonly cache = new PlaylistCache<DayPlaylist>(CACHE_MS, MAX_KEPT);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly key: PlaylistKey,
    private readonly authority: SlotAuthority,
    private readonly leftOut: LeftOutItems,
    private readonly copy: HouseCopy,
    private readonly activation: Activation,
  ) {}

  onModuleInit(): void {
    this.activation.count('playlistDays', (em, now) => this.daysAhead(em, now));
    this.events.on(HouseActivated, (_event, tx) => Promise.resolve(this.forget(tx)));
    for (const change of [SlotPlaced, SlotMoved, SlotCancelled, SlotReplaced]) {
      this.events.on(change, ({ channelId, dates }, tx) => {
        this.database.afterCommit(tx, () => dates.forEach((date) => this.cache.drop(`${channelId}|${date}`)));
        return Promise.resolve();
      });
    }
    this.events.on(ChannelRulesChanged, (_event, tx) => Promise.resolve(this.forget(tx)));
  }

  /**
   * The playlist of a local day. The version grows only when something that is played, or how it is announced, is another.
   * Not to be called inside a transaction: it may open one. 404 for what is no active loudspeaker channel and for dates
   * outside of 2000–2099; 503 `house-passive` for a day that a passive copy would have to publish. `anew` looks at the rows whatever is kept.
   */
  async day(channelId: string, date: LocalDate, options: { anew?: boolean } = {}): Promise<DayPlaylist> {
    if (!isLocalDate(date) || date < FIRST_DATE || date > LAST_DATE) throw notFound();
    if (options.anew) this.cache.drop(`${channelId}|${date}`);
    return this.cache.get(`${channelId}|${date}`, this.clock.now(), () => this.current(channelId, date));
  }

  /** For whoever changes a channel: its name, its hours. Takes effect when `tx` is committed. */
  forget(tx: EntityManager): void {
    this.database.afterCommit(tx, () => this.cache.clear());
  }

  /** Days of channels that have slots from today on, as far ahead as stations take them. */
  private async daysAhead(em: EntityManager, now: Instant): Promise<number> {
    const today = localDateOf(now, this.config.timeZone);
    const row = await em
      .createQueryBuilder(Slot, 'slot')
      .select("COUNT(DISTINCT slot.channel_id || ' ' || slot.date)", 'n')
      .where(`slot.date BETWEEN :today AND :last AND slot.state = 'planned'`, { today, last: addDays(today, 2) })
      .getRawOne<{ n: number | string }>();
    return Number(row?.n ?? 0);
  }

  private async current(channelId: string, date: LocalDate): Promise<DayPlaylist> {
    const playlist = await this.standingOrPublished(channelId, date);
    await this.leftOut.record();
    return playlist;
  }

  private async standingOrPublished(channelId: string, date: LocalDate): Promise<DayPlaylist> {
    const seen = await this.look(this.database.read(), channelId, date);
    const standing = this.standing(seen, date);
    if (standing) return standing;
    // A passive copy shows what was published and publishes nothing.
    if (this.copy.passive && seen.stored) return this.kept(seen.channel, seen.stored);
    this.copy.requireActive();
    return this.database.write(async (tx) => {
      // Of two who see the change one publishes it; the other, next in line, finds it done.
      await lockChannels(tx, [channelId]);
      const again = await this.look(tx, channelId, date);
      return this.standing(again, date) ?? this.publish(tx, again, date);
    });
  }

  private async look(em: EntityManager, channelId: string, date: LocalDate): Promise<Seen> {
    const [found] = await channelsWithRules(em, { ids: [channelId], days: { from: date, until: date } });
    if (!found) throw notFound();
    const { channel, rules } = found;
    const stored = await em.findOneBy(Playlist, { channelId, date });
    const views = await slotViews(em, { channelId, from: date, until: date });
    const slots = views.filter(({ state }) => takesTime(state));
    return { channel, rules, stored, slots, refused: await this.authority.objections(em, channel, slots) };
  }

  /**
   * What is stored, if it still says what the rows say. A day on which nothing was ever planned is not stored; one that has
   * slots and was not yet published is not built here, since publishing builds it.
   */
  private standing(seen: Seen, date: LocalDate): DayPlaylist | undefined {
    const { stored, slots } = seen;
    if (!stored && slots.length > 0) return undefined;
    const version = stored?.version ?? 0;
    const built = this.build(seen, date, version, anchorOf(stored));
    const same = !stored || (stored.json === built.json && stored.m3u8 === built.m3u8 && stored.xspf === built.xspf);
    return same ? this.asBytes(seen.channel, date, version, built) : undefined;
  }

  private build(
    { channel, rules, slots, refused }: Seen,
    date: LocalDate,
    version: number,
    audit: AuditAnchor | null,
  ): BuiltPlaylist {
    const built = buildPlaylist({
      channel: { code: channel.code, name: channel.name, rules },
      date,
      version,
      base: baseUrl(this.config),
      keyOf: (sha256) => this.key.clipKey(sha256),
      slots,
      refused,
      audit,
    });
    const items = built.leftOut.map(({ slot: { id: slotId, endsAt }, why }) => {
      return { slotId, endsAt, why, unasked: refused.has(slotId) };
    });
    this.leftOut.note(channel, date, items);
    return built;
  }

  private async publish(tx: EntityManager, seen: Seen, date: LocalDate): Promise<DayPlaylist> {
    const { channel, stored } = seen;
    const version = (stored?.version ?? 0) + 1;
    // The end of the audit before this version: kept with it, so that the same version has the same bytes.
    const { seq, hash } = await chainHead(tx);
    const built = this.build(seen, date, version, { sequence: seq, head: hash });
    const { items, etag, json, m3u8, xspf, leftOut } = built;
    // All its slots were left out, and nothing was ever published: there is nothing to publish now.
    if (!stored && items === 0) return this.asBytes(channel, date, 0, this.build(seen, date, 0, null));
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
    return this.asBytes(channel, date, version, built);
  }

  private kept(channel: Channel, stored: Playlist): DayPlaylist {
    return this.asBytes(channel, stored.date, stored.version, { ...stored, leftOut: [] });
  }

  private asBytes(channel: Channel, date: LocalDate, version: number, built: BuiltPlaylist): DayPlaylist {
    const { items, etag, json, m3u8, xspf } = built;
    const bytes = { json: Buffer.from(json), m3u8: Buffer.from(m3u8), xspf: Buffer.from(xspf) };
    return new DayPlaylist(channel.code, date, version, items, etag, bytes, this.key.sign(bytes.json));
  }
}

function anchorOf(stored: Playlist | null): AuditAnchor | null {
  if (!stored || stored.auditSeq === null || stored.auditHash === null) return null;
  return { sequence: stored.auditSeq, head: stored.auditHash };
}
