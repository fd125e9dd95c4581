import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import { Sessions } from '../../people/sign-in/sessions.service.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { formDay, formLine, formText, rowId } from '../forms/fields.js';
import { checkedValues } from '../forms/parse-form.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { ApprovalScreen, type TypedDecision } from './approval-screen.js';
import { parseNarrowerScope } from './scope.view.js';

const decision = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  decision: z.enum(['approved', 'returned']),
  comment: formText(2_000).default(''),
  code: formLine(50).default(''),
  channels: z.union([rowId, z.array(rowId).max(1000)]).optional(),
  from: formDay.default(''),
  until: formDay.default(''),
  bulletinClass: z.enum(['', ...bulletinClasses]).default(''),
});

@ApiExcludeController()
@Controller('duyet')
@Roles('approver')
export class ApprovalPage {
  constructor(
    private readonly screen: ApprovalScreen,
    private readonly database: Database,
    private readonly approvals: Approvals,
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async inbox(@Visit() visit: PageVisit) {
    await this.screen.inbox(visit);
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
    const scope = { channels: checkedValues(body.channels), from, until, bulletinClass };
    let signer = visit.actor;
    try {
      if (body.decision === 'returned') {
        await this.approvals.returnToAuthor(visit.actor, versionId, contentHash, comment);
        return await visit.redirect('/duyet', 'da-tra');
      }
      if (code) signer = await this.signed(visit, code);
      const { scope: campaign } = await this.approvals.content(this.database.read(), versionId);
      const narrower = parseNarrowerScope(scope, campaign);
      await this.approvals.approve(signer, versionId, contentHash, { comment, narrower });
      // After a narrowed approval the approver sees what remains approved.
      const next = Object.keys(narrower).length > 0 ? `/duyet/${versionId}` : '/duyet';
      return await visit.redirect(next, 'da-duyet');
    } catch (error) {
      // The refused form is rendered with the current content hash, so the next decision is about what the page shows.
      await this.show(
        visit,
        versionId,
        { comment, scope, returning: body.decision === 'returned' || comment !== '' },
        asFormError(error),
        signer,
      );
    }
  }

  /** Checks the second-factor code and returns the actor with it; the session continues under a new id. */
  private async signed(visit: PageVisit, code: string): Promise<Actor> {
    await this.secondFactor.check(visit.actor, code);
    visit.renewSession(await this.sessions.stepUp(visit.actor, visit.sessionId));
    return { ...visit.actor, codeAt: this.clock.now() };
  }

  /** Renders the content and its form. `signer` is the actor, with or without a fresh second-factor code. */
  private async show(
    visit: PageVisit,
    versionId: string,
    typed: TypedDecision,
    problem?: unknown,
    signer = visit.actor,
  ) {
    await this.screen.decision(visit, versionId, { typed, missing: await this.secondFactor.missing(signer), problem });
  }
}
