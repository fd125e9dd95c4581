import { Injectable } from '@nestjs/common';
import type { Instant } from '../../shared/clock.js';
import { localDateOf, type TimeZone } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { slotTimes, type SlotView, slotViews } from '../slots/slot-view.js';

/** The next slot on each of many channels, with one statement for each zone and one more. */
@Injectable()
export class UpcomingSlots {
  constructor(private readonly database: Database) {}

  /** By channel id: the first planned slot of its local day that has not ended. Channels without one are omitted. */
  async today(channels: readonly { id: string; zone: TimeZone }[], now: Instant): Promise<Map<string, SlotView>> {
    const em = this.database.read();
    const ids: string[] = [];
    for (const zone of new Set(channels.map((channel) => channel.zone))) {
      const channelIds = channels.flatMap((channel) => (channel.zone === zone ? [channel.id] : []));
      const first = new Map<string, string>();
      // The whole day of hundreds of channels in four columns; only the slots to return are read in full.
      for (const { id, channelId, state, endsAt } of await slotTimes(em, channelIds, localDateOf(now, zone))) {
        if (state === 'planned' && endsAt > now && !first.has(channelId)) first.set(channelId, id);
      }
      ids.push(...first.values());
    }
    const slots = await slotViews(em, { ids });
    return new Map(slots.map((slot) => [slot.channelId, slot]));
  }
}
