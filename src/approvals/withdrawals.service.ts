import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { accountOf, type Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { SecondFactorService } from '../people/sign-in/second-factor.service.js';
import { holdVersion } from '../scripts/hold-version.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import type { VersionState } from '../scripts/script-version.transitions.js';
import { transitionVersion } from '../scripts/transition-version.js';
import { Approval } from './approval.entity.js';
import { BroadcastResumed, BroadcastStopped } from './approvals.events.js';
import { Approvals } from './approvals.service.js';

const MAX_REASON = 300;

/**
 * The way back from an approval. Withdrawing voids it: the text needs a new version and a new decision. Stopping keeps
 * it: nothing goes out until an approver resumes. Either takes out what is planned, in the same transaction, and needs
 * less than approving: a reason, and no code of the phone.
 */
@Injectable()
export class Withdrawals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly secondFactor: SecondFactorService,
    private readonly approvals: Approvals,
  ) {}

  /** Throws 404, `reason-needed` (422), `not-approved` (409) when no approval is in force. */
  async withdraw(actor: Actor, versionId: string, reason: string): Promise<void> {
    accountOf(actor);
    const why = plainReason(reason);
    await this.database.write(async (tx) => {
      await this.held(tx, versionId, ['approved', 'stopped']);
      await this.approvals.void(tx, actor, versionId, why);
    });
  }

  /** Throws as `withdraw`, and when it is stopped already. */
  async stop(actor: Actor, versionId: string, reason: string): Promise<void> {
    const stoppedBy = accountOf(actor);
    const why = plainReason(reason);
    await this.database.write(async (tx) => {
      const { version, approval } = await this.held(tx, versionId, ['approved']);
      await transitionVersion(tx, version, 'stopped');
      const change = { stoppedAt: this.clock.now(), stoppedBy, stopReason: why };
      await tx.update(Approval, { id: approval.id }, change);
      const fact = { action: 'broadcast.halted', entity: 'approval', entityId: approval.id };
      await this.audit.record(tx, actor, { ...fact, after: { versionId, reason: why } });
      await this.events.publish(tx, new BroadcastStopped(versionId, approval.id, why));
    });
  }

  /**
   * Lets go out again what was stopped; stored plans place it again. It puts content on the air, so it needs what an
   * approval needs: a code of the phone (403 as for `Approvals.approve`). Throws 404, `not-stopped` (409).
   */
  async resume(actor: Actor, versionId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await this.secondFactor.require(actor, tx);
      const { version, approval } = await this.held(tx, versionId, ['stopped']);
      await transitionVersion(tx, version, 'approved');
      await tx.update(Approval, { id: approval.id }, { stoppedAt: null, stoppedBy: null, stopReason: null });
      const fact = {
        action: 'broadcast.allowed-again',
        entity: 'approval',
        entityId: approval.id,
        after: { versionId },
      };
      await this.audit.record(tx, actor, fact);
      await this.events.publish(tx, new BroadcastResumed(versionId, approval.id));
    });
  }

  /** The version in one of these states, locked, with the approval that was not voided. */
  private async held(tx: EntityManager, versionId: string, states: VersionState[]) {
    await holdVersion(tx, versionId);
    const version = await tx.findOneBy(ScriptVersion, { id: versionId });
    if (!version) throw notFound();
    const where = { scriptVersionId: versionId, decision: 'approved' as const, voidedAt: IsNull() };
    const approval = await tx.findOne(Approval, { where, order: { decidedAt: 'DESC' } });
    if (!approval || !states.includes(version.state)) throw states[0] === 'stopped' ? notStopped() : notInForce();
    return { version, approval };
  }
}

function plainReason(reason: string): string {
  const why = reason.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, MAX_REASON);
  if (why.length >= 3) return why;
  const sentence = { vi: 'Xin chọn hoặc ghi lý do.', en: 'Choose or write a reason.' };
  throw new DomainError('invalid', 'reason-needed', sentence, { field: 'reason' });
}

function notInForce(): DomainError {
  return new DomainError('conflict', 'not-approved', {
    vi: 'Bài này hiện không được duyệt phát, hoặc đã dừng phát, nên không có gì để rút.',
    en: 'This is not approved, or is stopped already: there is nothing to take back.',
  });
}

function notStopped(): DomainError {
  return new DomainError('conflict', 'not-stopped', {
    vi: 'Bài này hiện không ở trạng thái dừng phát.',
    en: 'The broadcasting of this is not stopped.',
  });
}
