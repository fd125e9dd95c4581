import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../http/api/answers.js';
import { UsesReserve } from '../http/requests/route-access.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { Withdrawals } from './withdrawals.service.js';

const withReason = z.strictObject({ reason: z.string().max(300).default('').describe('At least three characters.') });

@ApiTags('approvals')
@Controller('api/approvals/:versionId')
@Roles('editor', 'approver')
export class WithdrawalsController {
  constructor(private readonly withdrawals: Withdrawals) {}

  /**
   * Withdraws the approval of a version, with a reason. Coming slots, unsent posts and feed items are taken out at once;
   * what has aired stays. The text needs a new version and a new decision.
   */
  @Post('withdraw')
  @UsesReserve()
  @HttpCode(204)
  @Answers(null, { errors: { 404: 'not-found', 409: ['not-approved', 'illegal-move'], 422: 'reason-needed' } })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: withReason }) body: z.infer<typeof withReason>,
  ) {
    await this.withdrawals.withdraw(actor, versionId, body.reason);
  }

  /**
   * Stops the broadcasting of an approved version, with a reason. The same is taken out as by a withdrawal, but the
   * approval remains: an approver may resume.
   */
  @Post('stop')
  @UsesReserve()
  @HttpCode(204)
  @Answers(null, { errors: { 404: 'not-found', 409: ['not-approved', 'illegal-move'], 422: 'reason-needed' } })
  async stop(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: withReason }) body: z.infer<typeof withReason>,
  ) {
    await this.withdrawals.stop(actor, versionId, body.reason);
  }

  /** Lets a stopped version go out again. A job places it according to the stored plans; posts are scheduled anew. */
  @Post('resume')
  @Roles('approver')
  @HttpCode(204)
  @Answers(null, {
    errors: {
      403: ['enrolment-needed', 'code-needed', 'waiting-period'],
      404: 'not-found',
      409: ['not-stopped', 'illegal-move'],
    },
  })
  async resume(@CurrentActor() actor: Actor, @Param('versionId') versionId: string) {
    await this.withdrawals.resume(actor, versionId);
  }
}
