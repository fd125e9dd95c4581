import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { accountOf, type Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { AuditLog } from '../people/audit/audit-log.service.js';
import { SecondFactorService } from '../people/sign-in/second-factor.service.js';
import { Channel } from '../channels/entities/channel.entity.js';
import type { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { holdVersion } from '../scripts/hold-version.js';
import { transitionVersion } from '../scripts/transition-version.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { Approval } from './approval.entity.js';
import { ApprovalVoided, ContentApproved, ContentReturned } from './approvals.events.js';
import { approvedActions, approvedFacts } from './approved-facts.js';
import { contributionsOf, hasContributed, type Contributor } from './contributions.js';
import { heardBy } from './hearing.js';
import { hearingsOf } from './hearings.service.js';
import {
  hidden,
  type ContentUnderApproval,
  contentsUnderApproval,
  approvalsInForce,
} from './content-under-approval.js';
import { voidApproval } from './void-approval.js';
import { narrowed, type Scope, widerScope } from './scope.js';

/** What an approver may add to an approval. */
export interface ApprovalOrder {
  comment?: string;
  /** A scope narrower than the campaign's: some of its channels, fewer days, a less urgent class. */
  narrower?: Partial<Scope>;
  /** Approves although the approver did not hear the clips to their end. */
  unheard?: boolean;
}

/** One person's decisions on one exact content. */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly secondFactor: SecondFactorService,
    private readonly auditLog: AuditLog,
  ) {}

  /** Throws 404 for an unknown version. */
  async content(em: EntityManager, versionId: string): Promise<ContentUnderApproval> {
    const found = (await contentsUnderApproval(em, [versionId])).get(versionId);
    if (!found) throw notFound();
    return found;
  }

  /** The contributors to each content, by version id: none of them may decide on it. */
  contributions(contents: readonly ContentUnderApproval[]): Promise<Map<string, Contributor[]>> {
    return contributionsOf(this.database.read(), contents);
  }

  /**
   * Throws `clip-not-ready` (409) when a loudspeaker script has no finished clip: what cannot be heard cannot be
   * approved.
   */
  async requireAudible(em: EntityManager, versionId: string): Promise<void> {
    const { script, clips } = await this.content(em, versionId);
    if (!isLoudspeaker(script.channelKind) || clips.length > 0) return;
    throw new DomainError('conflict', 'clip-not-ready', {
      vi: 'Bài phát loa phải có bản thu hoàn chỉnh trước khi gửi lãnh đạo duyệt.',
      en: 'A loudspeaker script needs a finished clip before it is submitted.',
    });
  }

  /**
   * `seen` is the hash of what the approver saw. He must have entered a code of his phone in the last ten minutes
   * (`enrolment-needed`, `code-needed`, 403). Throws `content-changed` (409) when the content differs now, `own-work`
   * (403) for a contributor, `illegal-move` (409) when no decision is pending, `not-heard` (409) for sound that he has
   * not heard to its end unless the order says `unheard`, `wider-scope` (422).
   */
  async approve(actor: Actor, versionId: string, seen: string, order: ApprovalOrder = {}): Promise<string> {
    return this.decide(actor, versionId, seen, 'approved', order);
  }

  /** As `approve`; requires a comment that tells the author what to change (422). */
  async returnToAuthor(actor: Actor, versionId: string, seen: string, comment: string): Promise<string> {
    if (!comment.trim()) {
      throw new DomainError('invalid', 'comment-needed', {
        vi: 'Xin ghi lý do trả lại để người soạn biết cần sửa gì.',
        en: 'Say what must be changed.',
      });
    }
    return this.decide(actor, versionId, seen, 'returned', { comment });
  }

  private async decide(
    actor: Actor,
    versionId: string,
    seen: string,
    decision: 'approved' | 'returned',
    { comment, narrower = {}, unheard = false }: ApprovalOrder,
  ): Promise<string> {
    const decidedBy = accountOf(actor);
    return this.database.write(async (tx) => {
      if (decision === 'approved') await this.secondFactor.require(actor, tx);
      await holdVersion(tx, versionId);
      const shown = await this.content(tx, versionId);
      const { version, hash, contentHash } = shown;
      const contributors = (await contributionsOf(tx, [shown])).get(versionId) ?? [];
      if (hasContributed(contributors, decidedBy)) throw ownWork();
      if (hash !== seen) throw contentChanged('conflict');
      if (decision === 'approved' && hidden(shown.content)) throw hiddenSigns();
      await this.requireAudible(tx, versionId);
      const { heard, heardAt } = heardBy(shown, await hearingsOf(tx, [shown]), decidedBy);
      if (decision === 'approved' && version.state === 'submitted' && heard === 'unheard' && !unheard) throw notHeard();
      await transitionVersion(tx, version, decision);
      const id = newId(this.clock.now());
      const decidedAt = this.clock.now();
      const scope = narrowed(shown.scope, narrower);
      await this.requireChannels(tx, shown.script, scope.channelIds);
      const row = { id, scriptVersionId: versionId, contentHash, decision, comment: comment?.trim() || null };
      await tx.insert(Approval, {
        ...row,
        seenHash: hash,
        scope: scope as object,
        decidedBy,
        decidedAt,
        voidedAt: null,
        voidReason: null,
        heard,
        heardAt,
      });
      const action = decision === 'approved' ? 'content.approved' : 'content.returned';
      await this.audit.record(tx, actor, {
        action,
        entity: 'script_version',
        entityId: versionId,
        after: { hash, scope, comment, heard, heardAt, ...approvedFacts(id, shown) },
      });
      const event = decision === 'approved' ? new ContentApproved(versionId, id) : new ContentReturned(versionId);
      await this.events.publish(tx, event);
      return id;
    });
  }

  /**
   * Voids the approval of a version in the caller's transaction. Does nothing when there is none. The actor's account is
   * stored with it: a person who withdrew it, or nobody.
   */
  async void(tx: EntityManager, actor: Actor, versionId: string, reason: string): Promise<void> {
    const approvals = await tx.findBy(Approval, {
      scriptVersionId: versionId,
      decision: 'approved',
      voidedAt: IsNull(),
    });
    for (const approval of approvals) {
      if (!(await voidApproval(tx, approval, { at: this.clock.now(), reason, by: actor.accountId }))) continue;
      const version = await tx.findOneBy(ScriptVersion, { id: versionId });
      if (version?.state === 'approved' || version?.state === 'stopped') await transitionVersion(tx, version, 'voided');
      const fact = { action: 'approval.voided', entity: 'approval', entityId: approval.id, after: { reason } };
      await this.audit.record(tx, actor, fact);
      await this.events.publish(tx, new ApprovalVoided(versionId, approval.id, reason));
    }
  }

  /** The approval in force for exactly the present content; throws `not-approved` (409) otherwise. */
  async requireApprovedVersion(em: EntityManager, versionId: string): Promise<Approval> {
    const contents = new Map([[versionId, await this.content(em, versionId)]]);
    const inForce = (await approvalsInForce(em, contents)).get(versionId);
    const sealed = inForce && (await this.sealed(em, inForce));
    if (sealed) return sealed;
    throw new DomainError('conflict', 'not-approved', {
      vi: 'Nội dung này chưa được duyệt, hoặc đã thay đổi sau khi duyệt.',
      en: 'This content is not approved, or has changed since.',
    });
  }

  /**
   * The approval as its sealed audit row gives it: whoever can write rows can insert an approval or widen its scope.
   */
  private async sealed(em: EntityManager, approval: Approval): Promise<Approval | undefined> {
    const rows = await this.auditLog.sealedRows(em, 'script_version', [approval.scriptVersionId], approvedActions);
    const { id, contentHash } = approval;
    const row = rows.find(({ after }) => after['approvalId'] === id && after['contentHash'] === contentHash);
    return row && { ...approval, scope: (row.after['scope'] ?? null) as Scope | null };
  }

  /** As `requireApprovedVersion`, for the clip to be aired; it must be among the approved clips. */
  async requireApprovedClip(em: EntityManager, clipId: string): Promise<{ approval: Approval; clip: Clip }> {
    const clip = await em.findOneBy(Clip, { id: clipId });
    if (!clip) throw notFound();
    const approval = await this.requireApprovedVersion(em, clip.scriptVersionId);
    const { clips } = await this.content(em, clip.scriptVersionId);
    if (clip.state === 'ready' && clips.some((one) => one.id === clip.id)) return { approval, clip };
    throw new DomainError('conflict', 'not-approved', {
      vi: 'Bản thu này không phải bản đã được duyệt.',
      en: 'This clip is not the one that was approved.',
    });
  }

  /** The channels of an approval must be channels that the script could air on. Throws `wider-scope` (422). */
  private async requireChannels(em: EntityManager, script: Script, channelIds: string[] | null): Promise<void> {
    if (!channelIds) return;
    const { channelKind: kind, unitId } = script;
    const found = await em.countBy(Channel, { id: In(channelIds), kind, ...(unitId ? { unitId } : {}) });
    if (channelIds.length === 0 || found !== new Set(channelIds).size) throw widerScope('channelIds');
  }

  /** Versions that wait for a decision, oldest first. Five statements, whatever their number. */
  async inbox(): Promise<ContentUnderApproval[]> {
    const em = this.database.read();
    const waiting = await em.find(ScriptVersion, {
      where: { state: In(['submitted']) },
      select: { id: true },
      order: { submittedAt: 'ASC' },
    });
    const contents = await contentsUnderApproval(
      em,
      waiting.map(({ id }) => id),
    );
    return waiting.flatMap(({ id }) => contents.get(id) ?? []);
  }
}

