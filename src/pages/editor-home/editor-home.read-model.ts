import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Approval } from '../../approvals/approval.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Directive } from '../../directives/directive.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { Post } from '../../posts/state/post.entity.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { PeopleNames } from '../visit/people-names.js';
import type { EditorHomeFacts } from './editor-home.view.js';

/** Reads the facts of the editor's home page in ten queries, whatever their number of rows. */
@Injectable()
export class EditorHomeReadModel {
  constructor(
    private readonly database: Database,
    private readonly scripts: Scripts,
    private readonly names: PeopleNames,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async now(): Promise<EditorHomeFacts> {
    const em = this.database.read();
    const zone = this.config.timeZone;
    const today = localDateOf(this.clock.now(), zone);
    const obligations = await em.find(Obligation, {
      where: [{ until: IsNull() }, { until: MoreThanOrEqual(today) }],
      select: { id: true, directiveId: true, channelKind: true, until: true, reportDue: true },
    });
    const open = await em.findBy(Campaign, { state: 'open' });
    const letters = [...new Set(obligations.map(({ directiveId }) => directiveId))];
    const directives = await em.find(Directive, {
      where: { id: In(letters) },
      select: { id: true, number: true, subject: true, urgency: true, issuedOn: true },
    });
    const current = new Set(open.map(({ id }) => id));
    const scripts = (await this.scripts.list()).filter(({ script }) => current.has(script.campaignId));
    const versionIds = scripts.map(({ version }) => version.id);
    const clips = await em.find(Clip, {
      where: { scriptVersionId: In(versionIds) },
      select: { id: true, scriptVersionId: true, state: true, reason: true },
    });
    const approvals = await em.find(Approval, {
      where: { scriptVersionId: In(versionIds) },
      order: { decidedAt: 'DESC' },
    });
    const placed = new Set([...(await this.scheduled(versionIds)), ...(await this.posted(versionIds))]);
    const nameOf = await this.names.of(approvals.map(({ decidedBy }) => decidedBy));
    return { today, zone, directives, obligations, campaigns: open, scripts, clips, approvals, placed, nameOf };
  }

  private async scheduled(versionIds: string[]): Promise<string[]> {
    if (versionIds.length === 0) return [];
    const rows = await this.database
      .read()
      .createQueryBuilder(Slot, 'slot')
      .innerJoin(Clip, 'clip', 'clip.id = slot.clip_id')
      .where("clip.script_version_id IN (:...versionIds) AND slot.state <> 'cancelled'", { versionIds })
      .select('clip.script_version_id', 'versionId')
      .distinct(true)
      .getRawMany<{ versionId: string }>();
    return rows.map(({ versionId }) => versionId);
  }

  private async posted(versionIds: string[]): Promise<string[]> {
    const posts = await this.database.read().find(Post, {
      where: { scriptVersionId: In(versionIds), state: Not('cancelled') },
      select: { id: true, scriptVersionId: true },
    });
    return posts.map(({ scriptVersionId }) => scriptVersionId);
  }
}
