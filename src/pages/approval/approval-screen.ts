import { Injectable } from '@nestjs/common';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Approvals } from '../../approvals/approvals.service.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { PeopleNames } from '../visit/people-names.js';
import type { PageVisit } from '../visit/page-visit.js';
import { WaitingNotes } from '../second-person/waiting-notes.js';
import { ApprovalSettings } from './approval-settings.js';
import { decisionView, inboxRow, inboxOrder } from './approval.view.js';
import { doubtsIn } from './doubts.view.js';
import type { ScopeForm } from './scope.view.js';

/** What the approver typed, so that a refused form keeps it. */
export interface TypedDecision {
  comment: string;
  scope?: ScopeForm;
  returning?: boolean;
}

/** What the screen of one decision needs beside the content. */
export interface DecisionScreenOptions {
  typed: TypedDecision;
  /** What the approver must still provide before an approval counts; null when nothing is missing. */
  missing: 'enrolment' | 'code' | null;
  problem?: unknown;
}

/** Renders the approver's inbox, and one content with the form that decides on it. */
@Injectable()
export class ApprovalScreen {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly approvals: Approvals,
    private readonly settings: ApprovalSettings,
    private readonly readings: ScriptReadings,
    private readonly names: PeopleNames,
    private readonly waiting: WaitingNotes,
  ) {}

  async inbox(visit: PageVisit): Promise<void> {
    const waiting = await this.approvals.inbox();
    const contributors = await this.approvals.contributions(waiting);
    const nameOf = await this.names.of(waiting.map(({ version }) => submitterOf(version)));
    const campaigns = await this.settings.campaigns(waiting.map(({ script }) => script));
    const rows = waiting.map((one) => {
      const campaign = campaigns.get(one.script.campaignId);
      const onlooker = { accountId: visit.actor.accountId, contributors: contributors.get(one.version.id) ?? [] };
      return inboxRow(one, this.config.timeZone, onlooker, nameOf(submitterOf(one.version)), campaign);
    });
    const view = { rows: inboxOrder(rows), waitingNotes: await this.waiting.others(visit.actor) };
    await visit.render('approval/inbox', 'Chờ duyệt', view);
  }

  /** Throws 404 for a missing version. */
  async decision(
    visit: PageVisit,
    versionId: string,
    { typed, missing, problem }: DecisionScreenOptions,
  ): Promise<void> {
    const content = await this.approvals.content(this.database.read(), versionId);
    const setting = await this.settings.of(content);
    const decided = setting.earlier.map(({ approval }) => approval.decidedBy);
    const submitter = submitterOf(content.version);
    const nameOf = await this.names.of([submitter, ...decided]);
    const contributors = (await this.approvals.contributions([content])).get(versionId) ?? [];
    const onlooker = { accountId: visit.actor.accountId, contributors };
    const zone = this.config.timeZone;
    const spoken = content.version.state === 'submitted' && isLoudspeaker(content.script.channelKind);
    const view = {
      ...decisionView(content, zone, onlooker, nameOf(submitter), typed, setting, nameOf),
      doubts: spoken ? doubtsIn((await this.readings.of(versionId)).reading, content.clips) : [],
      returning: typed.returning ?? false,
      asksEnrolment: missing === 'enrolment',
      asksCode: missing === 'code',
    };
    await visit.render('approval/decide', content.version.title, view, problem);
  }
}

/** Versions older than the `submittedBy` column count as submitted by their author. */
function submitterOf({ submittedBy, authorId }: ScriptVersion): string | null {
  return submittedBy ?? authorId;
}