function ownWork(): DomainError {
  return new DomainError('forbidden', 'own-work', {
    vi: 'Bạn đã tham gia làm bài này (soạn, sửa bản đọc, thu âm, dựng bản thu hoặc trình) nên không được duyệt. Xin nhờ lãnh đạo khác duyệt.',
    en: 'You had a hand in this (its words, reading, sound or submission), so somebody else decides on it. Ask another approver.',
  });
}

function hiddenSigns(): DomainError {
  return new DomainError('invalid', 'hidden-sign', {
    vi: 'Bài có ký tự ẩn nên không được duyệt. Xin trả lại để người soạn lập phiên bản mới không có ký tự đó.',
    en: 'The script holds invisible signs and cannot be approved. Return it, so that its author makes a version without them.',
  });
}

function notHeard(): DomainError {
  return new DomainError('conflict', 'not-heard', {
    vi: 'Bạn chưa nghe hết bản thu. Xin nghe hết, hoặc xác nhận vẫn duyệt khi chưa nghe hết.',
    en: 'You have not heard the clip to its end. Listen to it, or confirm that you approve it unheard.',
  });
}

export function contentChanged(kind: 'conflict' | 'stale'): DomainError {
  return new DomainError(kind, 'content-changed', {
    vi: 'Nội dung đã thay đổi sau khi bạn xem. Xin xem và nghe lại.',
    en: 'The content has changed since you looked. Look and listen again.',
  });
}
