import { Playlists } from './playlists.service.js';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Instant } from '../shared/clock.js';
import { addDays, localDateOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { Events } from '../database/events.js';
import { Activation } from '../people/system/activation.service.js';
import { HouseActivated } from '../people/units/people.events.js';
import { ChannelRulesChanged } from '../channels/entities/channels.events.js';
import { SlotCancelled, SlotMoved, SlotPlaced, SlotReplaced } from '../schedule/slots/slot.events.js';
import { Slot } from '../schedule/slots/slot.entity.js';

/** Drops cached playlists when slots or rules change; counts for an activation the days that it would publish. */
@Injectable()
export class PlaylistsListener implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly events: Events,
    private readonly activation: Activation,
    private readonly playlists: Playlists,
  ) {}

  onModuleInit(): void {
    this.activation.count('playlistDays', (em, now) => this.daysAhead(em, now));
    this.events.on(HouseActivated, (_event, tx) => Promise.resolve(this.playlists.forget(tx)));
    for (const change of [SlotPlaced, SlotMoved, SlotCancelled, SlotReplaced]) {
      this.events.on(change, ({ channelId, dates }, tx) => {
        this.playlists.forgetDays(tx, channelId, dates);
        return Promise.resolve();
      });
    }
    this.events.on(ChannelRulesChanged, (_event, tx) => Promise.resolve(this.playlists.forget(tx)));
  }

  /** Counts the days of channels with slots from today on, as far ahead as stations download them. */
  private async daysAhead(em: EntityManager, now: Instant): Promise<number> {
    const today = localDateOf(now, this.config.timeZone);
    const row = await em
      .createQueryBuilder(Slot, 'slot')
      .select("COUNT(DISTINCT slot.channel_id || ' ' || slot.date)", 'n')
      .where(`slot.date BETWEEN :today AND :last AND slot.state = 'planned'`, { today, last: addDays(today, 2) })
      .getRawOne<{ n: number | string }>();
    return Number(row?.n ?? 0);
  }
}
