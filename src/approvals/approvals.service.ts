import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { accountOf, type Actor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { moveVersion } from '../scripts/move-version.js';
import { Clip } from '../audio/clip.entity.js';
import { Approval } from './approval.entity.js';
import { ApprovalVoided, ContentApproved, ContentReturned } from './approvals.events.js';
import { contentHash, type Content } from './content.js';

/** What an approver is shown and what he signs. */
export interface ContentUnderApproval {
  version: ScriptVersion;
  script: Script;
  content: Content;
  hash: string;
  clips: Clip[];
}

/** Decisions of one person on one exact content. */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** 404 when there is no such version. */
  async content(em: EntityManager, versionId: string): Promise<ContentUnderApproval> {
    const version = await em.findOneBy(ScriptVersion, { id: versionId });
    const script = version && (await em.findOneBy(Script, { id: version.scriptId }));
    if (!version || !script) throw notFound();
    const clips = await em.find(Clip, {
      where: { scriptVersionId: versionId, state: 'ready' },
      order: { readyAt: 'ASC' },
    });
    // The newest ready clip of each profile is the one that will air.
    const latest = [...new Map(clips.map((clip) => [clip.profile, clip])).values()];
    const content = {
      title: version.title,
      text: version.body,
      clips: latest.map(({ profile, spokenHash, sha256 }) => ({ profile, spokenHash, sha256: sha256 ?? '' })),
    };
    return { version, script, content, hash: contentHash(content), clips: latest };
  }

  /** Throws `clip-not-ready` (409) when a loudspeaker script has no finished clip: nobody approves what cannot be heard. */
  async requireAudible(em: EntityManager, versionId: string): Promise<void> {
    const { script, clips } = await this.content(em, versionId);
    if (!isLoudspeaker(script.channelKind) || clips.length > 0) return;
    throw new DomainError('conflict', 'clip-not-ready', {
      vi: 'Bài phát loa phải có bản thu hoàn chỉnh trước khi trình duyệt.',
      en: 'A loudspeaker script needs a finished clip before it is submitted.',
    });
  }

  /**
   * `seenHash` is the hash of what the approver saw. Throws `content-changed` (409) when the content is
   * no longer that, `own-work` (403) for the author, `illegal-move` (409) when it does not wait for a decision.
   */
  approve(actor: Actor, versionId: string, seenHash: string, comment?: string): Promise<string> {
    return this.decide(actor, versionId, seenHash, 'approved', comment);
  }

  /** As `approve`; a comment that tells the author what to change is required (422). */
  async returnToAuthor(actor: Actor, versionId: string, seenHash: string, comment: string): Promise<string> {
    if (!comment.trim()) {
      throw new DomainError('invalid', 'comment-needed', {
        vi: 'Xin ghi lý do trả lại để người soạn biết cần sửa gì.',
        en: 'Say what must be changed.',
      });
    }
    return this.decide(actor, versionId, seenHash, 'returned', comment);
  }

  private async decide(
    actor: Actor,
    versionId: string,
    seenHash: string,
    decision: 'approved' | 'returned',
    comment?: string,
  ): Promise<string> {
    const decidedBy = accountOf(actor);
    return this.database.write(async (tx) => {
      const { version, hash } = await this.content(tx, versionId);
      if (version.authorId === decidedBy) {
        throw new DomainError('forbidden', 'own-work', {
          vi: 'Người soạn không được duyệt bài của chính mình.',
          en: 'An author does not approve his own work.',
        });
      }
      if (hash !== seenHash) {
        throw new DomainError('conflict', 'content-changed', {
          vi: 'Nội dung đã thay đổi sau khi bạn xem. Xin xem và nghe lại.',
          en: 'The content has changed since you looked. Look and listen again.',
        });
      }
      await this.requireAudible(tx, versionId);
      await moveVersion(tx, version, decision);
      const id = newId(this.clock.now());
      const decidedAt = this.clock.now();
      const row = { id, scriptVersionId: versionId, contentHash: hash, decision, comment: comment?.trim() || null };
      await tx.insert(Approval, { ...row, decidedBy, decidedAt, voidedAt: null, voidReason: null });
      const action = decision === 'approved' ? 'content.approved' : 'content.returned';
      await this.audit.record(tx, actor, {
        action,
        entity: 'script_version',
        entityId: versionId,
        after: { hash, comment },
      });
      const event = decision === 'approved' ? new ContentApproved(versionId, id) : new ContentReturned(versionId);
      await this.events.publish(tx, event);
      return id;
    });
  }

  /** Takes the approval of a version back, in the caller's transaction. Nothing happens when it has none. */
  async void(tx: EntityManager, actor: Actor, versionId: string, reason: string): Promise<void> {
    const approvals = await tx.findBy(Approval, {
      scriptVersionId: versionId,
      decision: 'approved',
      voidedAt: IsNull(),
    });
    for (const approval of approvals) {
      await tx.update(Approval, { id: approval.id }, { voidedAt: this.clock.now(), voidReason: reason });
      const version = await tx.findOneBy(ScriptVersion, { id: versionId });
      if (version?.state === 'approved') await moveVersion(tx, version, 'voided');
      const fact = { action: 'approval.voided', entity: 'approval', entityId: approval.id, after: { reason } };
      await this.audit.record(tx, actor, fact);
      await this.events.publish(tx, new ApprovalVoided(versionId, approval.id, reason));
    }
  }

  /** The approval that stands for exactly what there is now; throws `not-approved` (409) otherwise. */
  async requireApprovedVersion(em: EntityManager, versionId: string): Promise<Approval> {
    const { version, hash } = await this.content(em, versionId);
    const where = { scriptVersionId: versionId, decision: 'approved' as const, voidedAt: IsNull() };
    const approvals = await em.findBy(Approval, where);
    const standing = approvals.find((approval) => approval.contentHash === hash);
    if (standing && version.state === 'approved') return standing;
    throw new DomainError('conflict', 'not-approved', {
      vi: 'Nội dung này chưa được duyệt, hoặc đã thay đổi sau khi duyệt.',
      en: 'This content is not approved, or has changed since.',
    });
  }

  /** As `requireApprovedVersion`, for the clip that is to sound; it must be among the clips that were approved. */
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

  /** Versions that wait for a decision, oldest first. */
  async inbox(): Promise<ContentUnderApproval[]> {
    const em = this.database.read();
    const waiting = await em.find(ScriptVersion, {
      where: { state: In(['submitted']) },
      order: { submittedAt: 'ASC' },
    });
    return Promise.all(waiting.map((version) => this.content(em, version.id)));
  }
}
