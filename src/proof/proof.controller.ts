import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Limited } from '../http/limits.js';
import { UsesReserve } from '../http/access.js';
import { Roles, SignedIn } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { LOG_STANDING_FOR_STATIONS } from '../stations/log-account.js';
import { Device, StationRoutes } from '../stations/station.guard.js';
import type { Station } from '../stations/station.entity.js';
import { asRunBatch } from './as-run-event.js';
import { AsRunLog } from './as-run.service.js';
import { SlotProofs } from './slot-proof.service.js';
import { Ticks } from './ticks.service.js';

const tick = z.strictObject({ played: z.boolean(), reason: z.string().max(300).optional() });

@ApiTags('proof')
@Controller('api/station')
@UsesReserve()
@StationRoutes()
export class StationLogController {
  constructor(private readonly log: AsRunLog) {}

  /**
   * The station's play log, up to 500 events, all or nothing; sent again it changes nothing. Answers the `highest` number that is
   * here and what is `missing` below it: a station keeps what was acknowledged for 30 days, and sends again what is missing
   * and what it holds above `highest`, with `acknowledgedAt` (a house that was restored has lost what came after its backup).
   * 409 `sequence-taken`; 422 `unknown-slot`, `bad-times`, `far-from-slot`, each naming the `sequence`.
   */
  @Post('as-run')
  @Limited('log')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The play log, up to 500 events, all or nothing; sent again it changes nothing',
    description: LOG_STANDING_FOR_STATIONS,
  })
  async receive(@Device() station: Station, @Body({ schema: asRunBatch }) body: z.infer<typeof asRunBatch>) {
    return this.log.receive(station, body.events);
  }
}

@ApiTags('proof')
@Controller('api/slots/:id')
export class SlotProofController {
  constructor(
    private readonly ticks: Ticks,
    private readonly proofs: SlotProofs,
  ) {}

  /** How the slot stands, what it waits for and everything that was said of it. 404. */
  @Get('proof')
  @SignedIn()
  proof(@Me() actor: Actor, @Param('id') id: string) {
    return this.proofs.one(actor, id);
  }

  /** The operator of the ward says whether it played; `reason` when it did not. 404; 409 `slot-decided`; 422. */
  @Post('tick')
  @UsesReserve()
  @Roles('operator')
  @HttpCode(200)
  async tick(@Me() actor: Actor, @Param('id') id: string, @Body({ schema: tick }) body: z.infer<typeof tick>) {
    return this.ticks.tick(actor, id, body);
  }
}
