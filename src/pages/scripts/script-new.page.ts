import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { channelKindNames, channelKinds } from '../../shared/channel-kind.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import { isWard } from '../../people/units/unit-kind.js';
import { Units } from '../../people/units/units.service.js';
import { Channels } from '../../channels/channels.service.js';
import { Directives } from '../../directives/directives.service.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { TemplateCatalog } from '../../scripts/template-catalog.js';
import { formLine, formText, rowId } from '../forms/fields.js';
import { translate } from '../language/language.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { draftForms, type TypedDraft } from './script-new.view.js';

const query = z.object({ dot: rowId.optional() });
const VALUE = /^v_[A-Za-z][A-Za-z0-9]{0,59}$/;

/** The fields of a template are dynamic: besides the known fields only `v_…` is accepted, as text. */
const newScript = z
  .looseObject({
    campaignId: rowId,
    channelKind: z.enum(channelKinds),
    unitId: rowId.optional(),
    templateCode: formLine(100).optional(),
    title: formLine(2_000).default(''),
    text: formText(100_000).default(''),
  })
  .transform(({ campaignId, channelKind, unitId, templateCode, title, text, ...rest }, context) => {
    const variables: Record<string, string> = {};
    for (const [name, value] of Object.entries(rest)) {
      const read = formText(20_000).safeParse(value);
      if (VALUE.test(name) && read.success) variables[name.slice(2)] = read.data;
      else context.addIssue({ code: 'custom', path: [name], message: 'unknown field' });
    }
    return { campaignId, channelKind, unitId: unitId || null, templateCode, title, text, variables };
  });

@ApiExcludeController()
@Controller('bai/moi')
@Roles('editor')
export class ScriptNewPage {
  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly channels: Channels,
    private readonly directives: Directives,
    private readonly campaigns: Campaigns,
    private readonly scripts: Scripts,
    private readonly templates: TemplateCatalog,
  ) {}

  @Get()
  async form(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    // The redirect after signing in loses the campaign.
    if (asked.dot === undefined) return visit.redirect('/bai');
    await this.show(visit, asked.dot);
  }

  @Post()
  async make(@Visit() visit: PageVisit, @Body({ schema: newScript }) body: z.infer<typeof newScript>) {
    const { templateCode, title, text, variables, ...common } = body;
    if (common.unitId && !(await this.units.byId(common.unitId))) throw notFound();
    try {
      const words = templateCode ? { templateCode, variables } : { title, text };
      const { scriptId } = await this.scripts.create(visit.actor, { ...common, ...words });
      return await visit.redirect(`/bai/${scriptId}`, 'da-luu');
    } catch (error) {
      const problem = asFormError(error);
      await this.show(visit, body.campaignId, body, problem);
    }
  }

  private async show(
    visit: PageVisit,
    campaignId: string,
    typed?: TypedDraft & { unitId: string | null },
    problem?: unknown,
  ) {
    const campaign = await this.campaigns.require(this.database.read(), campaignId);
    const { directive, obligations } = await this.directives.byId(campaign.directiveId);
    const { templates } = await this.templates.all();
    const facts = await this.campaigns.facts(campaignId);
    const speaker = await this.speaker();
    const wards = (await this.units.all()).filter(({ kind }) => isWard(kind));
    const free = typed && !typed.templateCode ? typed : undefined;
    const view = {
      campaign: campaign.name,
      campaignId,
      drafts: draftForms(
        { templates: [...templates.values()], campaign, directive, obligations, facts, speaker },
        typed,
      ),
      kinds: channelKinds.map((kind) => ({
        kind,
        name: translate(channelKindNames[kind]),
        chosen: kind === free?.channelKind,
      })),
      wards: wards.map(({ id, name }) => ({ id, name, chosen: id === typed?.unitId })),
      freeOpen: free !== undefined,
      freeTitle: free?.title ?? '',
      freeText: free?.text ?? '',
    };
    await visit.render('scripts/script-new', 'Soạn bài mới', view, problem);
  }

  /** The unit that runs the city's loudspeakers is the speaker of texts for all units. */
  private async speaker(): Promise<string> {
    const [city] = await this.channels.list('city-loudspeaker');
    return (city && (await this.units.byId(city.unitId))?.name) ?? '';
  }
}
