import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { move } from '../../shared/transitions.js';
import { Events } from '../../database/events.js';
import { type Actor, systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { slotTransitions } from '../slots/slot.transitions.js';
import { SlotEnded, SlotPlayedAfterAll, SlotReopened } from '../slots/slot.events.js';
import { slotChanged } from './slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

/** The outcome of a slot. */
export interface OutcomeChange {
  state: 'played' | 'missed';
  /** Vietnamese: the evidence for it. */
  reason: string | null;
  /** Until when evidence may still correct it; null when it is final. */
  evidenceUntil: Instant | null;
  /** Missed only because no evidence has arrived; a log may still arrive. */
  noWord: boolean;
  /** The row of evidence that corrected it, for the audit. */
  by?: { stationId: string | null; recordedBy: string | null; asRunId: string };
  /** Also reopens a final outcome: the evidence had arrived in time and was lost with the rows. */
  opens?: boolean;
}

const reconciliation = systemActor('đối soát phát sóng');

/**
 * Stores the outcomes of slots, corrects them while evidence may arrive, and makes them final. proof/ decides; this
 * class writes.
 */
@Injectable()
export class SlotOutcomes {
  constructor(
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /**
   * Runs in the caller's transaction. Returns true when the state changed and false when it was the same, so that the
   * same report twice is one change. Throws 404; `illegal-move` (409) for a cancelled or replaced slot, or one with
   * another final outcome.
   */
  async finish(
    tx: EntityManager,
    slotId: string,
    ending: OutcomeChange,
    actor: Actor = reconciliation,
  ): Promise<boolean> {
    const slot = await tx.findOneBy(Slot, { id: slotId });
    if (!slot) throw notFound();
    const { state, reason, evidenceUntil, noWord, by, opens = false } = ending;
    const ended = slot.state === 'played' || slot.state === 'missed';
    // A final outcome stays, whatever arrives later.
    const settled = ended && slot.evidenceUntil === null;
    if (slot.state === state) {
      if (!settled) await this.settle(tx, slot, ending);
      return false;
    }
    if (settled && !opens) throw slotChanged();
    move(slotTransitions, slot.state, state, 'lượt phát');
    const before = { state: slot.state, reason: slot.reason };
    await this.write(tx, slot, { state, reason, evidenceUntil, noWord, version: slot.version + 1 });
    const fact = { entity: 'slot', entityId: slot.id };
    const after = { state, reason, ...(evidenceUntil !== null && { evidenceUntil }) };
    await (ended
      ? this.audit.record(tx, actor, { ...fact, action: 'slot.corrected', before, after: { ...after, ...by } })
      : this.audit.record(tx, actor, { ...fact, action: `slot.${state}`, after }));
    await this.events.publish(tx, new SlotEnded(slot.id, state, evidenceUntil === null));
    return true;
  }

  /**
   * Revokes a miss that was concluded by a wrong clock: a slot that is not over becomes planned again; for a slot that
   * is over, evidence is awaited until `graceMs` after its end. Runs in the caller's transaction, which has locked the
   * slot.
   */
  async reopen(tx: EntityManager, slot: Slot, now: Instant, graceMs: number): Promise<void> {
    const { state, reason, evidenceUntil } = slot;
    const isOver = slot.endsAt <= now;
    const to = isOver ? 'missed' : 'planned';
    if (to !== state) move(slotTransitions, state, to, 'lượt phát');
    const change = { state: to, reason: null, evidenceUntil: isOver ? slot.endsAt + graceMs : null } as const;
    await this.write(tx, slot, { ...change, noWord: isOver, version: slot.version + 1 });
    const fact = { action: 'slot.reopened', entity: 'slot', entityId: slot.id };
    await this.audit.record(tx, reconciliation, { ...fact, before: { state, reason, evidenceUntil }, after: change });
    await this.events.publish(tx, new SlotReopened(slot.id));
  }

  /** Publishes that a device log arrived after the slot was finally missed. */
  async playedAfterAll(tx: EntityManager, slotId: string): Promise<void> {
    await this.events.publish(tx, new SlotPlayedAfterAll(slotId));
  }

  /** The state stays; the reason, or the end of the wait for evidence, may change. */
  private async settle(
    tx: EntityManager,
    slot: Slot,
    { state, reason, evidenceUntil, noWord }: OutcomeChange,
  ): Promise<void> {
    if (slot.reason === reason && slot.evidenceUntil === evidenceUntil && slot.noWord === noWord) return;
    await this.write(tx, slot, { reason, evidenceUntil, noWord });
    if (evidenceUntil === null) await this.events.publish(tx, new SlotEnded(slot.id, state, true));
  }

  /** Optimistic update: when two transactions end the same slot, the second one throws. */
  private async write(tx: EntityManager, seen: Slot, change: Partial<Slot>): Promise<void> {
    const { id, state, version } = seen;
    const done = await tx.update(Slot, { id, state, version }, change);
    if (done.affected !== 1) throw slotChanged();
  }
}
