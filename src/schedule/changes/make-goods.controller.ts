import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { MakeGoodViews } from './make-good-views.service.js';
import { makeGoodStates } from './make-good.transitions.js';
import { MakeGoods } from './make-goods.service.js';
import { reasonBody, pathId, channelCodeField, entityId } from '../slots/request-fields.js';

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

  /** Missed and replaced plays with where they may be made good, newest first, at most 500. */
  @Get()
  @SignedIn()
  async list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    return { makeGoods: await this.views.list(actor, query) };
  }

  /** Answers the slot that makes it good; again, the same one. 404; 409 `no-room`, `decided`, `not-approved`. */
  @Post(':id/accept')
  @Roles('editor', 'approver', 'operator', 'admin')
  @HttpCode(200)
  accept(@CurrentActor() actor: Actor, @Param('id') makeGoodId: string) {
    return this.makeGoods.accept(actor, pathId(makeGoodId));
  }

  /** 404; 409 `decided`; 422 `reason-needed`. */
  @Post(':id/dismiss')
  @Roles('editor', 'approver', 'operator', 'admin')
  @HttpCode(204)
  async dismiss(
    @CurrentActor() actor: Actor,
    @Param('id') makeGoodId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ): Promise<void> {
    await this.makeGoods.dismiss(actor, pathId(makeGoodId), body.reason);
  }
}
