import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { SecondFactor } from '../../people/second-factor.service.js';
import { sessionOf } from '../../people/security.controller.js';
import { SessionCookie } from '../../people/session-cookie.js';
import { Sessions } from '../../people/sessions.service.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { formLine, formText, rowId } from '../fields.js';
import { ticked } from '../form-problem.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { PeopleNames } from '../people-names.js';
import { WaitingNotes } from '../second-person/waiting-notes.js';
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
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly config: Config,
    private readonly approvals: Approvals,
    private readonly names: PeopleNames,
    private readonly settings: ApprovalSettings,
    private readonly readings: ScriptReadings,
    private readonly clock: Clock,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly waiting: WaitingNotes,
  ) {}

  @Get()
  async inbox(@Me() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const waiting = await this.approvals.inbox();
    const contributors = await this.approvals.contributions(waiting);
    const nameOf = await this.names.of(waiting.map(({ version }) => submitterOf(version)));
    const campaigns = await this.settings.campaigns(waiting.map(({ script }) => script));
    const rows = waiting.map((one) => {
      const campaign = campaigns.get(one.script.campaignId);
      const onlooker = { accountId: actor.accountId, contributors: contributors.get(one.version.id) ?? [] };
      return inboxRow(one, this.config.timeZone, onlooker, nameOf(submitterOf(one.version)), campaign);
    });
    const view = { rows: inOrder(rows), waitingNotes: await this.waiting.others(actor) };
    await this.pages.send(request, reply, 'approval/inbox', 'Chờ duyệt', view);
  }

  @Get(':versionId')
  async one(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('versionId', { schema: rowId }) versionId: string,
  ) {
    await this.show(actor, request, reply, versionId, { comment: '' });
  }

  @Post(':versionId')
  async decide(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    const { contentHash, comment, code, from, until, bulletinClass } = body;
    const scope = { channels: ticked(body.channels), from, until, bulletinClass };
    let signer = actor;
    try {
      if (body.decision === 'returned') {
        await this.approvals.returnToAuthor(actor, versionId, contentHash, comment);
        return await seeOther(reply, '/duyet', 'da-tra');
      }
      if (code) signer = await this.signed(actor, request, reply, code);
      const { scope: campaign } = await this.approvals.content(this.database.read(), versionId);
      const narrower = narrowerMeant(scope, campaign);
      await this.approvals.approve(signer, versionId, contentHash, { comment, narrower });
      // Whoever took something away sees once more what he left.
      const next = Object.keys(narrower).length > 0 ? `/duyet/${versionId}` : '/duyet';
      return await seeOther(reply, next, 'da-duyet');
    } catch (error) {
      // The form that is shown again names what there is now: whoever decides next has looked at it.
      await this.show(
        signer,
        request,
        reply,
        versionId,
        { comment, scope, returning: body.decision === 'returned' || comment !== '' },
        shown(error),
      );
    }
  }

  /** Who decides, with the code given just now; the session goes on under a new id. */
  private async signed(actor: Actor, request: FastifyRequest, reply: FastifyReply, code: string): Promise<Actor> {
    await this.secondFactor.check(actor, code);
    this.cookie.set(reply, await this.sessions.stepUp(actor, sessionOf(request)));
    return { ...actor, codeAt: this.clock.now() };
  }

  private async show(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    versionId: string,
    typed: Typed,
    problem?: unknown,
  ) {
    const content = await this.approvals.content(this.database.read(), versionId);
    const setting = await this.settings.of(content);
    const decided = setting.earlier.map(({ approval }) => approval.decidedBy);
    const submitter = submitterOf(content.version);
    const nameOf = await this.names.of([submitter, ...decided]);
    const contributors = (await this.approvals.contributions([content])).get(versionId) ?? [];
    const onlooker = { accountId: actor.accountId, contributors };
    const zone = this.config.timeZone;
    const missing = await this.secondFactor.missing(actor);
    const spoken = content.version.state === 'submitted' && isLoudspeaker(content.script.channelKind);
    const view = {
      ...decisionView(content, zone, onlooker, nameOf(submitter), typed, setting, nameOf),
      doubts: spoken ? doubtsIn((await this.readings.of(versionId)).reading, content.clips) : [],
      returning: typed.returning ?? false,
      asksEnrolment: missing === 'enrolment',
      asksCode: missing === 'code',
    };
    await this.pages.send(request, reply, 'approval/decide', content.version.title, view, problem);
  }
}

/** Versions of before it was kept count as submitted by their author. */
function submitterOf({ submittedBy, authorId }: ScriptVersion): string | null {
  return submittedBy ?? authorId;
}
