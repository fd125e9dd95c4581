import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { addDays, localDateOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { channelsWithRules } from './channel-rules.js';
import { type MakeGood, proposeMakeGood } from './planning/slot.make-good.js';
import { DAYS_AROUND, GAP_MS } from './planning-distances.js';
import { SessionFrames } from './session-frames.service.js';
import type { Slot } from './slot.entity.js';
import { storedSlots } from './slot-rows.js';

/** How far ahead a make-good is of use; the campaign may end before. */
const DAYS_AHEAD = 7;

/** The next window with room for a play that was missed or replaced. */
@Injectable()
export class MakeGoodPlaces {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly frames: SessionFrames,
  ) {}

  /** Null when no window until the last useful day has room, when its channel is out of service, and when one stands already. */
  async next(em: EntityManager, missed: Slot): Promise<MakeGood | null> {
    const [channel] = await channelsWithRules(em, { ids: [missed.channelId] });
    if (!channel) return null;
    const now = this.clock.now();
    const today = localDateOf(now, channel.rules.zone);
    const campaign = missed.campaignId ? await em.findOneBy(Campaign, { id: missed.campaignId }) : null;
    const week = addDays(today, DAYS_AHEAD);
    const until = campaign && campaign.until < week ? campaign.until : week;
    if (until < today) return null;
    const days = [
      addDays(missed.date < today ? missed.date : today, -DAYS_AROUND),
      addDays(until, DAYS_AROUND),
    ] as const;
    const stored = await storedSlots(em, [channel.channel.id], ...days);
    const settings = await this.frames.settings(em, [channel]);
    const reserved = this.frames.reserved(channel, settings, addDays(today, -DAYS_AROUND), days[1]);
    const { id, key, channelId, date, startsAt: start, endsAt: end, state } = missed;
    return proposeMakeGood(
      { id, key, channelId, date, start, end, state },
      channel.rules,
      [...stored.filter(({ role }) => role === 'item'), ...reserved],
      now,
      { lockMs: this.config.lockMs, gapMs: GAP_MS, until },
    );
  }
}
