import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { Clips } from '../../audio/clips/clips.service.js';
import { rowId } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { campaignChoice, chosenCampaign, scriptRows } from './script-list.view.js';

const query = z.object({ dot: rowId.optional() });

@ApiExcludeController()
@Controller('bai')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptListPage {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly scripts: Scripts,
    private readonly clips: Clips,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    const campaigns = await this.campaigns.list();
    const chosen = campaigns.find((one) => one.id === asked.dot);
    const scripts = await this.scripts.list(chosen ? { campaignId: chosen.id } : {});
    const clips = await this.clips.ofVersions(scripts.map(({ version }) => version.id));
    const mayWrite = hasRole(visit.actor, 'editor') && chosen?.state === 'open';
    const view = {
      rows: scriptRows(scripts, campaigns, clips),
      campaigns: campaigns.map((one) => campaignChoice(one, chosen?.id)),
      chosen: chosen ? chosenCampaign(chosen, this.config.timeZone) : null,
      newHref: mayWrite ? `/bai/moi?dot=${chosen.id}` : '',
      isEditor: hasRole(visit.actor, 'editor'),
    };
    await visit.render('scripts/script-list', 'Bài tuyên truyền', view);
  }
}
