import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { hashOf } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { type Actor, hasRole, mayRead, systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { AuditLog } from '../../people/audit/audit-log.service.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { approverNeeded } from '../slots/slot-errors.js';
import { transitionWardDecision } from './transition-ward-decision.js';
import { SlotPlacement } from './slot-placement.service.js';
import { isOverlapRefusal } from './slot-refusals.js';
import { WardDecision } from './ward-decision.entity.js';
import type { WardOutcome, WardDecisionState } from './ward-decision.transitions.js';
import { WARD_DECISION_JOB } from './ward-decision-requests.service.js';

/** Carries out the decision of a ward, or the default outcome after the deadline; either is stored with its reason. */
@Injectable()
export class WardDecisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly placement: SlotPlacement,
    private readonly auditLog: AuditLog,
  ) {}

  onModuleInit(): void {
    this.jobs.define(WARD_DECISION_JOB, { run: (run) => this.deadline(run) });
  }

  /** Newest first. An operator sees those of the operator's own wards. */
  async list(actor: Actor, state?: WardDecisionState): Promise<(WardDecision & { channelCode: string })[]> {
    const em = this.database.read();
    const rows = await em.find(WardDecision, {
      where: state ? { state } : {},
      order: { createdAt: 'DESC' },
      take: 500,
    });
    const channels = new Map((await em.find(Channel)).map((channel) => [channel.id, channel]));
    return rows.flatMap((row) => {
      const channel = channels.get(row.channelId);
      return channel && mayRead(actor, channel.unitId) ? [{ ...row, channelCode: channel.code }] : [];
    });
  }

  /** Called by a person of that ward. Throws 404; `decided` (409). */
  async decide(actor: Actor, id: string, outcome: WardOutcome, reason?: string): Promise<WardDecision> {
    const row = await this.database.read().findOneBy(WardDecision, { id });
    const channel = row && (await this.database.read().findOneBy(Channel, { id: row.channelId }));
    if (!row || !channel || !isOfWard(actor, channel.unitId)) throw notFound();
    await this.carryOut(actor, id, outcome, reason?.trim() || null, async (work) => this.database.write(work));
    return this.database.read().findOneByOrFail(WardDecision, { id });
  }

  /** The ward did not answer: applies the default outcome. A decision made meanwhile is left alone. */
  private async deadline(run: JobRun): Promise<void> {
    const row = await this.database.read().findOneBy(WardDecision, { id: run.job.key });
    if (!row || row.state === 'decided') return;
    const defaultActor = systemActor('mặc định khi hết hạn trả lời');
    await this.carryOut(defaultActor, row.id, row.standing, 'Đơn vị không trả lời trong thời hạn.', (work) =>
      run.finish(work),
    );
  }

  /** Runs in one transaction. When the place is no longer available, the decision is stored with the obstacle. */
  private async carryOut(
    actor: Actor,
    id: string,
    outcome: WardOutcome,
    reason: string | null,
    transact: (work: (tx: EntityManager) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    try {
      await transact(async (tx) => {
        const row = await this.claim(tx, id);
        const slotId = await this.placeNewcomer(tx, actor, row, outcome, reason);
        await this.record(tx, actor, row, outcome, reason, slotId);
      });
    } catch (error) {
      if (error instanceof DomainError && ['decided', 'not-found'].includes(error.code)) throw error;
      const obstacle =
        error instanceof DomainError ? error.sentence.vi : isOverlapRefusal(error) ? 'Không còn chỗ.' : null;
      if (obstacle === null) throw error;
      const why = [reason, `Chưa xếp được: ${obstacle}`].filter(Boolean).join(' ');
      await transact(async (tx) => this.record(tx, actor, await this.claim(tx, id), outcome, why, null));
    }
  }

  private async claim(tx: EntityManager, id: string): Promise<WardDecision> {
    const seen = await tx.findOneBy(WardDecision, { id });
    if (!seen) throw notFound();
    if (await transitionWardDecision(tx, { id, from: 'open' }, 'decided')) return seen;
    throw new DomainError(
      'conflict',
      'decided',
      { vi: 'Việc này đã được quyết định.', en: 'This has been decided.' },
      { outcome: seen.outcome },
    );
  }

  /** The winner keeps the place; a new item that lost moves to the nearest free one. */
  private async placeNewcomer(
    tx: EntityManager,
    actor: Actor,
    row: WardDecision,
    outcome: WardOutcome,
    reason: string | null,
  ): Promise<string | null> {
    const { request, newcomer, accountId } = row.placement;
    if (request.content.kind === 'relay') await this.requireAsked(tx, row);
    const wins = outcome === newcomer;
    const asker: Actor = { accountId, name: row.askedBy ?? actor.name, grants: [{ role: 'editor', unitId: null }] };
    const why = `${wins ? 'Đơn vị nhường chỗ' : 'Đơn vị giữ tin của mình'}, ${actor.name} quyết định`;
    const withReason = { ...request, reason: reason ? `${why}: ${reason}` : why };
    const place = (at: number, onClash: 'override' | 'append' | 'refuse') =>
      this.placement.placing(tx, asker, { ...withReason, startsAt: at, onClash }, { decided: true });
    const placed = wins ? await place(request.startsAt, 'override') : await this.elsewhere(request.startsAt, place);
    return placed?.outcome === 'placed' ? placed.slot.id : null;
  }

  /**
   * An approver ordered the relay together with the request; a row inserted by hand, without a sealed audit entry, is
   * no order.
   */
  private async requireAsked(tx: EntityManager, { id, placement }: WardDecision): Promise<void> {
    const rows = await this.auditLog.sealedRows(tx, 'ward_decision', [id], ['ward-decision.asked']);
    const asked = hashOf(placement.request);
    if (!rows.some(({ after }) => after['request'] === asked)) throw approverNeeded('relay');
  }

  /**
   * Right after the slots met when that stays in the window, otherwise the nearest free place; null when there is none.
   */
  private async elsewhere<T>(
    at: number,
    place: (at: number, onClash: 'append' | 'refuse') => Promise<T>,
  ): Promise<T | null> {
    try {
      return await place(at, 'append');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'overlap') throw error;
      const [free] = error.details['nearestFree'] as number[];
      return free === undefined ? null : place(free, 'refuse');
    }
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    row: WardDecision,
    outcome: WardOutcome,
    reason: string | null,
    slotId: string | null,
  ): Promise<void> {
    const change = { outcome, reason, slotId, decidedAt: this.clock.now(), decidedBy: actor.name };
    await tx.update(WardDecision, { id: row.id }, change);
    const channel = await tx.findOneBy(Channel, { id: row.channelId });
    const fact = { action: 'ward-decision.made', entity: 'ward_decision', entityId: row.id, unitId: channel?.unitId };
    await this.audit.record(tx, actor, { ...fact, after: { outcome, reason, slotId } });
  }
}

/** A person with a grant for exactly that ward, or an administrator. */
function isOfWard(actor: Actor, unitId: string): boolean {
  return hasRole(actor, 'admin') || actor.grants.some((grant) => grant.unitId === unitId);
}
