import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers } from '../http/api/answers.js';
import { createdId } from '../http/api/schemas.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { bulletinClasses } from './bulletin-class.js';
import type { Campaign } from './campaign.entity.js';
import { campaignWithFacts, campaigns } from './campaigns.answers.js';
import { Campaigns } from './campaigns.service.js';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const newCampaign = z
  .strictObject({
    directiveId: z.string().max(36).describe('The letter that it carries out.'),
    name: z.string().trim().min(1).max(200),
    from: date,
    until: date,
    bulletinClass: z.enum(bulletinClasses).default('normal'),
  })
  .meta({
    examples: [
      {
        directiveId: '01935a7e-4b00-7000-8000-000000000001',
        name: 'Tiêm chủng mở rộng, đợt 1',
        from: '2026-11-25',
        until: '2026-12-31',
      },
    ],
  });
const newFact = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    value: z.string().trim().min(1).max(500),
    asOf: date,
    source: z.string().trim().min(1).max(300),
  })
  .meta({
    examples: [{ name: 'Số ca mắc trong tuần', value: '12', asOf: '2026-11-23', source: 'Trung tâm Y tế thành phố' }],
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

  /** Lists all campaigns, open and closed. */
  @Get()
  @Answers(campaigns)
  async list() {
    return (await this.campaigns.list()).map(show);
  }

  /** Shows one campaign with its dated facts. */
  @Get(':id')
  @Answers(campaignWithFacts)
  async one(@Param('id') id: string) {
    const campaign = await this.campaigns.require(this.database.read(), id);
    const facts = await this.campaigns.facts(id);
    return { ...show(campaign), facts: facts.map(({ name, value, asOf, source }) => ({ name, value, asOf, source })) };
  }

  /** Opens a campaign that carries out a letter. */
  @Post()
  @Roles('editor')
  @Answers(createdId, {
    errors: { 404: 'not-found', 409: ['campaign-exists', 'directive-withdrawn'], 422: ['bad-period', 'bad-date'] },
  })
  async open(@CurrentActor() actor: Actor, @Body({ schema: newCampaign }) body: z.infer<typeof newCampaign>) {
    return { id: await this.campaigns.open(actor, body) };
  }

  /** Gives a campaign another last day. A job places or takes out the slots of the days that changed. */
  @Post(':id/extend')
  @Roles('editor')
  @HttpCode(204)
  @Answers(null, { errors: { 409: ['campaign-closed', 'illegal-move'], 422: ['bad-period', 'bad-date'] } })
  async extend(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: extension }) body: z.infer<typeof extension>,
  ) {
    await this.campaigns.extend(actor, id, body.until);
  }

  /** Ends a campaign before its last day. What is planned is taken out; what has aired stays. */
  @Post(':id/end')
  @UsesReserve()
  @Roles('editor', 'approver')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'campaign-closed' } })
  async end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: closing }) body: z.infer<typeof closing>,
  ) {
    await this.campaigns.close(actor, id, 'ended', body.reason);
  }

  /** Calls a campaign off, with a reason. What is planned is taken out; what has aired stays. */
  @Post(':id/cancel')
  @UsesReserve()
  @Roles('editor', 'approver')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'campaign-closed', 422: 'reason-needed' } })
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: closing }) body: z.infer<typeof closing>,
  ) {
    await this.campaigns.close(actor, id, 'cancelled', body.reason);
  }

  /**
   * Chooses whether missed plays are made good automatically. Otherwise missed and replaced plays wait for a person to accept
   * a make-good.
   */
  @Put(':id/make-good')
  @Roles('editor')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'campaign-closed' } })
  async makeGood(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: makeGood }) body: z.infer<typeof makeGood>,
  ) {
    await this.campaigns.setAutoMakeGood(actor, id, body.automatic);
  }

  /** Records a dated figure with its source. Such as the number of cases of the week. */
  @Post(':id/facts')
  @Roles('editor', 'official')
  @Answers(createdId)
  async recordFact(
    @CurrentActor() actor: Actor,
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
