import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
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
import { formLine, formText, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { PeopleNames } from '../people-names.js';
import { ApprovalSettings } from './approval-setting.js';
import { decisionView, inboxRow, inOrder } from './approval.view.js';

const decision = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  decision: z.enum(['approved', 'returned']),
  comment: formText(2_000).default(''),
  code: formLine(50).default(''),
});

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
    private readonly clock: Clock,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  async inbox(@Me() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const waiting = await this.approvals.inbox();
    const nameOf = await this.names.of(waiting.map(({ version }) => version.authorId));
    const campaigns = await this.settings.campaigns(waiting.map(({ script }) => script));
    const rows = waiting.map((one) => {
      const campaign = campaigns.get(one.script.campaignId);
      return inboxRow(one, this.config.timeZone, actor.accountId, nameOf(one.version.authorId), campaign);
    });
    await this.pages.send(request, reply, 'approval/inbox', 'Chờ duyệt', { rows: inOrder(rows) });
  }

  @Get(':versionId')
  async one(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('versionId', { schema: rowId }) versionId: string,
  ) {
    await this.show(actor, request, reply, versionId, '');
  }

  @Post(':versionId')
  async decide(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    const { contentHash, comment, code } = body;
    let signer = actor;
    try {
      if (body.decision === 'approved') {
        if (code) signer = await this.signed(actor, request, reply, code);
        await this.approvals.approve(signer, versionId, contentHash, comment);
      } else await this.approvals.returnToAuthor(actor, versionId, contentHash, comment);
      return await seeOther(reply, '/duyet', body.decision === 'approved' ? 'da-duyet' : 'da-tra');
    } catch (error) {
      // The form that is shown again names what there is now: whoever decides next has looked at it.
      await this.show(signer, request, reply, versionId, comment, shown(error));
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
    comment: string,
    problem?: unknown,
  ) {
    const content = await this.approvals.content(this.database.read(), versionId);
    const setting = await this.settings.of(content.script, versionId);
    const decided = setting.earlier.map(({ approval }) => approval.decidedBy);
    const nameOf = await this.names.of([content.version.authorId, ...decided]);
    const author = nameOf(content.version.authorId);
    const zone = this.config.timeZone;
    const missing = await this.secondFactor.missing(actor);
    const view = {
      ...decisionView(content, zone, actor.accountId, author, comment, setting, nameOf),
      asksEnrolment: missing === 'enrolment',
      asksCode: missing === 'code',
    };
    await this.pages.send(request, reply, 'approval/decide', content.version.title, view, problem);
  }
}
