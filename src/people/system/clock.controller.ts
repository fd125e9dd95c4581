import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../../shared/clock.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import { Roles } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { Answers } from '../../http/api/answers.js';
import { ClockApproval } from './clock-approval.service.js';
import { CurrentActor } from '../access/request.js';
import { clockState } from './clock.answers.js';

@ApiTags('people')
@Controller('api/clock')
@Roles('admin')
export class ClockController {
  constructor(
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
    private readonly approval: ClockApproval,
  ) {}

  /** Shows the clock of the house, and whether it is in doubt. */
  @Get()
  @Answers(clockState)
  show() {
    return { now: this.clock.now(), doubt: this.watch.doubt() };
  }

  /** Confirms that the clock shows the right time. Posting and settling go on. Nothing happens when the time is not in doubt. */
  @Post('confirm')
  @HttpCode(204)
  @Answers(null)
  async confirm(@CurrentActor() actor: Actor): Promise<void> {
    await this.approval.confirm(actor);
  }
}
