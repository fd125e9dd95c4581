import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { MakeGood } from './make-good.entity.js';
import type { MakeGoodState } from './make-good.transitions.js';
import type { SlotState } from '../slots/slot.transitions.js';
import type { SlotBrief, SlotPlace } from '../slots/slot-difference.js';
import { type SlotView, slotViews } from '../slots/slot-view.js';

export interface MakeGoodView {
  id: string;
  state: MakeGoodState;
  /** The missed or replaced slot, with the reason. */
  slot: SlotBrief & { state: SlotState; reason: string | null; campaignId: string | null; campaign: string };
  /** Where it would be made good; null when no window has room. */
  place: SlotPlace | null;
  makeGoodSlotId: string | null;
  /** The proposed time has passed or was given up: accepting uses the next free one. */
  stale: boolean;
  at: Instant;
  decidedAt: Instant | null;
  decidedBy: string | null;
  reason: string | null;
}

export interface MakeGoodFilter {
  state?: MakeGoodState;
  channelCode?: string;
  campaignId?: string;
}

const MOST = 500;

/** The list of make-goods, for people. */
@Injectable()
export class MakeGoodViews {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first, at most 500. An operator sees those of the operator's own wards. */
  async list(actor: Actor, { state, channelCode, campaignId }: MakeGoodFilter = {}): Promise<MakeGoodView[]> {
    const em = this.database.read();
    const channels = (await em.find(Channel, { where: channelCode ? { code: channelCode } : {} })).filter((one) =>
      mayRead(actor, one.unitId),
    );
    const rows = await em.find(MakeGood, {
      where: { channelId: In(channels.map(({ id }) => id)), ...(state && { state }) },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: MOST,
    });
    const slots = new Map(
      (await slotViews(em, { ids: rows.map(({ slotId }) => slotId) })).map((slot) => [slot.id, slot]),
    );
    const codes = new Map(channels.map(({ id, code }) => [id, code]));
    return rows.flatMap((row) => {
      const slot = slots.get(row.slotId);
      if (!slot || (campaignId !== undefined && slot.campaignId !== campaignId)) return [];
      return [this.view(row, slot, codes.get(row.channelId) ?? '')];
    });
  }

  private view(row: MakeGood, slot: SlotView, channelCode: string): MakeGoodView {
    const { id, state, makeGoodSlotId, createdAt: at, decidedAt, decidedBy, reason } = row;
    const { date, startsAt, endsAt } = row;
    const place =
      date !== null && startsAt !== null && endsAt !== null ? { channelCode, date, startsAt, endsAt } : null;
    const earliest = this.clock.now() + this.config.lockMs;
    return {
      id,
      state,
      slot: {
        slotId: slot.id,
        channelCode,
        date: slot.date,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        title: slot.title,
        kind: slot.kind,
        state: slot.state,
        reason: slot.reason,
        campaignId: slot.campaignId,
        campaign: slot.campaign,
      },
      place,
      makeGoodSlotId,
      stale: state === 'proposed' && (startsAt === null || startsAt < earliest),
      at,
      decidedAt,
      decidedBy,
      reason,
    };
  }
}
