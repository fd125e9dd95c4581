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

/** What a slot is taken to have done. */
export interface OutcomeChange {
  state: 'played' | 'missed';
  /** Vietnamese: by what it is known. */
  reason: string | null;
  /** Until when evidence may still mend it; null when it is settled for good. */
  evidenceUntil: Instant | null;
  /** It is missed only because nobody has said that it played, and a log may still come. */
  noWord: boolean;
  /** The row of evidence that mended it, for the audit. */
  by?: { stationId: string | null; recordedBy: string | null; asRunId: string };
  /** Also of what was settled otherwise: the evidence had been here in time, and was lost with the rows. */
  opens?: boolean;
}

const reconciliation = systemActor('đối soát phát sóng');

/** Ends slots by what was heard of them, mends that while evidence may come, and settles it. Proof decides; here it is written. */
@Injectable()
export class SlotOutcomes {
  constructor(
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /**
   * In the caller's transaction. True when the slot's state is now another one; false when it had that state before, so that the
   * same report twice is one change. Throws 404; `illegal-move` (409) for what was cancelled, replaced or settled otherwise.
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
    // What is settled stays as it is, whatever comes later.
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
   * A miss that was concluded by a clock that was wrong: a slot that is not over is planned again, of one that is over evidence is
   * awaited for `graceMs` after its end. In the caller's transaction, which has locked the slot.
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

  /** A device log that came when the slot had been settled as missed. */
  async playedAfterAll(tx: EntityManager, slotId: string): Promise<void> {
    await this.events.publish(tx, new SlotPlayedAfterAll(slotId));
  }

  /** The state stands: what it rests on may have become better known, and one day nothing more is waited for. */
  private async settle(
    tx: EntityManager,
    slot: Slot,
    { state, reason, evidenceUntil, noWord }: OutcomeChange,
  ): Promise<void> {
    if (slot.reason === reason && slot.evidenceUntil === evidenceUntil && slot.noWord === noWord) return;
    await this.write(tx, slot, { reason, evidenceUntil, noWord });
    if (evidenceUntil === null) await this.events.publish(tx, new SlotEnded(slot.id, state, true));
  }

  /** The row is claimed by what was seen of it: of two who end it, one is told that it has moved. */
  private async write(tx: EntityManager, seen: Slot, change: Partial<Slot>): Promise<void> {
    const { id, state, version } = seen;
    const done = await tx.update(Slot, { id, state, version }, change);
    if (done.affected !== 1) throw slotChanged();
  }
}
