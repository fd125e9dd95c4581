import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import { approverNeeded } from '../slots/slot-errors.js';
import type { HandPlacement } from './hand-placement.js';
import type { Slot } from '../slots/slot.entity.js';

/**
 * Content without an approval, or outside every rule, may go on air only by order of an approver, under the approver's
 * own name.
 */
@Injectable()
export class ApproverOnly {
  constructor(private readonly secondFactor: SecondFactorService) {}

  /**
   * An emergency carries the name of the approver who orders it; an order in another person's name is impossible. The
   * content of a relay has no approval, so an approver answers for it too. Both need a fresh code, like every approval.
   * Returns the name that the emergency carries, else null; `decided`: the relay was ordered earlier and waited for a
   * ward's decision. Throws `approver-needed`, `enrolment-needed`, `code-needed`, `waiting-period` (403).
   */
  async authorised(
    tx: EntityManager,
    actor: Actor,
    { emergency, content }: HandPlacement,
    decided = false,
  ): Promise<string | null> {
    if (!emergency && (content.kind !== 'relay' || decided)) return null;
    await this.requireApprover(tx, actor, emergency ? 'emergency' : 'relay');
    return emergency ? actor.name : null;
  }

  /**
   * Content that an approver ordered without an approval is moved by an approver: an emergency, and a relay to another
   * channel.
   */
  async requireMayMove(tx: EntityManager, actor: Actor, slot: Slot, elsewhere: boolean): Promise<void> {
    if (slot.authorisedBy !== null) await this.requireApprover(tx, actor, 'emergency');
    else if (slot.kind === 'relay' && elsewhere) await this.requireApprover(tx, actor, 'relay');
  }

  private async requireApprover(tx: EntityManager, actor: Actor, what: 'emergency' | 'relay'): Promise<void> {
    if (!hasRole(actor, 'approver')) throw approverNeeded(what);
    await this.secondFactor.require(actor, tx);
  }
}
