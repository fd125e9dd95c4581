import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../../shared/clock.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import { Roles } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { ClockApproval } from './clock-approval.service.js';
import { CurrentActor } from '../access/request.js';

@ApiTags('people')
@Controller('api/clock')
@Roles('admin')
export class ClockController {
  constructor(
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
    private readonly approval: ClockApproval,
  ) {}

  /** `now`: milliseconds of UTC. `doubt`: null, or by how many milliseconds the clock jumped (positive is forward) and when that was noticed. */
  @Get()
  show() {
    return { now: this.clock.now(), doubt: this.watch.doubt() };
  }

  /** The clock shows the right time: posting and settling go on. Nothing happens when the time is not in doubt. */
  @Post('confirm')
  @HttpCode(204)
  async confirm(@CurrentActor() actor: Actor): Promise<void> {
    await this.approval.confirm(actor);
  }
}
