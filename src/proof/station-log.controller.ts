import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Limited } from '../http/limits/limits.js';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { Device, StationRoutes } from '../stations/station.guard.js';
import type { Station } from '../stations/station.entity.js';
import { asRunBatch } from './as-run-event.js';
import { AsRunLog } from './as-run-log.service.js';
import { receipt, slotProof, tickedSlot } from './proof.answers.js';
import { SlotProofs } from './slot-proofs.service.js';
import { OperatorConfirmations } from './operator-confirmations.service.js';

const tick = z.strictObject({ played: z.boolean(), reason: z.string().max(300).optional() });

@ApiTags('proof')
@Controller('api/station')
@UsesReserve()
@StationRoutes()
export class StationLogController {
  constructor(private readonly log: AsRunLog) {}

  /**
   * Takes the play log of a station, up to 500 events, all or nothing. Sent again it changes nothing. A station keeps what
   * was acknowledged for 30 days. It sends again, with `acknowledgedAt`, what lies in the ranges of `missing` (ends included)
   * and what it holds above `highest`, also when that number is lower than what was acknowledged: a centre that was restored
   * from a backup has lost what came after it. An error names the `sequence` at fault.
   */
  @Post('as-run')
  @Limited('log')
  @HttpCode(200)
  @Answers(receipt, { errors: { 409: 'sequence-taken', 422: ['unknown-slot', 'bad-times', 'far-from-slot'] } })
  async receive(@Device() station: Station, @Body({ schema: asRunBatch }) body: z.infer<typeof asRunBatch>) {
    return this.log.receive(station, body.events);
  }
}

@ApiTags('proof')
@Controller('api/slots/:id')
export class SlotProofController {
  constructor(
    private readonly confirmations: OperatorConfirmations,
    private readonly proofs: SlotProofs,
  ) {}

  /** Shows how a slot stands, what it waits for, and everything that was said of it. */
  @Get('proof')
  @SignedIn()
  @Answers(slotProof)
  proof(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.proofs.one(actor, id);
  }

  /** Says whether a slot played, as the operator of the ward. `reason` is needed when it did not. */
  @Post('tick')
  @UsesReserve()
  @Roles('operator')
  @HttpCode(200)
  @Answers(tickedSlot, { errors: { 409: 'slot-decided', 422: ['reason-needed', 'not-yet'] } })
  async tick(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: tick }) body: z.infer<typeof tick>,
  ) {
    return this.confirmations.tick(actor, id, body);
  }
}
