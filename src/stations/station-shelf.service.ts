import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { type LocalDate, showDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Channels } from '../channels/channels.service.js';
import { Clip } from '../audio/clip.entity.js';
import type { StoredFile } from '../audio/media-store.js';
import { StudioService } from '../audio/studio.service.js';
import type { DayPlaylist } from '../playlists/day-playlist.js';
import { Playlists } from '../playlists/playlists.service.js';
import { Slot } from '../schedule/slot.entity.js';
import { heldDays } from './held-days.js';
import type { Station } from './station.entity.js';

/** What a station may take home: the days that it holds of its own channel, and the clips of those days. */
@Injectable()
export class StationShelf {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
    private readonly playlists: Playlists,
    private readonly studio: StudioService,
    private readonly clock: Clock,
  ) {}

  /** Without a date, today in the channel's zone. Throws `day-not-held` (422). */
  async playlist(station: Station, date?: LocalDate): Promise<DayPlaylist> {
    const { today, first, last } = await this.days(station);
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
    return this.playlists.day(station.channelId, wanted);
  }

  /** `name` is `<sha256>.mp3`. 404 unless a slot of these days on this channel plays it, and when the file has gone. */
  async clip(station: Station, name: string): Promise<StoredFile> {
    const [, sha256] = /^([0-9a-f]{64})\.mp3$/.exec(name) ?? [];
    if (sha256 === undefined) throw notFound();
    const { first, last } = await this.days(station);
    const wanted = await this.database
      .read()
      .createQueryBuilder(Slot, 'slot')
      .innerJoin(Clip, 'clip', 'clip.id = slot.clip_id')
      .where('slot.channel_id = :channelId AND slot.date BETWEEN :first AND :last', {
        channelId: station.channelId,
        first,
        last,
      })
      .andWhere(`clip.sha256 = :sha256 AND slot.state NOT IN ('cancelled', 'replaced')`, { sha256 })
      .getExists();
    if (!wanted) throw notFound();
    return this.studio.store.find(sha256);
  }

  private async days(station: Station) {
    const channel = await this.channels.byId(station.channelId);
    if (!channel) throw notFound();
    return heldDays(this.clock.now(), channel.zone);
  }
}
