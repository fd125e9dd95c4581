import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/request.js';
import { SecondPerson } from './second-person.service.js';
import { WaitingPeriods } from '../accounts/waiting-periods.service.js';

/** What one person must not do alone (`SecondPerson`). */
@ApiTags('people')
@Controller('api')
@Roles('approver', 'admin')
export class SecondPersonController {
  constructor(
    private readonly secondPerson: SecondPerson,
    private readonly waiting: WaitingPeriods,
  ) {}

  /** What was done to accounts that approve or administer, and waits for a second person or for its 24 hours; times in ms of UTC. */
  @Get('waiting-periods')
  async list() {
    const rows = await this.waiting.all();
    return rows.map(({ id, accountId, cause, causedBy, beganAt, until, stoppedAt, stoppedBy }) => {
      return { id, accountId, cause, causedBy, beganAt, until, stoppedAt, stoppedBy };
    });
  }

  /** 404; 403 `second-person-needed`, `code-needed`, `enrolment-needed`, `waiting-period`; 409 `waiting-over`. */
  @Post('waiting-periods/:id/confirm')
  @HttpCode(204)
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.secondPerson.confirm(actor, id);
  }

  /** Nobody asked for it: the account's sessions end and it stays blocked until somebody confirms. 404; 409 `waiting-over`. */
  @Post('waiting-periods/:id/stop')
  @HttpCode(204)
  async stop(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.secondPerson.stop(actor, id);
  }

  /**
   * A code with which another account enrols its first phone, shown this once. 404; 403 `own-enrolment-code`,
   * `waiting-period`, `code-needed`, `enrolment-needed`; 409 `phone-enrolled`.
   */
  @Post('accounts/:id/enrolment-code')
  async issueCode(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return { code: await this.secondPerson.issueEnrolmentCode(actor, id) };
  }
}
