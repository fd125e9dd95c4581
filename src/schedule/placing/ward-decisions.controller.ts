import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { Roles, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { pathId } from '../slots/request-fields.js';
import type { WardDecision } from './ward-decision.entity.js';
import { wardOutcomes, wardDecisionStates } from './ward-decision.transitions.js';
import { wardDecision, wardDecisionList } from './ward-decisions.answers.js';
import { WardDecisions } from './ward-decisions.service.js';

const filter = z.strictObject({ state: z.enum(wardDecisionStates).optional() });
const decision = z.strictObject({ outcome: z.enum(wardOutcomes), reason: z.string().max(500).optional() });

@ApiTags('schedule')
@Controller('api/ward-decisions')
export class WardDecisionsController {
  constructor(private readonly decisions: WardDecisions) {}

  /** Lists where a ward's own priority item and the centre's met, newest first. An operator sees those of his wards. */
  @Get()
  @SignedIn()
  @Answers(wardDecisionList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    const rows = await this.decisions.list(actor, query.state);
    return { decisions: rows.map((row) => ({ ...show(row), channelCode: row.channelCode })) };
  }

  /** Decides, for the ward, whose item has the place. */
  @Post(':id/decide')
  @Roles('operator', 'approver', 'editor', 'admin')
  @HttpCode(200)
  @Answers(wardDecision, { errors: { 409: 'decided' } })
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    return show(await this.decisions.decide(actor, pathId(id), body.outcome, body.reason));
  }
}

function show(row: WardDecision) {
  const { id, state, startsAt, title, meets, deadline, standing, outcome, reason, slotId } = row;
  const { askedBy, createdAt, decidedAt, decidedBy } = row;
  const rest = { standing, outcome, reason, slotId, askedBy, createdAt, decidedAt, decidedBy };
  return { id, state, startsAt, title, newcomer: row.placement.newcomer, meets, deadline, ...rest };
}
