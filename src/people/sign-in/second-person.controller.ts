import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/request.js';
import { Answers } from '../../http/api/answers.js';
import { enrolmentCode, waitingPeriods } from './second-person.answers.js';
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

  /** Lists what was done to accounts that approve or administer, and waits. It waits for a second person or for its 24 hours. */
  @Get('waiting-periods')
  @Answers(waitingPeriods)
  async list() {
    const rows = await this.waiting.all();
    return rows.map(({ id, accountId, cause, causedBy, beganAt, until, stoppedAt, stoppedBy }) => {
      return { id, accountId, cause, causedBy, beganAt, until, stoppedAt, stoppedBy };
    });
  }

  /** Confirms, as a second person, what was done to an account. */
  @Post('waiting-periods/:id/confirm')
  @HttpCode(204)
  @Answers(null, {
    errors: { 403: ['second-person-needed', 'code-needed', 'enrolment-needed', 'waiting-period'], 409: 'waiting-over' },
  })
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.secondPerson.confirm(actor, id);
  }

  /** Stops what nobody asked for. The sessions of the account end, and it stays blocked until somebody confirms. */
  @Post('waiting-periods/:id/stop')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'waiting-over' } })
  async stop(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.secondPerson.stop(actor, id);
  }

  /** Issues a code with which another account enrols its first phone. It is shown this once. */
  @Post('accounts/:id/enrolment-code')
  @Answers(enrolmentCode, {
    errors: { 403: ['own-enrolment-code', 'waiting-period', 'code-needed', 'enrolment-needed'], 409: 'phone-enrolled' },
  })
  async issueCode(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return { code: await this.secondPerson.issueEnrolmentCode(actor, id) };
  }
}
