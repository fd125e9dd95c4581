import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Directive } from '../directives/directive.entity.js';
import { Obligation } from '../directives/obligation.entity.js';
import { buildReport } from './directive/build-report.js';
import type { DirectiveReport } from './directive/directive-report.js';
import { reportCsv, type ReportGrain } from './directive/report-csv.js';
import { channelFacts, type CountedBy, postFacts, slotGroups } from './directive/report-rows.js';

/** The report of a directive: read from the slots, their evidence and the posts, never typed by hand. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Seven statements, however large the directive; `by` unit where single days are not shown. Throws 404 for an unknown
   * directive.
   */
  async forDirective(directiveId: string, by: CountedBy = 'day'): Promise<DirectiveReport> {
    const em = this.database.read();
    const directive = await em.findOneBy(Directive, { id: directiveId });
    if (!directive) throw notFound();
    const byAssignment = { assignment: 'ASC', channelKind: 'ASC' } as const;
    const obligations = await em.find(Obligation, { where: { directiveId }, order: byAssignment });
    const campaigns = await em.find(Campaign, { where: { directiveId }, order: { from: 'ASC', id: 'ASC' } });
    const { id, number, issuedOn, issuer, subject } = directive;
    return buildReport({
      directive: { id, number, issuedOn, issuer, subject },
      campaigns: campaigns.map((one) => ({ id: one.id, name: one.name, from: one.from, until: one.until })),
      obligations,
      channels: await channelFacts(em),
      slots: await slotGroups(
        em,
        campaigns.map((one) => one.id),
        by,
      ),
      byDay: by === 'day',
      posts: await postFacts(em, directiveId),
      now: this.clock.now(),
    });
  }

  /** For Excel; see `reportCsv`. Throws 404 for an unknown directive. */
  async csv(directiveId: string, grain: ReportGrain = 'unit'): Promise<string> {
    return reportCsv(await this.forDirective(directiveId, grain), grain);
  }
}
