import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { move } from '../../shared/transitions.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { ApproverOnly } from './approver-only.service.js';
import { cancelReason, frozen, goneBy, stale } from '../slots/slot-errors.js';
import { placedSlot, requireUnchanged, slotToChange } from '../slots/slot-access.js';
import type { Placed } from './hand-placement.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import { isFinal, slotTransitions } from '../slots/slot.transitions.js';
import { withDryRun } from '../slots/dry-run.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import type { Difference } from '../slots/slot-difference.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { PlacementFinder } from './placement-finder.service.js';
import { type Start, startColumns } from '../slots/start-rule.js';

/** Changes a slot without moving it: another start rule, or cancellation. */
@Injectable()
export class SlotEdits {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly finder: PlacementFinder,
    private readonly writer: SlotWriter,
    private readonly makeGoods: MakeGoods,
    private readonly approverOnly: ApproverOnly,
  ) {}

  /** Changes how a slot begins. Throws 404, `stale` (412), `frozen` (422). */
  async setStart(actor: Actor, slotId: string, start: Start, version?: number): Promise<Placed> {
    return this.database.write(async (tx) => {
      const { slot: seen, channel } = await slotToChange(tx, actor, slotId);
      if (version !== undefined && version !== seen.version) throw stale(seen.version);
      if (isFinal(seen.state) || seen.startsAt <= this.clock.now()) throw frozen();
      await this.approverOnly.requireMayMove(tx, actor, seen, false);
      await this.finder.inService(tx, [channel.id]);
      await requireUnchanged(tx, seen);
      const changes = new SlotChanges();
      await this.writer.move(tx, changes, seen, startColumns(start));
      const fact = { action: 'slot.start-changed', entity: 'slot', entityId: slotId, unitId: channel.unitId };
      await this.audit.record(tx, actor, { ...fact, after: start });
      const difference = await this.writer.close(tx, changes, false);
      return { outcome: 'placed', slot: await placedSlot(tx, slotId), difference };
    });
  }

  /** See `Schedule.cancel`. */
  async cancel(
    actor: Actor,
    slotId: string,
    reason: string,
    { dryRun, version }: { dryRun?: boolean; version?: number } = {},
  ): Promise<Difference> {
    const why = cancelReason(reason);
    return withDryRun(this.database, dryRun ?? false, async (tx) => {
      const { slot, channel } = await slotToChange(tx, actor, slotId);
      if (version !== undefined && version !== slot.version) throw stale(slot.version);
      move(slotTransitions, slot.state, 'cancelled', 'lượt phát');
      if (slot.endsAt <= this.clock.now()) throw goneBy();
      const changes = new SlotChanges();
      await this.writer.end(tx, changes, [touched(slot)], 'cancelled', why);
      if (slot.makeGoodFor !== null) await this.makeGoods.reopen(tx, slot.id);
      await this.audit.record(tx, actor, {
        action: 'slot.cancelled',
        entity: 'slot',
        entityId: slot.id,
        unitId: channel.unitId,
        after: { reason: why },
      });
      return this.writer.close(tx, changes);
    });
  }
}
