import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Answers } from '../../http/api/answers.js';
import { Roles, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { changedOrDryRun, changedSlot, dryRunAnswer, slot, slotErrors, wardIsAsked } from '../slots/slot.answers.js';
import { slotExplanation } from './slot-explanation.answers.js';
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
   * Places one item by hand: a clip, a relay or a live item. `startsAt` in ms of UTC. 201 is the slot with the `difference`
   * it made; 202 when the ward decides, because a priority item of the centre meets a ward's own priority item, and nothing
   * is placed yet; 200 for a dry run, which stores nothing.
   *
   * On a clash, 409 `overlap` has in `details`: `meets`, the slots in the way, `own` for the ward's own item; `nearestFree`,
   * up to three starts; `choices`, whether to `override`, `append` or `place` elsewhere, each allowed or why not. `onClash:
   * 'override'`: what is met becomes `replaced` and gets a make-good. A lower class never replaces a higher one (409
   * `higher-class`). What is on the air is replaced by an emergency only (409 `on-air`).
   *
   * Inside the lock an override needs a `reason` (422 `locked`). An emergency and a relay need an approver (403
   * `approver-needed`, `code-needed`). `emergency` (campaign of class `emergency`) passes windows, hours and lock; it takes
   * the approver's name along (`authorisedBy`).
   */
  @Post()
  @Roles('editor', 'approver')
  @Answers({ 200: dryRunAnswer, 201: changedSlot, 202: wardIsAsked }, { errors: slotErrors })
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

  /** Shows one slot, with its version as entity tag. */
  @Get(':id')
  @SignedIn()
  @Answers(slot, { headers: { ETag: 'The version of the slot, for `If-Match`.' } })
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { slot } = await this.explanations.one(actor, pathId(id));
    reply.header('etag', `"${slot.version}"`).header('cache-control', 'private, no-cache');
    return slot;
  }

  /** Explains a slot. Which letter and obligation it serves, why it stands there, what was done to it and what became of it. */
  @Get(':id/explanation')
  @SignedIn()
  @Answers(slotExplanation)
  explanation(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.explanations.one(actor, pathId(id));
  }

  /**
   * Moves a slot to another time, on this channel or another. `If-Match` or `version` names what the person has seen: 412
   * `stale` with `details.version` when it has changed since. Another channel plays the approved clip of its own sound
   * profile, so the length may change. Answers and refuses as placing does: inside the lock a `reason` is needed (422
   * `locked`), what has begun stays (422 `frozen`).
   */
  @Post(':id/move')
  @Roles('editor')
  @HttpCode(200)
  @Answers({ 200: changedOrDryRun }, { errors: { ...slotErrors, 400: 'bad-version', 412: 'stale' } })
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

  /** Changes the start rule of a slot: `cut`, `wait` with seconds, `next`. */
  @Patch(':id')
  @Roles('editor')
  @Answers(slot, {
    errors: { 400: 'bad-version', 403: slotErrors[403], 409: 'illegal-move', 412: 'stale', 422: 'frozen' },
  })
  async setStart(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: startBody }) body: z.infer<typeof startBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const version = body.version ?? seenVersion(ifMatch);
    return (await this.edits.setStart(actor, pathId(id), body.start, version)).slot;
  }

  /** Cancels a slot, with a reason. 204, or 200 with the difference for a dry run. */
  @Post(':id/cancel')
  @UsesReserve()
  @Roles('editor', 'approver')
  @Answers(
    { 200: dryRunAnswer, 204: null },
    {
      errors: {
        403: slotErrors[403],
        400: 'bad-version',
        409: 'illegal-move',
        412: 'stale',
        422: ['reason-needed', 'in-the-past', 'frozen'],
      },
    },
  )
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
