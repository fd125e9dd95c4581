import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { type SlotStatus, slotStatusOf } from '../schedule/slots/slot-status.js';
import { type SlotState } from '../schedule/slots/slot.transitions.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { type AsRunOutcome, type EvidenceGrade } from './evidence.js';
import { showDetail } from './check-as-run-event.js';
import { type SlotCase, slotCases } from './slot-cases.js';
import { verdict } from './verdict.js';

export interface RunView {
  /** Null for what a person ticked. */
  stationId: string | null;
  sequence: number | null;
  outcome: AsRunOutcome;
  grade: EvidenceGrade;
  startedAt: Instant;
  endedAt: Instant;
  receivedAt: Instant;
  /** Vietnamese, one line; empty when there is nothing to say. */
  detail: string;
}

/** How one slot stands, for a screen. */
export interface SlotProof {
  slotId: string;
  state: SlotState;
  /** Vietnamese: why it has this state, or what it waits for ('Chờ nhật ký máy'). */
  note: string;
  /** Nobody has spoken of it yet, and the log of a device is waited for. */
  awaitsDevice: boolean;
  /** As people are told it: `no-word` while a log may still come. */
  standing: SlotStatus;
  /** When a slot that is not over has an end state at the latest; of what has ended, until when that may be mended. */
  until: Instant | null;
  /** The best evidence that it played. */
  grade: EvidenceGrade | null;
  /** A device log says it played, and came after the slot had been settled as missed. */
  lateReported: boolean;
  /** Everything that was said of it, in the order in which it came. */
  runs: RunView[];
}

/** What is known of slots: for the operator's day and for whoever asks why. */
@Injectable()
export class SlotProofs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** 404 for a slot that is missing and, in the same words, for one of another ward. */
  async one(actor: Actor, slotId: string): Promise<SlotProof> {
    const em = this.database.read();
    const slot = await em.findOneBy(Slot, { id: slotId });
    const channel = slot && (await em.findOneBy(Channel, { id: slot.channelId }));
    const proof = channel && mayRead(actor, channel.unitId) && (await this.forSlots([slotId])).get(slotId);
    if (!proof) throw notFound();
    return proof;
  }

  /** By slot id, four statements for at most some hundreds of slots. The caller has decided who may see them. */
  async forSlots(slotIds: readonly string[]): Promise<Map<string, SlotProof>> {
    const em = this.database.read();
    const slots = slotIds.length > 0 ? await em.findBy(Slot, { id: In([...slotIds]) }) : [];
    return new Map((await slotCases(em, slots)).map((one) => [one.slot.id, this.show(one)]));
  }

  private show(one: SlotCase): SlotProof {
    const { slot, runs } = one;
    const now = this.clock.now();
    // A slot that has just passed a limit is settled by the next reconciliation: until then its row still speaks.
    const standing = slot.state === 'planned' || (slot.evidenceUntil ?? 0) > now ? verdict(one, now) : null;
    const played = runs.filter((run) => run.outcome === 'played');
    return {
      slotId: slot.id,
      state: slot.state,
      note: standing?.note || (standing?.state !== 'waiting' && standing?.reason) || slot.reason || '',
      awaitsDevice: standing?.awaitsDevice ?? false,
      standing: slotStatusOf(slot),
      until: standing?.until ?? slot.evidenceUntil,
      grade: played.map((run) => run.grade).sort()[0] ?? null,
      lateReported:
        slot.state === 'missed' && slot.evidenceUntil === null && played.some((run) => run.stationId !== null),
      runs: runs.map(({ stationId, sequence, outcome, grade, startedAt, endedAt, receivedAt, detail }) => {
        return { stationId, sequence, outcome, grade, startedAt, endedAt, receivedAt, detail: showDetail(detail) };
      }),
    };
  }
}
