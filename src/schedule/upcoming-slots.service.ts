import { Injectable } from '@nestjs/common';
import type { Instant } from '../shared/clock.js';
import { localDateOf, type TimeZone } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { type SlotView, slotViews } from './slot-view.js';

/** What comes next on each of many channels, in one statement for each zone that they lie in. */
@Injectable()
export class UpcomingSlots {
  constructor(private readonly database: Database) {}

  /** By channel id: the first planned slot of its local day that has not ended. Channels without one are not in it. */
  async today(channels: readonly { id: string; zone: TimeZone }[], now: Instant): Promise<Map<string, SlotView>> {
    const next = new Map<string, SlotView>();
    for (const zone of new Set(channels.map((channel) => channel.zone))) {
      const channelIds = channels.flatMap((channel) => (channel.zone === zone ? [channel.id] : []));
      const today = localDateOf(now, zone);
      for (const slot of await slotViews(this.database.read(), { channelIds, from: today, until: today })) {
        if (slot.state === 'planned' && slot.endsAt > now && !next.has(slot.channelId)) next.set(slot.channelId, slot);
      }
    }
    return next;
  }
}
