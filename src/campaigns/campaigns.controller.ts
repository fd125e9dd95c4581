import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { UsesReserve } from '../http/access.js';
import { Roles } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { bulletinClasses } from './bulletin-class.js';
import type { Campaign } from './campaign.entity.js';
import { Campaigns } from './campaigns.service.js';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const newCampaign = z.strictObject({
  directiveId: z.string().max(36),
  name: z.string().trim().min(1).max(200),
  from: date,
  until: date,
  bulletinClass: z.enum(bulletinClasses).default('normal'),
});
const newFact = z.strictObject({
  name: z.string().trim().min(1).max(100),
  value: z.string().trim().min(1).max(500),
  asOf: date,
  source: z.string().trim().min(1).max(300),
});

const extension = z.strictObject({ until: date });
/** To end a campaign none is needed. */
const closing = z.strictObject({ reason: z.string().max(300).default('') });
const makeGood = z.strictObject({ automatic: z.boolean() });

@ApiTags('campaigns')
@Controller('api/campaigns')
@Roles('editor', 'approver', 'page-admin', 'official', 'admin')
export class CampaignsController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly database: Database,
  ) {}

  @Get()
  async list() {
    return (await this.campaigns.list()).map(show);
  }

  @Get(':id')
  async one(@Param('id') id: string) {
    const campaign = await this.campaigns.require(this.database.read(), id);
    const facts = await this.campaigns.facts(id);
    return { ...show(campaign), facts: facts.map(({ name, value, asOf, source }) => ({ name, value, asOf, source })) };
  }

  /** 404 unknown directive; 409 `campaign-exists`; 422 `bad-period`. */
  @Post()
  @Roles('editor')
  async open(@Me() actor: Actor, @Body({ schema: newCampaign }) body: z.infer<typeof newCampaign>) {
    return { id: await this.campaigns.open(actor, body) };
  }

  /** Another last day; the slots follow in a job. 404; 422 `bad-period`. */
  @Post(':id/extend')
  @Roles('editor')
  @HttpCode(204)
  async extend(
    @Me() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: extension }) body: z.infer<typeof extension>,
  ) {
    await this.campaigns.extend(actor, id, body.until);
  }

  /** Ends it before its last day: what is planned is taken out, what has aired stays. 404; 409 `campaign-closed`. */
  @Post(':id/end')
  @UsesReserve()
  @Roles('editor', 'approver')
  @HttpCode(204)
  async end(@Me() actor: Actor, @Param('id') id: string, @Body({ schema: closing }) body: z.infer<typeof closing>) {
    await this.campaigns.close(actor, id, 'ended', body.reason);
  }

  /** As `end`, for a campaign that is called off. 404; 409 `campaign-closed`; 422 `reason-needed`. */
  @Post(':id/cancel')
  @UsesReserve()
  @Roles('editor', 'approver')
  @HttpCode(204)
  async cancel(@Me() actor: Actor, @Param('id') id: string, @Body({ schema: closing }) body: z.infer<typeof closing>) {
    await this.campaigns.close(actor, id, 'cancelled', body.reason);
  }

  /** Missed and replaced plays are made good at once, or wait for a person. 404. */
  @Put(':id/make-good')
  @Roles('editor')
  @HttpCode(204)
  async makeGood(
    @Me() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: makeGood }) body: z.infer<typeof makeGood>,
  ) {
    await this.campaigns.setAutoMakeGood(actor, id, body.automatic);
  }

  /** A dated figure with its source, such as the number of cases of the week. */
  @Post(':id/facts')
  @Roles('editor', 'official')
  async recordFact(
    @Me() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newFact }) body: z.infer<typeof newFact>,
  ) {
    return { id: await this.campaigns.recordFact(actor, id, body) };
  }
}

function show(campaign: Campaign) {
  const { id, directiveId, name, from, until, bulletinClass, state, autoMakeGood, closedAt, closeReason } = campaign;
  return { id, directiveId, name, from, until, bulletinClass, state, autoMakeGood, closedAt, closeReason };
}
