import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { cancelBody, startBody, moveBody, placement, placeBody } from './slots.dto.js';
import { seenVersion, pathId } from '../slots/request-fields.js';
import { SlotPlacement } from './slot-placement.service.js';
import { SlotExplanations } from './slot-explanations.service.js';
import { SlotEdits } from './slot-edits.service.js';

@ApiTags('schedule')
@Controller('api/slots')
export class SlotsController {
  constructor(
    private readonly placement: SlotPlacement,
    private readonly edits: SlotEdits,
    private readonly explanations: SlotExplanations,
  ) {}

  /**
   * One item by hand; `startsAt` in ms of UTC. 201 the slot with the `difference` it made; 202 when the ward decides; 200 for a
   * rehearsal. 409 `overlap` with `details.meets`, `details.nearestFree` and `details.choices`, `higher-class`, `on-air`; 422.
   */
  @Post()
  @Roles('editor', 'approver')
  async place(
    @CurrentActor() actor: Actor,
    @Body({ schema: placeBody }) body: z.infer<typeof placeBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const placed = await this.placement.place(actor, placement(body), { dryRun: body.dryRun });
    if (placed.outcome === 'ward-decides') {
      reply.status(202);
      return { dryRun: body.dryRun ?? false, outcome: placed.outcome, decision: { id: placed.decisionId } };
    }
    if (body.dryRun) {
      reply.status(200);
      return { dryRun: true, difference: placed.difference };
    }
    return { ...placed.slot, difference: placed.difference };
  }

  /** With its version as entity tag. 404. */
  @Get(':id')
  @SignedIn()
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { slot } = await this.explanations.one(actor, pathId(id));
    reply.header('etag', `"${slot.version}"`).header('cache-control', 'private, no-cache');
    return slot;
  }

  /** Which letter and obligation it serves, why it stands there, what was done to it and what became of it. 404. */
  @Get(':id/explanation')
  @SignedIn()
  explanation(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.explanations.one(actor, pathId(id));
  }

  /**
   * To another time, on this channel or another. `If-Match` or `version` names what the person has seen: 412 `stale` when it has
   * changed since. Answers as placing does; 422 `locked` inside the lock without a reason, `frozen` for what has begun.
   */
  @Post(':id/move')
  @Roles('editor')
  @HttpCode(200)
  async move(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: moveBody }) { dryRun, version, ...body }: z.infer<typeof moveBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const ask = { ...body, version: version ?? seenVersion(ifMatch) };
    const { slot, difference } = await this.placement.move(actor, pathId(id), ask, { dryRun });
    return dryRun ? { dryRun: true, difference } : { ...slot, difference };
  }

  /** Another start rule: `cut`, `wait` with seconds, `next`. 404; 412 `stale`; 422 `frozen`. */
  @Patch(':id')
  @Roles('editor')
  async setStart(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: startBody }) body: z.infer<typeof startBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const version = body.version ?? seenVersion(ifMatch);
    return (await this.edits.setStart(actor, pathId(id), body.start, version)).slot;
  }

  /** 204, or 200 with the difference for a rehearsal. 404; 409 `illegal-move`; 412 `stale`; 422 `reason-needed`, `in-the-past`. */
  @Post(':id/cancel')
  @UsesReserve()
  @Roles('editor', 'approver')
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: cancelBody }) { reason, dryRun, version }: z.infer<typeof cancelBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ) {
    const seen = version ?? seenVersion(ifMatch);
    const difference = await this.edits.cancel(actor, pathId(id), reason, { dryRun, version: seen });
    reply.status(dryRun ? 200 : 204);
    return dryRun ? { dryRun: true, difference } : undefined;
  }
}
