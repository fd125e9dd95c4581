import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { hashOf, newId } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { MetSlot } from '../slots/clash.js';
import type { HandPlacement } from './hand-placement.js';
import type { SlotItem } from '../slots/slot-content.js';
import { WardDecision } from './ward-decision.entity.js';
import type { WardOutcome } from './ward-decision.transitions.js';

export const WARD_DECISION_JOB = 'ward-decision';

/** A ward has a day to answer, but at most until the first of the two items would be locked. */
const ANSWER_MS = 24 * 60 * 60_000;

/** Asks a ward which of two priority items is broadcast. */
@Injectable()
export class WardDecisionRequests {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** Asking again for the same item at the same place returns the same request. */
  async ask(
    tx: EntityManager,
    actor: Actor,
    request: HandPlacement,
    channel: Channel,
    item: SlotItem,
    met: readonly MetSlot[],
  ): Promise<string> {
    const open = await tx.findBy(WardDecision, { channelId: channel.id, startsAt: request.startsAt, state: 'open' });
    const same = open.find(({ placement }) => sameContent(placement.request, request));
    if (same) return same.id;
    const now = this.clock.now();
    const id = newId(now);
    const first = Math.min(request.startsAt, ...met.map(({ startsAt }) => startsAt));
    const deadline = Math.max(now, Math.min(now + ANSWER_MS, first - this.config.lockMs));
    const newcomer: WardOutcome = item.script?.unitId === channel.unitId ? 'ward' : 'centre';
    const standing = request.wardDefault ?? 'centre';
    await tx.insert(WardDecision, {
      id,
      channelId: channel.id,
      state: 'open',
      placement: { request, accountId: actor.accountId, newcomer },
      title: item.title,
      meets: [...met],
      startsAt: request.startsAt,
      deadline,
      standing,
      outcome: null,
      reason: null,
      slotId: null,
      createdAt: now,
      askedBy: actor.name,
      decidedAt: null,
      decidedBy: null,
    });
    await this.jobs.add(tx, { name: WARD_DECISION_JOB, key: id, runAt: deadline });
    const fact = { action: 'ward-decision.asked', entity: 'ward_decision', entityId: id, unitId: channel.unitId };
    const after = {
      startsAt: request.startsAt,
      request: hashOf(request),
      deadline,
      standing,
      meets: met.map((slot) => slot.id),
    };
    await this.audit.record(tx, actor, { ...fact, after });
    return id;
  }
}

function sameContent(a: HandPlacement, b: HandPlacement): boolean {
  return JSON.stringify(a.content) === JSON.stringify(b.content);
}
