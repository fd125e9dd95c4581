import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { notFound, type Sentence } from '../shared/domain-error.js';
import { type LocalDate } from '../shared/local-time.js';
import type { AuditAnchor } from '../people/audit/audit-anchor.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { channelsWithRules } from '../channels/channels-with-rules.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { takesTime } from '../schedule/slots/slot.transitions.js';
import { type SlotView, slotViews } from '../schedule/slots/slot-view.js';
import { SlotAuthority } from './authority/slot-authority.service.js';
import { DayPlaylist } from './formats/day-playlist.js';
import { LeftOutItems } from './left-out-items.service.js';
import { PlaylistKey } from './playlist-key.service.js';
import { type BuiltPlaylist, buildPlaylist } from './formats/playlist-builder.js';
import { Playlist } from './playlist.entity.js';

/** The rows of one day. */
export interface DayFacts {
  channel: Channel;
  rules: PlanChannel;
  stored: Playlist | null;
  slots: SlotView[];
  /** By slot id: why a slot has no authority to air. */
  refused: ReadonlyMap<string, Sentence>;
}

/** Builds the playlist of one channel and day from its rows. Writes nothing. */
@Injectable()
export class DayBuilder {
  constructor(
    private readonly key: PlaylistKey,
    private readonly authority: SlotAuthority,
    private readonly leftOut: LeftOutItems,
  ) {}

  async look(em: EntityManager, channelId: string, date: LocalDate): Promise<DayFacts> {
    const [found] = await channelsWithRules(em, { ids: [channelId], days: { from: date, until: date } });
    if (!found) throw notFound();
    const { channel, rules } = found;
    const stored = await em.findOneBy(Playlist, { channelId, date });
    const views = await slotViews(em, { channelId, from: date, until: date });
    const slots = views.filter(({ state }) => takesTime(state));
    return { channel, rules, stored, slots, refused: await this.authority.objections(em, channel, slots) };
  }

  /**
   * The stored playlist when it still equals what the rows give. A day on which nothing was ever planned is not stored.
   * A day that has slots and was not published yet is not built here: publishing builds it.
   */
  inForce(seen: DayFacts, date: LocalDate): DayPlaylist | undefined {
    const { stored, slots } = seen;
    if (!stored && slots.length > 0) return undefined;
    const version = stored?.version ?? 0;
    const built = this.build(seen, date, version, anchorOf(stored));
    const same = !stored || (stored.json === built.json && stored.m3u8 === built.m3u8 && stored.xspf === built.xspf);
    return same ? this.asBytes(seen.channel, date, version, built) : undefined;
  }

  build(
    { channel, rules, slots, refused }: DayFacts,
    date: LocalDate,
    version: number,
    audit: AuditAnchor | null,
  ): BuiltPlaylist {
    const built = buildPlaylist({
      channel: { code: channel.code, name: channel.name, rules },
      date,
      version,
      // Stored, cached and shared: the sender puts the address in front that each person came by.
      base: '',
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

  stored(channel: Channel, stored: Playlist): DayPlaylist {
    return this.asBytes(channel, stored.date, stored.version, { ...stored, leftOut: [] });
  }

  asBytes(channel: Channel, date: LocalDate, version: number, built: BuiltPlaylist): DayPlaylist {
    const { items, etag, json, m3u8, xspf } = built;
    const bytes = { json: Buffer.from(json), m3u8: Buffer.from(m3u8), xspf: Buffer.from(xspf) };
    return new DayPlaylist(channel.code, date, version, items, etag, bytes, this.key.sign(bytes.json));
  }
}

function anchorOf(stored: Playlist | null): AuditAnchor | null {
  if (!stored || stored.auditSeq === null || stored.auditHash === null) return null;
  return { sequence: stored.auditSeq, head: stored.auditHash };
}
