import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { Approval } from '../../approvals/approval.entity.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import { slotsToCome } from '../../schedule/slots/slot-rows.js';
import type { Post } from '../../posts/state/post.entity.js';
import { unsentPosts } from '../../posts/state/unsent-posts.js';
import { unitsWithFeedItem } from '../../feeds/aired-content.js';

/** The latest version of a script with what a withdrawal or a stop takes out, and what it leaves. */
export interface WithdrawalFacts {
  script: Script;
  version: ScriptVersion;
  /** The approval that was not voided; null when there is none. */
  approval: Approval | null;
  /** To be cancelled, the earliest first. */
  slots: Pick<Slot, 'channelId' | 'startsAt'>[];
  /** Openings and closings of sessions that are placed again without it. */
  bookends: number;
  posts: Pick<Post, 'dueAt'>[];
  /** Units whose feeds drop it. */
  feeds: number;
  /** They play to their end. */
  onAir: number;
  played: number;
}

/** Reads what the listeners of a withdrawal will take out, by the same queries. */
@Injectable()
export class WithdrawalReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly scripts: Scripts,
  ) {}

  /** Throws 404 for a missing script. */
  async of(scriptId: string): Promise<WithdrawalFacts> {
    const em = this.database.read();
    const now = this.clock.now();
    const { script, versions } = await this.scripts.versions(scriptId);
    const [version] = versions;
    if (!version) throw notFound();
    const where = { scriptVersionId: version.id, decision: 'approved' as const, voidedAt: IsNull() };
    const approval = await em.findOne(Approval, { where, order: { decidedAt: 'DESC' } });
    const slots = await slotsToCome(em, version.id, now);
    return {
      script,
      version,
      approval,
      slots,
      bookends: (await slotsToCome(em, version.id, now, 'bookends')).length,
      posts: await unsentPosts(em, [version.id]),
      feeds: await unitsWithFeedItem(em, version.id),
      ...(await begun(em, version.id, now)),
    };
  }
}

/** Slots that are on the air now, and slots that played. */
async function begun(em: EntityManager, versionId: string, now: Instant): Promise<{ onAir: number; played: number }> {
  const row = await em
    .createQueryBuilder()
    .from(Slot, 's')
    .leftJoin('clip', 'c', 'c.id = s.clip_id')
    .select("COALESCE(SUM(CASE WHEN s.state = 'played' THEN 1 ELSE 0 END), 0)", 'played')
    .addSelect("COALESCE(SUM(CASE WHEN s.state = 'planned' AND s.ends_at > :now THEN 1 ELSE 0 END), 0)", 'onAir')
    .where('COALESCE(s.script_version_id, c.script_version_id) = :versionId AND s.starts_at <= :now')
    .setParameters({ versionId, now })
    .getRawOne<{ played: string | number; onAir: string | number }>();
  return { played: Number(row?.played ?? 0), onAir: Number(row?.onAir ?? 0) };
}
