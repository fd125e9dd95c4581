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
import { Stations } from '../stations/stations.service.js';
import { showDetail } from './check-as-run-event.js';
import { type SlotCase, slotCases } from './slot-cases.js';
import { verdict } from './verdict.js';

export interface RunView {
  /** Null for an operator's confirmation. */
  stationId: string | null;
  sequence: number | null;
  outcome: AsRunOutcome;
  grade: EvidenceGrade;
  startedAt: Instant;
  endedAt: Instant;
  receivedAt: Instant;
  /** Vietnamese, one line; may be empty. */
  detail: string;
}

/** The state of one slot and its evidence, for a screen. */
export interface SlotProof {
  slotId: string;
  state: SlotState;
  /** Vietnamese: why it has this state, or what it waits for ('Chờ nhật ký máy'). */
  note: string;
  /** There is no evidence yet, and a device log is expected. */
  awaitsDevice: boolean;
  /** A station says that it sounds now. Without such a word a slot whose time has come is only due. */
  sounding: boolean;
  /** The status shown to people: `no-word` while a log may still arrive. */
  standing: SlotStatus;
  /**
   * For a slot without an outcome: when it has one at the latest. For an ended slot: until when the outcome may be
   * corrected.
   */
  until: Instant | null;
  /** The best evidence that it played. */
  grade: EvidenceGrade | null;
  /** A device log says that it played, and arrived after the slot had finally been missed. */
  lateReported: boolean;
  /** All evidence, in the order of arrival. */
  runs: RunView[];
}

/** The evidence of slots: for the operator's day and for the proof of one slot. */
@Injectable()
export class SlotProofs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly stations: Stations,
  ) {}

  /** Throws 404 for a slot that is missing and, with the same text, for one of another ward. */
  async one(actor: Actor, slotId: string): Promise<SlotProof> {
    const em = this.database.read();
    const slot = await em.findOneBy(Slot, { id: slotId });
    const channel = slot && (await em.findOneBy(Channel, { id: slot.channelId }));
    const proof = channel && mayRead(actor, channel.unitId) && (await this.forSlots([slotId])).get(slotId);
    if (!proof) throw notFound();
    return proof;
  }

  /** By slot id, in four statements for at most some hundreds of slots. The caller has checked who may see them. */
  async forSlots(slotIds: readonly string[]): Promise<Map<string, SlotProof>> {
    const em = this.database.read();
    const slots = slotIds.length > 0 ? await em.findBy(Slot, { id: In([...slotIds]) }) : [];
    const sounding = this.stations.soundingSlots();
    return new Map((await slotCases(em, slots)).map((one) => [one.slot.id, this.show(one, sounding)]));
  }

  private show(one: SlotCase, sounding: ReadonlySet<string>): SlotProof {
    const { slot, runs } = one;
    const now = this.clock.now();
    // A slot that has just passed a limit becomes final at the next reconciliation: until then its row is shown.
    const current = slot.state === 'planned' || (slot.evidenceUntil ?? 0) > now ? verdict(one, now) : null;
    const played = runs.filter((run) => run.outcome === 'played');
    return {
      slotId: slot.id,
      state: slot.state,
      note: current?.note || (current?.state !== 'waiting' && current?.reason) || slot.reason || '',
      awaitsDevice: current?.awaitsDevice ?? false,
      sounding: slot.startsAt <= now && now < slot.endsAt && sounding.has(slot.id),
      standing: slotStatusOf(slot),
      until: current?.until ?? slot.evidenceUntil,
      grade: played.map((run) => run.grade).sort()[0] ?? null,
      lateReported:
        slot.state === 'missed' && slot.evidenceUntil === null && played.some((run) => run.stationId !== null),
      runs: runs.map(({ stationId, sequence, outcome, grade, startedAt, endedAt, receivedAt, detail }) => {
        return { stationId, sequence, outcome, grade, startedAt, endedAt, receivedAt, detail: showDetail(detail) };
      }),
    };
  }
}
