import { Injectable, Logger } from '@nestjs/common';
import { DomainError, notFound } from '../shared/domain-error.js';
import { type LocalDate, showDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { StationIdent } from '../audio/idents/station-ident.entity.js';
import type { StoredFile } from '../audio/store/disk-media-store.js';
import { ToolchainService } from '../audio/render/toolchain.service.js';
import type { DayPlaylist } from '../playlists/formats/day-playlist.js';
import type { PlaylistDocument } from '../playlists/formats/playlist-document.js';
import { Playlists } from '../playlists/playlists.service.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { forbiddenItems } from './playlist-compliance.js';
import { StationChannels } from './station-channels.service.js';
import type { Station } from './station.entity.js';

/** What a station may download: the held days of its own channel, and the clips of those days. */
@Injectable()
export class StationDownloads {
  private readonly log = new Logger('Stations');
  /** The rules under which a playlist was found compliant. */
  private readonly judged = new WeakMap<DayPlaylist, PlanChannel>();

  constructor(
    private readonly database: Database,
    private readonly channels: StationChannels,
    private readonly playlists: Playlists,
    private readonly toolchain: ToolchainService,
  ) {}

  /**
   * Without a date, today in the channel's zone. Throws `day-not-held` (422), and `unlawful-playlist` (503) when the
   * day still holds items that local law forbids after it was built again: the station continues with what it has.
   */
  async playlist(station: Station, date?: LocalDate): Promise<DayPlaylist> {
    const { rules, today, first, last } = await this.channels.of(station.channelId);
    const wanted = date ?? today;
    if (wanted < first || wanted > last) {
      throw new DomainError(
        'invalid',
        'day-not-held',
        {
          vi: `Trạm chỉ lấy được danh sách phát từ ${showDate(first)} đến ${showDate(last)}.`,
          en: `A station holds the days from ${first} to ${last}.`,
        },
        { first, last },
      );
    }
    const kept = await this.playlists.day(station.channelId, wanted);
    if (this.isLawful(kept, rules)) return kept;
    // Another process may have changed the rules since the cached bytes, or the cached rules.
    const now = await this.channels.of(station.channelId, { anew: true });
    const rebuilt = await this.playlists.day(station.channelId, wanted, { anew: true });
    if (this.isLawful(rebuilt, now.rules)) return rebuilt;
    throw new DomainError('unavailable', 'unlawful-playlist', {
      vi: 'Danh sách phát có lượt trái quy định giờ phát nên chưa gửi đi. Xin báo quản trị.',
      en: 'The playlist holds what the law of the place forbids and was not sent. Tell the administrator.',
    });
  }

  /** Each playlist is checked once for each state of the rules, not for each poll. */
  private isLawful(playlist: DayPlaylist, rules: PlanChannel): boolean {
    if (this.judged.get(playlist) === rules) return true;
    const found = forbiddenItems(JSON.parse(playlist.json) as PlaylistDocument, rules, playlist.date);
    if (found.length === 0) this.judged.set(playlist, rules);
    else this.log.error(`${playlist.channelCode} ${playlist.date}: not sent to a station, slots ${found.join(', ')}`);
    return found.length === 0;
  }

  /** `name` is `<sha256>.mp3`. 404 unless a slot of these days on this channel plays it, and when the file is gone. */
  async clip(station: Station, name: string): Promise<StoredFile> {
    const [, sha256] = /^([0-9a-f]{64})\.mp3$/.exec(name) ?? [];
    if (sha256 === undefined) throw notFound();
    const { first, last } = await this.channels.of(station.channelId);
    const wanted = await this.database
      .read()
      .createQueryBuilder(Slot, 'slot')
      .leftJoin(Clip, 'clip', 'clip.id = slot.clip_id')
      .leftJoin(StationIdent, 'x', 'x.id = slot.station_call_id')
      .where('slot.channel_id = :channelId AND slot.date BETWEEN :first AND :last', {
        channelId: station.channelId,
        first,
        last,
      })
      .andWhere(`COALESCE(clip.sha256, x.sha256) = :sha256 AND slot.state NOT IN ('cancelled', 'replaced')`, { sha256 })
      .getExists();
    if (!wanted) throw notFound();
    return this.toolchain.store.find(sha256);
  }
}
