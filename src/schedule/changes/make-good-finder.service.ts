import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Approval } from '../../approvals/approval.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { type MakeGoodProposal, proposeMakeGood } from '../planning/make-good-time.js';
import { DAYS_AROUND, GAP_MS } from '../slots/planning-distances.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import type { Slot } from '../slots/slot.entity.js';
import { storedSlots } from '../slots/slot-rows.js';

/** How far ahead a make-good is useful; the campaign may end earlier. */
const DAYS_AHEAD = 7;

/** Finds the next window with room for a missed or replaced play. */
@Injectable()
export class MakeGoodFinder {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly bookends: SessionBookends,
  ) {}

  /**
   * Returns null when no window up to the last useful day has room, when the channel is out of service, and when a
   * make-good already exists.
   */
  async next(em: EntityManager, missed: Slot): Promise<MakeGoodProposal | null> {
    const [channel] = await channelsWithRules(em, { ids: [missed.channelId] });
    if (!channel) return null;
    const now = this.clock.now();
    const today = localDateOf(now, channel.rules.zone);
    const campaign = missed.campaignId ? await em.findOneBy(Campaign, { id: missed.campaignId }) : null;
    const week = addDays(today, DAYS_AHEAD);
    const approved = await lastApprovedDay(em, missed);
    const until = [week, campaign?.until, approved].reduce<LocalDate>(
      (a, b) => (b !== undefined && b < a ? b : a),
      week,
    );
    if (until < today) return null;
    const days = [
      addDays(missed.date < today ? missed.date : today, -DAYS_AROUND),
      addDays(until, DAYS_AROUND),
    ] as const;
    const stored = await storedSlots(em, [channel.channel.id], ...days);
    const settings = await this.bookends.settings(em, [channel]);
    const reserved = this.bookends.reserved(channel, settings, addDays(today, -DAYS_AROUND), days[1]);
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

/** The last day of the approval of the missed item; undefined when the approval names none, as for a relay. */
async function lastApprovedDay(em: EntityManager, { clipId, scriptVersionId }: Slot): Promise<LocalDate | undefined> {
  const versionId =
    scriptVersionId ?? (clipId === null ? null : (await em.findOneBy(Clip, { id: clipId }))?.scriptVersionId);
  if (!versionId) return undefined;
  const where = { scriptVersionId: versionId, decision: 'approved' as const, voidedAt: IsNull() };
  const [latest] = await em.find(Approval, { where, order: { decidedAt: 'DESC' }, take: 1 });
  return latest?.scope?.until;
}
