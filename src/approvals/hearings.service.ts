import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { accountOf, type Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { holdVersion } from '../scripts/hold-version.js';
import { ClipHearing } from './clip-hearing.entity.js';
import { type ContentUnderApproval, contentsUnderApproval } from './content-under-approval.js';
import type { HearingSource } from './decision.js';

/** Who listened to the clips of a content to their end, before it is decided. */
@Injectable()
export class Hearings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * Records that the actor heard this clip to its end; a second time changes nothing, but what the player measured
   * replaces a statement. Throws 404 for a clip that is not among those that would air, `illegal-move` (409) when no
   * decision is pending.
   */
  async record(actor: Actor, versionId: string, clipId: string, source: HearingSource): Promise<void> {
    const accountId = accountOf(actor);
    await this.database.write(async (tx) => {
      await holdVersion(tx, versionId);
      const content = (await contentsUnderApproval(tx, [versionId])).get(versionId);
      const clip = content?.clips.find(({ id }) => id === clipId);
      if (!content || !clip?.sha256) throw notFound();
      if (content.version.state !== 'submitted') throw notWaiting();
      const { sha256, profile } = clip;
      const before = await tx.findOneBy(ClipHearing, { clipId, accountId });
      if (before && (before.source === source || before.source === 'player')) return;
      const heardAt = this.clock.now();
      if (before) await tx.update(ClipHearing, { id: before.id }, { source, heardAt });
      else await tx.insert(ClipHearing, { id: newId(heardAt), clipId, sha256, accountId, source, heardAt });
      const after = { clipId, profile, sha256, source };
      const fact = { action: 'content.heard', entity: 'script_version', entityId: versionId };
      await this.audit.record(tx, actor, { ...fact, after });
    });
  }
}

/** By all people, of the clips of these contents. One statement. */
export function hearingsOf(em: EntityManager, contents: readonly ContentUnderApproval[]): Promise<ClipHearing[]> {
  const clipId = In(contents.flatMap(({ clips }) => clips.map(({ id }) => id)));
  return em.find(ClipHearing, { where: { clipId }, order: { heardAt: 'ASC', id: 'ASC' } });
}

function notWaiting(): DomainError {
  return new DomainError('conflict', 'illegal-move', {
    vi: 'Bài này hiện không chờ duyệt.',
    en: 'This does not wait for a decision.',
  });
}
