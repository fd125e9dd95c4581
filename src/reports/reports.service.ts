import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../shared/clock.js';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { notFound } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Directive } from '../directives/directive.entity.js';
import { Obligation } from '../directives/obligation.entity.js';
import { addDays, localDateOf } from '../shared/local-time.js';
import { type ChannelFacts, buildReport, type ReportFacts } from './directive/build-report.js';
import type { DirectiveReport } from './directive/directive-report.js';
import { OwedPlays, type ShortOnChannel } from './owed/owed-plays.service.js';
import { reportCsv, type ReportGrain } from './directive/report-csv.js';
import { channelFacts, type CountedBy, postFacts, slotGroups } from './directive/report-rows.js';

/** The report of a directive: read from the slots, their evidence and the posts, never typed by hand. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly owed: OwedPlays,
  ) {}

  /**
   * At most sixteen statements, however large the directive; `by` unit where single days are not shown. Throws 404 for an unknown
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
    const plans = await this.owed.firstPlans(
      em,
      campaigns.map((one) => one.id),
    );
    const now = this.clock.now();
    const channels = await channelFacts(em);
    const facts: ReportFacts = {
      directive: { id, number, issuedOn, issuer, subject },
      campaigns: campaigns.map((one) => ({ id: one.id, name: one.name, from: one.from, until: one.until })),
      obligations,
      channels,
      slots: await slotGroups(
        em,
        campaigns.map((one) => one.id),
        by,
      ),
      byDay: by === 'day',
      posts: await postFacts(em, directiveId),
      plans,
      opened: campaigns.length > 0 ? Math.min(...campaigns.map(({ createdAt }) => createdAt)) : null,
      owed: new Map(),
      now,
    };
    const asked = buildReport(facts);
    const owed = await this.owed.of(em, plans, shortUnits(asked, channels, now));
    return owed.size === 0 ? asked : buildReport({ ...facts, owed });
  }

  /** For Excel; see `reportCsv`. Throws 404 for an unknown directive. */
  async csv(directiveId: string, grain: ReportGrain = 'unit'): Promise<string> {
    return reportCsv(await this.forDirective(directiveId, grain), grain);
  }
}

/** The loudspeakers with fewer days met than required: only their sessions need a closer look. */
function shortUnits(report: DirectiveReport, channels: readonly ChannelFacts[], now: Instant): ShortOnChannel[] {
  const byCode = new Map(channels.map((channel) => [channel.code, channel]));
  return report.obligations.flatMap(({ obligationId, channelKind, until, units }) => {
    if (obligationId === null || until === null || !isLoudspeaker(channelKind)) return [];
    return units.flatMap(({ channelCode, fulfilment: { minimumPerDay, firstDay: from, daysRequired, daysMet } }) => {
      const channel = byCode.get(channelCode);
      if (!channel || from === null || daysMet >= daysRequired) return [];
      const today = localDateOf(now, channel.zone);
      const last = until < today ? until : addDays(today, -1);
      return [{ obligationId, channelId: channel.id, minimum: minimumPerDay ?? 1, from, until: last }];
    });
  });
}
