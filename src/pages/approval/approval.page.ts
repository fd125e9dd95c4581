import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { SecondFactor } from '../../people/second-factor.service.js';
import { Sessions } from '../../people/sessions.service.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { formLine, formText, rowId } from '../fields.js';
import { ticked } from '../form-problem.js';
import { shown } from '../page-frame.js';
import { PeopleNames } from '../people-names.js';
import { WaitingNotes } from '../second-person/waiting-notes.js';
import { PageVisit } from '../page-visit.js';
import { Visit } from '../visit.decorator.js';
import { ApprovalSettings } from './approval-setting.js';
import { decisionView, inboxRow, inOrder } from './approval.view.js';
import { doubtsIn } from './doubts.view.js';
import { narrowerMeant, type ScopeForm } from './scope.view.js';

const decision = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  decision: z.enum(['approved', 'returned']),
  comment: formText(2_000).default(''),
  code: formLine(50).default(''),
  channels: z.union([rowId, z.array(rowId).max(1000)]).optional(),
  from: formLine(20).default(''),
  until: formLine(20).default(''),
  bulletinClass: z.enum(['', ...bulletinClasses]).default(''),
});

/** What was typed, for the form that is shown again. */
interface Typed {
  comment: string;
  scope?: ScopeForm;
  returning?: boolean;
}

@ApiExcludeController()
@Controller('duyet')
@Roles('approver')
export class ApprovalPage {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly approvals: Approvals,
    private readonly names: PeopleNames,
    private readonly settings: ApprovalSettings,
    private readonly readings: ScriptReadings,
    private readonly clock: Clock,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly waiting: WaitingNotes,
  ) {}

  @Get()
  async inbox(@Visit() visit: PageVisit) {
    const waiting = await this.approvals.inbox();
    const contributors = await this.approvals.contributions(waiting);
    const nameOf = await this.names.of(waiting.map(({ version }) => submitterOf(version)));
    const campaigns = await this.settings.campaigns(waiting.map(({ script }) => script));
    const rows = waiting.map((one) => {
      const campaign = campaigns.get(one.script.campaignId);
      const onlooker = { accountId: visit.actor.accountId, contributors: contributors.get(one.version.id) ?? [] };
      return inboxRow(one, this.config.timeZone, onlooker, nameOf(submitterOf(one.version)), campaign);
    });
    const view = { rows: inOrder(rows), waitingNotes: await this.waiting.others(visit.actor) };
    await visit.render('approval/inbox', 'Chờ duyệt', view);
  }

  @Get(':versionId')
  async one(@Visit() visit: PageVisit, @Param('versionId', { schema: rowId }) versionId: string) {
    await this.show(visit, versionId, { comment: '' });
  }

  @Post(':versionId')
  async decide(
    @Visit() visit: PageVisit,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    const { contentHash, comment, code, from, until, bulletinClass } = body;
    const scope = { channels: ticked(body.channels), from, until, bulletinClass };
    let signer = visit.actor;
    try {
      if (body.decision === 'returned') {
        await this.approvals.returnToAuthor(visit.actor, versionId, contentHash, comment);
        return await visit.redirect('/duyet', 'da-tra');
      }
      if (code) signer = await this.signed(visit, code);
      const { scope: campaign } = await this.approvals.content(this.database.read(), versionId);
      const narrower = narrowerMeant(scope, campaign);
      await this.approvals.approve(signer, versionId, contentHash, { comment, narrower });
      // Whoever took something away sees once more what he left.
      const next = Object.keys(narrower).length > 0 ? `/duyet/${versionId}` : '/duyet';
      return await visit.redirect(next, 'da-duyet');
    } catch (error) {
      // The form that is shown again names what there is now: whoever decides next has looked at it.
      await this.show(
        visit,
        versionId,
        { comment, scope, returning: body.decision === 'returned' || comment !== '' },
        shown(error),
        signer,
      );
    }
  }

  /** Who decides, with the code given just now; the session goes on under a new id. */
  private async signed(visit: PageVisit, code: string): Promise<Actor> {
    await this.secondFactor.check(visit.actor, code);
    visit.renewSession(await this.sessions.stepUp(visit.actor, visit.sessionId));
    return { ...visit.actor, codeAt: this.clock.now() };
  }

  private async show(visit: PageVisit, versionId: string, typed: Typed, problem?: unknown, signer = visit.actor) {
    const content = await this.approvals.content(this.database.read(), versionId);
    const setting = await this.settings.of(content);
    const decided = setting.earlier.map(({ approval }) => approval.decidedBy);
    const submitter = submitterOf(content.version);
    const nameOf = await this.names.of([submitter, ...decided]);
    const contributors = (await this.approvals.contributions([content])).get(versionId) ?? [];
    const onlooker = { accountId: visit.actor.accountId, contributors };
    const zone = this.config.timeZone;
    const missing = await this.secondFactor.missing(signer);
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

/** Versions of before it was kept count as submitted by their author. */
function submitterOf({ submittedBy, authorId }: ScriptVersion): string | null {
  return submittedBy ?? authorId;
}
