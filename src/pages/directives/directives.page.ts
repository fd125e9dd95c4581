import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { channelKinds } from '../../shared/channel-kind.js';
import { type DomainError, notFound } from '../../shared/domain-error.js';
import { type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import { directiveVersion } from '../../directives/head-correction.js';
import { Directives } from '../../directives/directives.service.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { formDay, formLine, formText, rowId } from '../forms/fields.js';
import { checkedValues } from '../forms/parse-form.js';
import { asFormError, fieldProblems } from '../forms/form-error.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type CampaignForm, campaignForm, suggestedCampaign } from './campaign-form.view.js';
import {
  directiveRow,
  directiveView,
  type HeadForm,
  headForm,
  obligationKey,
  parseHead,
  letterReadingView,
} from './directive.view.js';
import {
  emptyObligation,
  type ObligationForm,
  parseCorrection,
  obligationForm,
  type RefusedCorrection,
  withKinds,
} from './obligation-form.view.js';

const headFields = {
  number: formLine(400).default(''),
  issuedOn: formDay.default(''),
  issuer: formLine(1_000).default(''),
  issuedAt: formLine(400).default(''),
  subject: formLine(3_000).default(''),
};
const newLetter = z.strictObject({
  text: formText(1_000_000),
  /** `xem`: read it without registering; `vao-so`: register it. */
  viec: z.enum(['xem', 'vao-so']).default('vao-so'),
  place: z.enum(['here', 'elsewhere']).optional(),
  giao: z.union([formLine(100), z.array(formLine(100)).max(500)]).optional(),
  ...headFields,
});
const headCorrection = z.strictObject({ ...headFields, seen: formLine(40) });
const withdrawal = z.strictObject({ reason: formLine(300).default('') });
const newCampaign = z.strictObject({
  name: formLine(200).pipe(z.string().min(1)),
  from: formDay,
  until: formDay,
  bulletinClass: z.enum(bulletinClasses).default('normal'),
});
const obligationFields = {
  channelKind: z.enum(channelKinds),
  addressees: formText(20_000).default(''),
  minPlaysPerDay: formLine(20).default(''),
  maxPlaysPerDay: formLine(20).default(''),
  from: formDay.default(''),
  until: formDay.default(''),
  reportDue: formDay.default(''),
};
const correction = z.strictObject({ ...obligationFields, seen: formLine(40) });
const addition = z.strictObject({ ...obligationFields, assignment: formLine(10) });
const closing = z.strictObject({ reason: formLine(300).default('') });
/** Flash codes after a campaign was closed. */
const closed = { ended: 'dot-ket-thuc', cancelled: 'dot-huy' } as const;
const none = z.object({});
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
    const view = {
      rows,
      search: asked.tim ?? '',
      mayRegister: hasRole(visit.actor, 'editor', 'official'),
      mayAnnounce: hasRole(visit.actor, 'editor'),
    };
    await visit.render('directives/directive-list', 'Công văn', view);
  }

  @Get('moi')
  @Roles('editor', 'official')
  async form(@Visit() visit: PageVisit) {
    await visit.render('directives/directive-new', 'Vào sổ công văn', { text: '', reading: null });
  }

  @Post('moi')
  @Limited('letter')
  @Roles('editor', 'official')
  async register(@Visit() visit: PageVisit, @Body({ schema: newLetter }) body: z.infer<typeof newLetter>) {
    const { text, viec, place, giao, ...fields } = body;
    const head: HeadForm = fields;
    const chosen = checkedValues(giao);
    // The form of a reading has its head; the form of a pasted letter has none.
    const typed = fields.number || fields.issuer ? { head, place, chosen } : undefined;
    if (viec === 'xem') return this.showReading(visit, text);
    try {
      const { obligations } = typed ? await this.directives.preview(text) : { obligations: [] };
      const without = obligations.filter((one) => !chosen.includes(obligationKey(one)));
      const decided = typed ? { head: parseHead(head), place, without } : {};
      const { id, already } = await this.directives.register(visit.actor, text, decided);
      return await visit.redirect(`/cong-van/${id}`, already ? 'da-co' : 'da-vao-so');
    } catch (error) {
      await this.showReading(visit, text, typed, asFormError(error));
    }
  }

  @Post(':id')
  @Roles('editor')
  async correctHead(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: headCorrection }) body: z.infer<typeof headCorrection>,
  ) {
    const { seen, ...head } = body;
    const work = () => this.directives.correctHead(visit.actor, id, parseHead(head), seen);
    await visit.submit(`/cong-van/${id}`, 'da-luu', work, (problem) => this.show(visit, id, { head }, problem));
  }

  @Post(':id/rut')
  @UsesReserve()
  @Roles('editor', 'approver')
  async withdraw(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: withdrawal }) { reason }: z.infer<typeof withdrawal>,
  ) {
    const work = () => this.directives.withdraw(visit.actor, id, reason);
    await visit.submit(`/cong-van/${id}`, 'da-rut', work, (problem) => this.show(visit, id, {}, problem));
  }

  @Post(':id/nhiem-vu')
  @Roles('editor')
  async addObligation(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: addition }) body: z.infer<typeof addition>,
  ) {
    const n = Number.parseInt(body.assignment, 10) || 1;
    const work = () => this.directives.addObligation(visit.actor, id, n, parseCorrection(body));
    await visit.submit(`/cong-van/${id}`, 'da-luu', work, (problem) =>
      this.show(visit, id, { addition: { ...body, problems: fieldProblems(problem) } }, problem),
    );
  }

  @Post(':id/nhiem-vu/:obligationId/bo')
  @Roles('editor')
  async removeObligation(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Param('obligationId', { schema: rowId }) obligationId: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    const work = () => this.directives.removeObligation(visit.actor, id, obligationId);
    await visit.submit(`/cong-van/${id}`, 'da-xoa', work, (problem) => this.show(visit, id, {}, problem));
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

  /** The page of a letter that is not registered yet, with what the reader found. */
  private async showReading(visit: PageVisit, text: string, typed?: TypedReading, problem?: DomainError) {
    let reading: object | null = null;
    let refusal = problem;
    try {
      // The reader's own refusal has nothing to show.
      if (!problem || typed || problem.code === 'other-place')
        reading = letterReadingView(await this.directives.preview(text), typed);
    } catch (error) {
      refusal ??= asFormError(error);
    }
    await visit.render('directives/directive-new', 'Vào sổ công văn', { text, reading }, refusal);
  }

  private async show(visit: PageVisit, id: string, typed: Typed = {}, problem?: unknown) {
    const { directive, obligations } = await this.directives.byId(id);
    const campaigns = (await this.campaigns.list()).filter((one) => one.directiveId === id);
    const editor = hasRole(visit.actor, 'editor');
    const formOf = (one: Obligation) => (editor ? obligationForm(one, typed.correction) : null);
    const suggested = typed.campaign ?? suggestedCampaign(directive, obligations, await this.firstDay(editor));
    const view = {
      ...directiveView(directive, obligations, campaigns, formOf, hasRole(visit.actor, 'editor', 'approver')),
      form: campaignForm(suggested, typed.campaign !== undefined),
      mayOpen: editor && directive.withdrawnAt === null,
      mayWithdraw: directive.withdrawnAt === null && hasRole(visit.actor, 'editor', 'approver'),
      head: editor &&
        directive.withdrawnAt === null && {
          ...(typed.head ?? headForm(directive)),
          open: typed.head !== undefined,
          seen: directiveVersion(directive),
        },
      addition: editor &&
        directive.withdrawnAt === null && {
          id: 'moi',
          open: typed.addition !== undefined,
          ...withKinds({ ...emptyObligation, assignment: '1', problems: {}, ...typed.addition }),
        },
    };
    await visit.render('directives/directive', directive.number, view, problem);
  }
}

/** Refused forms of the page of a letter. */
interface Typed {
  campaign?: CampaignForm;
  correction?: RefusedCorrection;
  head?: HeadForm;
  addition?: Omit<ObligationForm, 'seen'> & { assignment: string; problems: Record<string, string> };
}

interface TypedReading {
  head: HeadForm;
  place?: 'here' | 'elsewhere';
  chosen: string[];
}
