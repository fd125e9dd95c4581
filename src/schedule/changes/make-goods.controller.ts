import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { Roles, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { MakeGoodViews } from './make-good-views.service.js';
import { makeGoodStates } from './make-good.transitions.js';
import { makeGoodList } from './make-goods.answers.js';
import { MakeGoods } from './make-goods.service.js';
import { reasonBody, pathId, channelCodeField, entityId } from '../slots/request-fields.js';
import { slot } from '../slots/slot.answers.js';

const filter = z.strictObject({
  state: z.enum(makeGoodStates).optional(),
  channelCode: channelCodeField.optional(),
  campaignId: entityId.optional(),
});

@ApiTags('schedule')
@Controller('api/make-goods')
export class MakeGoodsController {
  constructor(
    private readonly makeGoods: MakeGoods,
    private readonly views: MakeGoodViews,
  ) {}

  /** Lists missed and replaced plays with where they may be made good, newest first, at most 500. */
  @Get()
  @SignedIn()
  @Answers(makeGoodList, { errors: { 404: 'not-found' } })
  async list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    return { makeGoods: await this.views.list(actor, query) };
  }

  /**
   * Accepts a make-good and answers the slot that makes it good. Again, it answers the same one. When its place has gone by
   * it takes the next one.
   */
  @Post(':id/accept')
  @Roles('editor', 'approver', 'operator', 'admin')
  @HttpCode(200)
  @Answers(slot, {
    errors: { 409: ['no-room', 'not-missed', 'decided', 'not-approved', 'outside-approval', 'campaign-closed'] },
  })
  accept(@CurrentActor() actor: Actor, @Param('id') makeGoodId: string) {
    return this.makeGoods.accept(actor, pathId(makeGoodId));
  }

  /** Dismisses a make-good, with a reason. */
  @Post(':id/dismiss')
  @Roles('editor', 'approver', 'operator', 'admin')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'decided', 422: 'reason-needed' } })
  async dismiss(
    @CurrentActor() actor: Actor,
    @Param('id') makeGoodId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ): Promise<void> {
    await this.makeGoods.dismiss(actor, pathId(makeGoodId), body.reason);
  }
}
