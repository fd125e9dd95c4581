import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import { Directives } from '../../directives/directives.service.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { formDay, formLine, formText, rowId } from '../forms/fields.js';
import { asFormError, fieldProblems } from '../forms/form-error.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type CampaignForm, campaignForm, suggestedCampaign } from './campaign-form.view.js';
import { directiveRow, directiveView } from './directive.view.js';
import { parseCorrection, obligationForm, type RefusedCorrection } from './obligation-form.view.js';

const newLetter = z.strictObject({ text: formText(1_000_000) });
const newCampaign = z.strictObject({
  name: formLine(200).pipe(z.string().min(1)),
  from: formDay,
  until: formDay,
  bulletinClass: z.enum(bulletinClasses).default('normal'),
});
const correction = z.strictObject({
  minPlaysPerDay: formLine(20),
  maxPlaysPerDay: formLine(20),
  from: formDay,
  until: formDay,
  reportDue: formDay,
  seen: formLine(40),
});
const closing = z.strictObject({ reason: formLine(300).default('') });
/** Flash codes after a campaign was closed. */
const closed = { ended: 'dot-ket-thuc', cancelled: 'dot-huy' } as const;
const query = z.object({ tim: formLine(200).optional() });

@ApiExcludeController()
@Controller('cong-van')
@Roles('editor', 'approver', 'official', 'admin')
export class DirectivesPage {
  constructor(
    private readonly directives: Directives,
    private readonly campaigns: Campaigns,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly schedule: Schedule,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    const rows = (await this.directives.list(asked.tim)).map(directiveRow);
    const view = { rows, search: asked.tim ?? '', mayRegister: hasRole(visit.actor, 'editor', 'official') };
    await visit.render('directives/directive-list', 'Công văn', view);
  }

  @Get('moi')
  @Roles('editor', 'official')
  async form(@Visit() visit: PageVisit) {
    await visit.render('directives/directive-new', 'Vào sổ công văn', { text: '' });
  }

  @Post('moi')
  @Limited('letter')
  @Roles('editor', 'official')
  async register(@Visit() visit: PageVisit, @Body({ schema: newLetter }) body: z.infer<typeof newLetter>) {
    try {
      const { id, already } = await this.directives.register(visit.actor, body.text);
      return await visit.redirect(`/cong-van/${id}`, already ? 'da-co' : 'da-vao-so');
    } catch (error) {
      await visit.render('directives/directive-new', 'Vào sổ công văn', { text: body.text }, asFormError(error));
    }
  }

  @Get(':id')
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id);
  }

  @Post(':id/dot')
  @Roles('editor')
  async open(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: newCampaign }) body: z.infer<typeof newCampaign>,
  ) {
    try {
      const campaign = await this.campaigns.open(visit.actor, { directiveId: id, ...body });
      return await visit.redirect(`/bai?dot=${campaign}`, 'da-luu');
    } catch (error) {
      await this.show(visit, id, { campaign: body }, asFormError(error));
    }
  }

  @Post(':id/dot/:campaignId/ket-thuc')
  @UsesReserve()
  @Roles('editor', 'approver')
  async end(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Param('campaignId', { schema: rowId }) campaignId: string,
    @Body({ schema: closing }) { reason }: z.infer<typeof closing>,
  ) {
    await this.close(visit, id, campaignId, 'ended', reason);
  }

  @Post(':id/dot/:campaignId/huy')
  @UsesReserve()
  @Roles('editor', 'approver')
  async cancel(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Param('campaignId', { schema: rowId }) campaignId: string,
    @Body({ schema: closing }) { reason }: z.infer<typeof closing>,
  ) {
    await this.close(visit, id, campaignId, 'cancelled', reason);
  }

  @Post(':id/nhiem-vu/:obligationId')
  @Roles('editor')
  async correct(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Param('obligationId', { schema: rowId }) obligationId: string,
    @Body({ schema: correction }) typed: z.infer<typeof correction>,
  ) {
    const fields = parseCorrection(typed);
    const work = () => this.directives.correctObligation(visit.actor, id, obligationId, fields, typed.seen);
    await visit.submit(`/cong-van/${id}`, 'da-luu', work, async (problem) => {
      const overtaken = problem.kind === 'stale';
      const refused = { obligationId, typed, problems: fieldProblems(problem), overtaken };
      await this.show(visit, id, { correction: refused }, problem);
    });
  }

  /** Throws 404 for a campaign of another letter. */
  private async close(
    visit: PageVisit,
    directiveId: string,
    campaignId: string,
    state: keyof typeof closed,
    reason: string,
  ) {
    const campaigns = await this.campaigns.list();
    if (!campaigns.some((one) => one.id === campaignId && one.directiveId === directiveId)) throw notFound();
    const work = () => this.campaigns.close(visit.actor, campaignId, state, reason);
    const formError = (problem: unknown) => this.show(visit, directiveId, {}, problem);
    await visit.submit(`/cong-van/${directiveId}`, closed[state], work, formError);
  }

  /** A campaign opened in the evening starts on the first day that still has a session. */
  private async firstDay(editor: boolean): Promise<LocalDate> {
    const { lockMs, timeZone } = this.config;
    const now = this.clock.now();
    return editor ? this.schedule.firstSessionDay(now + lockMs, timeZone) : localDateOf(now, timeZone);
  }

  private async show(
    visit: PageVisit,
    id: string,
    typed: { campaign?: CampaignForm; correction?: RefusedCorrection } = {},
    problem?: unknown,
  ) {
    const { directive, obligations } = await this.directives.byId(id);
    const campaigns = (await this.campaigns.list()).filter((one) => one.directiveId === id);
    const editor = hasRole(visit.actor, 'editor');
    const formOf = (one: Obligation) => (editor ? obligationForm(one, typed.correction) : null);
    const suggested = typed.campaign ?? suggestedCampaign(directive, obligations, await this.firstDay(editor));
    const view = {
      ...directiveView(directive, obligations, campaigns, formOf, hasRole(visit.actor, 'editor', 'approver')),
      form: campaignForm(suggested, typed.campaign !== undefined),
      mayOpen: editor,
    };
    await visit.render('directives/directive', directive.number, view, problem);
  }
}
