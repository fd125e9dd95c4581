import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { AuditEntry } from '../../people/audit/audit-entry.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Directive } from '../../directives/directive.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { MakeGood } from '../changes/make-good.entity.js';
import type { MakeGoodState } from '../changes/make-good.transitions.js';
import { isFinal, type SlotState } from '../slots/slot.transitions.js';
import { Slot } from '../slots/slot.entity.js';
import { type SlotView, slotViews } from '../slots/slot-view.js';

export interface SlotExplanation {
  slot: SlotView;
  channel: { code: string; name: string };
  /** Why it is placed there, in Vietnamese. */
  why: string;
  /** The directive it serves; null for a relay without a campaign, an opening and a closing. */
  serves: {
    directive: { id: string; number: string; issuedOn: string; issuer: string; subject: string | null };
    /** Null for a play that no obligation asked for. */
    obligation: {
      id: string;
      assignment: number;
      minPlaysPerDay: number | null;
      maxPlaysPerDay: number | null;
      from: string | null;
      until: string | null;
    } | null;
    campaign: { id: string; name: string; bulletinClass: string; from: string; until: string };
  } | null;
  placedBy: string | null;
  /** The audit history of the slot, oldest first. */
  history: { at: Instant; who: string; what: string; detail: unknown }[];
  /**
   * Its end state with the reason; null while it is planned. `until`: how long evidence may correct it; null when it is
   * final.
   */
  final: { state: SlotState; reason: string | null; until: Instant | null } | null;
  makeGoodFor: SlotView | null;
  /** `reason`: why it was dismissed, or that the slot played after all. */
  makeGood: {
    id: string;
    state: MakeGoodState;
    reason: string | null;
    slotId: string | null;
    startsAt: Instant | null;
  } | null;
  replacedBy: SlotView | null;
}

/** Explains one slot: the directive and obligation it serves, why it is placed there, and its outcome. */
@Injectable()
export class SlotExplanations {
  constructor(private readonly database: Database) {}

  /** Throws 404 for a missing slot and, with the same text, for one of another ward. */
  async one(actor: Actor, slotId: string): Promise<SlotExplanation> {
    const em = this.database.read();
    const row = await em.findOneBy(Slot, { id: slotId });
    const channel = row && (await em.findOneBy(Channel, { id: row.channelId }));
    if (!row || !channel || !mayRead(actor, channel.unitId)) throw notFound();
    const [slot] = await slotViews(em, { ids: [slotId] });
    if (!slot) throw notFound();
    const audits = await em.find(AuditEntry, { where: { entity: 'slot', entityId: slotId }, order: { seq: 'ASC' } });
    const others = await slotViews(em, { ids: [row.makeGoodFor, row.replacedBy].filter((id) => id !== null) });
    const proposal = await em.findOneBy(MakeGood, { slotId });
    return {
      slot,
      channel: { code: channel.code, name: channel.name },
      why: slot.why,
      serves: row.campaignId === null ? null : await serves(em, row.campaignId, row.obligationId),
      placedBy: audits.find(({ action }) => action === 'slot.placed' || action === 'slot.made-good')?.actor ?? null,
      history: audits.map(({ at, actor: who, action: what, after: detail }) => ({ at, who, what, detail })),
      final: isFinal(row.state) ? { state: row.state, reason: row.reason, until: row.evidenceUntil } : null,
      makeGoodFor: others.find(({ id }) => id === row.makeGoodFor) ?? null,
      makeGood: proposal && {
        id: proposal.id,
        state: proposal.state,
        reason: proposal.reason,
        slotId: proposal.makeGoodSlotId,
        startsAt: proposal.startsAt,
      },
      replacedBy: others.find(({ id }) => id === row.replacedBy) ?? null,
    };
  }
}

async function serves(
  em: EntityManager,
  campaignId: string,
  obligationId: string | null,
): Promise<SlotExplanation['serves']> {
  const campaign = await em.findOneByOrFail(Campaign, { id: campaignId });
  const directive = await em.findOneByOrFail(Directive, { id: campaign.directiveId });
  const asked = obligationId === null ? null : await em.findOneBy(Obligation, { id: obligationId });
  const { id, number, issuedOn, issuer, subject } = directive;
  const { name, bulletinClass, from, until } = campaign;
  return {
    directive: { id, number, issuedOn, issuer, subject },
    obligation: asked && {
      id: asked.id,
      assignment: asked.assignment,
      minPlaysPerDay: asked.minPlaysPerDay,
      maxPlaysPerDay: asked.maxPlaysPerDay,
      from: asked.from,
      until: asked.until,
    },
    campaign: { id: campaign.id, name, bulletinClass, from, until },
  };
}
