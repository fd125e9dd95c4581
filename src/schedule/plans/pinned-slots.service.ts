import { Injectable } from '@nestjs/common';
import { Between, type EntityManager, IsNull, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import { checkPlacement } from '../planning/placement-check.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';
import { contains } from '../../shared/time-range.js';
import { type SlotChanges, touched } from '../slots/slot-changes.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { slotOrder } from '../slots/slot-order-audit.js';
import { PlacementFinder } from '../placing/placement-finder.service.js';
import { Slot } from '../slots/slot.entity.js';

/**
 * Relocates slots that a person placed, which the planner never moves, when the rules of their channel have changed.
 */
@Injectable()
export class PinnedSlots {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly finder: PlacementFinder,
    private readonly writer: SlotWriter,
    private readonly makeGoods: MakeGoods,
  ) {}

  /**
   * Moves a slot that no longer lies in a session to the nearest free place of its day, or cancels it with the reason
   * when the day has none: otherwise a station would refuse to play it without a visible reason. Emergencies stay.
   */
  async relocate(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    target: ChannelWithRules,
    { from, until }: { from: LocalDate; until: LocalDate },
  ): Promise<void> {
    const now = this.clock.now();
    const slots = await tx.find(Slot, {
      where: {
        channelId: target.channel.id,
        state: 'planned',
        role: 'item',
        held: true,
        authorisedBy: IsNull(),
        date: Between(from, until),
        startsAt: MoreThanOrEqual(now + this.config.lockMs),
      },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    if (slots.length === 0) return;
    const sessions = channelOccurrences(target.rules, from, until);
    for (const slot of slots) {
      const range = { start: slot.startsAt, end: slot.endsAt };
      if (sessions.some((session) => contains(session, range))) continue;
      const existing = await this.finder.around(tx, target, slot.date);
      const { lockMs } = this.config;
      const answer = checkPlacement({ channel: target.rules, range, existing, now, lockMs, movingSlotId: slot.id });
      if (answer.ok) continue;
      const [reason] = answer.reasons;
      const start = reason?.nearestFree.find((at) => localDateOf(at, target.rules.zone) === slot.date);
      const session =
        start === undefined
          ? undefined
          : sessions.find(
              (one) => one.date === slot.date && contains(one, { start, end: start + range.end - range.start }),
            );
      const why = `Quy định của kênh đã đổi: ${reason?.sentence.vi ?? ''}`;
      let moved: Slot | undefined;
      if (start !== undefined && session) {
        const { windowId, date } = session;
        moved = await this.writer.move(tx, changes, slot, {
          startsAt: start,
          endsAt: start + range.end - range.start,
          windowId,
          date,
        });
      } else {
        await this.writer.end(tx, changes, [touched(slot)], 'cancelled', why);
        if (slot.makeGoodFor !== null) await this.makeGoods.reopen(tx, slot.id);
      }
      await this.audit.record(tx, actor, {
        action: moved ? 'slot.moved' : 'slot.cancelled',
        entity: 'slot',
        entityId: slot.id,
        unitId: target.channel.unitId,
        before: { startsAt: slot.startsAt },
        after: { ...(moved ? slotOrder(moved, target.channel.code) : { startsAt: null }), reason: why },
      });
    }
  }
}
