import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../people/access/access.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Hearings } from '../../approvals/hearings.service.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { formDay, formLine, formText, rowId } from '../forms/fields.js';
import { checkedValues } from '../forms/parse-form.js';
import { asFormError } from '../forms/form-error.js';
import { CodeSigner } from '../security/code-signer.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { ApprovalScreen } from './approval-screen.js';
import { ApprovalSettings } from './approval-settings.js';
import { parseNarrowerScope } from './scope.view.js';

const contentHash = z.string().regex(/^[0-9a-f]{64}$/);
const approval = z.strictObject({
  contentHash,
  comment: formText(2_000).default(''),
  code: formLine(50).default(''),
  unheard: z.literal('yes').optional(),
  channels: z.union([rowId, z.array(rowId).max(1000)]).optional(),
  from: formDay.default(''),
  until: formDay.default(''),
  bulletinClass: z.enum(['', ...bulletinClasses]).default(''),
});
const giveBack = z.strictObject({ contentHash, comment: formText(2_000).default('') });
const heardClip = z.strictObject({ clipId: rowId });

@ApiExcludeController()
@Controller('duyet')
@Roles('approver')
export class ApprovalPage {
  constructor(
    private readonly screen: ApprovalScreen,
    private readonly settings: ApprovalSettings,
    private readonly approvals: Approvals,
    private readonly hearings: Hearings,
    private readonly signer: CodeSigner,
  ) {}

  @Get()
  async inbox(@Visit() visit: PageVisit) {
    await this.screen.inbox(visit);
  }

  @Get(':versionId')
  async one(@Visit() visit: PageVisit, @Param('versionId', { schema: rowId }) versionId: string) {
    await this.screen.decision(visit, versionId, 'decide');
  }

  /** A browser without scripts measures nothing: the approver states that he heard the clip. */
  @Post(':versionId/da-nghe')
  async heard(
    @Visit() visit: PageVisit,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: heardClip }) { clipId }: z.infer<typeof heardClip>,
  ) {
    const work = () => this.hearings.record(visit.actor, versionId, clipId, 'statement');
    await visit.submit(`/duyet/${versionId}`, 'da-nghe', work, (problem) =>
      this.screen.decision(visit, versionId, 'decide', { problem }),
    );
  }

  @Get(':versionId/duyet-phat')
  async approving(@Visit() visit: PageVisit, @Param('versionId', { schema: rowId }) versionId: string) {
    await this.screen.decision(visit, versionId, 'approve', { asks: await this.signer.asks(visit.actor) });
  }

  @Post(':versionId/duyet-phat')
  async approve(
    @Visit() visit: PageVisit,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: approval }) body: z.infer<typeof approval>,
  ) {
    const { comment, code, from, until, bulletinClass } = body;
    const scope = { channels: checkedValues(body.channels), from, until, bulletinClass };
    const unheard = body.unheard !== undefined;
    let signer = visit.actor;
    try {
      signer = await this.signer.signed(visit, code);
      const { scope: campaign } = await this.settings.content(versionId);
      const narrower = parseNarrowerScope(scope, campaign);
      const next = await this.screen.after(visit.actor, versionId);
      await this.approvals.approve(signer, versionId, body.contentHash, { comment, narrower, unheard });
      await visit.redirect(next ? `/duyet/${next}` : '/duyet', next ? 'da-duyet-tiep' : 'da-duyet');
    } catch (error) {
      const problem = asFormError(error);
      // The refused form is rendered with the current content hash, so the next decision is about what the page shows.
      const asksUnheard = problem.code === 'not-heard' || (unheard && problem.code !== 'content-changed');
      const typed = { comment, scope, asksUnheard };
      const asks = await this.signer.asks(signer);
      await this.screen.decision(visit, versionId, 'approve', { typed, asks, problem });
    }
  }

  @Get(':versionId/tra-lai')
  async returning(@Visit() visit: PageVisit, @Param('versionId', { schema: rowId }) versionId: string) {
    await this.screen.decision(visit, versionId, 'return');
  }

  @Post(':versionId/tra-lai')
  async giveBack(
    @Visit() visit: PageVisit,
    @Param('versionId', { schema: rowId }) versionId: string,
    @Body({ schema: giveBack }) { contentHash: seen, comment }: z.infer<typeof giveBack>,
  ) {
    const next = await this.screen.after(visit.actor, versionId);
    const work = () => this.approvals.returnToAuthor(visit.actor, versionId, seen, comment);
    await visit.submit(next ? `/duyet/${next}` : '/duyet', next ? 'da-tra-tiep' : 'da-tra', work, (problem) =>
      this.screen.decision(visit, versionId, 'return', { typed: { comment }, problem }),
    );
  }
}
