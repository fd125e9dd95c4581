import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import { type Actor, hasRole } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { Clips } from '../../audio/clips.service.js';
import { rowId } from '../fields.js';
import { Pages } from '../page-frame.js';
import { campaignChoice, chosenCampaign, scriptRows } from './script-list.view.js';

const query = z.object({ dot: rowId.optional() });

@ApiExcludeController()
@Controller('bai')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptListPage {
  constructor(
    private readonly pages: Pages,
    private readonly campaigns: Campaigns,
    private readonly scripts: Scripts,
    private readonly clips: Clips,
    private readonly config: Config,
  ) {}

  @Get()
  async list(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: query }) asked: z.infer<typeof query>,
  ) {
    const campaigns = await this.campaigns.list();
    const chosen = campaigns.find((one) => one.id === asked.dot);
    const scripts = await this.scripts.list(chosen ? { campaignId: chosen.id } : {});
    const clips = await this.clips.ofVersions(scripts.map(({ version }) => version.id));
    const mayWrite = hasRole(actor, 'editor') && chosen?.state === 'open';
    const view = {
      rows: scriptRows(scripts, campaigns, clips),
      campaigns: campaigns.map((one) => campaignChoice(one, chosen?.id)),
      chosen: chosen ? chosenCampaign(chosen, this.config.timeZone) : null,
      newHref: mayWrite ? `/bai/moi?dot=${chosen.id}` : '',
      isEditor: hasRole(actor, 'editor'),
    };
    await this.pages.send(request, reply, 'scripts/script-list', 'Bài tuyên truyền', view);
  }
}
