import { Injectable } from '@nestjs/common';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { Approvals } from '../../approvals/approvals.service.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { PeopleNames } from '../visit/people-names.js';
import type { PageVisit } from '../visit/page-visit.js';
import { WaitingNotes } from '../second-person/waiting-notes.js';
import { ApprovalSettings } from './approval-settings.js';
import { decidedRow, decisionView, inboxRow, inboxOrder, nextInOrder } from './approval.view.js';
import { wayBack } from './way-back.view.js';
import { doubtsIn } from './doubts.view.js';
import type { ScopeForm } from './scope.view.js';

/** What the approver typed, so that a refused form keeps it. */
export interface TypedDecision {
  comment: string;
  scope?: ScopeForm;
  /** He was told that he has not heard it; the next press approves it unheard. */
  asksUnheard?: boolean;
}

/** What the screen of one decision needs beside the content. */
export interface DecisionScreenOptions {
  typed?: TypedDecision;
  /** On the sheet that approves: what the phone must still give. */
  asks?: { asksEnrolment: boolean; asksCode: boolean };
  problem?: unknown;
}

/** Renders the approver's inbox, and one content with the form that decides on it. */
@Injectable()
export class ApprovalScreen {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly approvals: Approvals,
    private readonly settings: ApprovalSettings,
    private readonly readings: ScriptReadings,
    private readonly names: PeopleNames,
    private readonly waiting: WaitingNotes,
  ) {}

  async inbox(visit: PageVisit): Promise<void> {
    const decided = await this.settings.decided(this.clock.now());
    const nameOf = await this.names.of(decided.map(({ approval }) => approval.decidedBy));
    const view = {
      rows: await this.rows(visit.actor),
      decided: decided.map((one) => decidedRow(one, this.config.timeZone, nameOf(one.approval.decidedBy))),
      waitingNotes: await this.waiting.others(visit.actor),
    };
    await visit.render('approval/inbox', 'Chờ duyệt', view);
  }

  /**
   * What the actor decides on after this content, in the order of the inbox and from its beginning again; null when
   * nothing else waits for him.
   */
  async after(actor: Actor, versionId: string): Promise<string | null> {
    return nextInOrder(await this.rows(actor), versionId);
  }

  private async rows(actor: Actor) {
    const waiting = await this.approvals.inbox();
    const contributors = await this.approvals.contributions(waiting);
    const nameOf = await this.names.of(waiting.map(({ version }) => submitterOf(version)));
    const campaigns = await this.settings.campaigns(waiting.map(({ script }) => script));
    const rows = waiting.map((one) => {
      const campaign = campaigns.get(one.script.campaignId);
      const onlooker = { accountId: actor.accountId, contributors: contributors.get(one.version.id) ?? [] };
      return inboxRow(one, this.config.timeZone, onlooker, nameOf(submitterOf(one.version)), campaign);
    });
    return inboxOrder(rows);
  }

  /** The content itself, or the sheet of one decision on it. Throws 404 for a missing version. */
  async decision(
    visit: PageVisit,
    versionId: string,
    sheet: 'decide' | 'approve' | 'return',
    { typed = { comment: '' }, asks, problem }: DecisionScreenOptions = {},
  ): Promise<void> {
    const content = await this.settings.content(versionId);
    const setting = await this.settings.of(content);
    const decided = setting.earlier.map(({ approval }) => approval.decidedBy);
    const submitter = submitterOf(content.version);
    const nameOf = await this.names.of([submitter, ...decided]);
    const contributors = (await this.approvals.contributions([content])).get(versionId) ?? [];
    const onlooker = { accountId: visit.actor.accountId, contributors };
    const zone = this.config.timeZone;
    const { state } = content.version;
    const spoken = sheet === 'decide' && state === 'submitted' && isLoudspeaker(content.script.channelKind);
    const hearings = await this.settings.hearings(content);
    const view = {
      ...decisionView(content, zone, onlooker, nameOf(submitter), typed, setting, nameOf, hearings),
      ...wayBack(state, visit.actor),
      doubts: spoken ? doubtsIn((await this.readings.of(versionId)).reading, content.clips) : [],
      next: sheet === 'decide' && state === 'submitted' ? await this.after(visit.actor, versionId) : null,
      asksUnheard: typed.asksUnheard ?? false,
      ...asks,
    };
    await visit.render(`approval/${sheet}`, content.version.title, view, problem);
  }
}

/** Versions older than the `submittedBy` column count as submitted by their author. */
function submitterOf({ submittedBy, authorId }: ScriptVersion): string | null {
  return submittedBy ?? authorId;
}
