import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { BeforeOwnPassword, SignedIn } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { Answers } from '../../http/api/answers.js';
import { KnownOrigins } from './known-origins.service.js';
import { OwnPassword } from './own-password.service.js';
import { callerOf, CurrentActor, unauthenticated } from '../access/request.js';
import { SecondFactorService } from './second-factor.service.js';
import {
  endedSessions,
  forgottenOrigins,
  ownSessions,
  phoneEnrolment,
  recoveryCodes,
  secondFactorState,
} from './security.answers.js';
import { SessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.service.js';

const password = z.string().min(1).max(200);
const newPassword = z.strictObject({ current: password, next: password, repeated: password });
const enrolment = z.strictObject({ enrolmentCode: z.string().max(50).optional() }).nullish();
const givenCode = z.strictObject({ code: z.string().min(1).max(50) });

/** One's own door: sessions, codes of the phone, recovery codes. */
@ApiTags('people')
@Controller('api/session')
@UsesReserve()
@SignedIn()
export class SecurityController {
  constructor(
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactorService,
    private readonly cookie: SessionCookie,
    private readonly ownPassword: OwnPassword,
    private readonly origins: KnownOrigins,
  ) {}

  /** Lists the sessions of the caller, the latest first. */
  @Get('all')
  @Answers(ownSessions)
  list(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return this.sessions.own(actor, sessionOf(request));
  }

  /** Ends every session of the caller but this one. */
  @Delete('all')
  @Answers(endedSessions)
  async endOthers(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return { ended: await this.sessions.endOthers(actor, sessionOf(request)) };
  }

  /**
   * Forgets every other device and network of the caller. Says "It was not me": every other session ends, and the throttle of
   * sign-ins takes every other device and network for a stranger's again.
   */
  @Delete('origins')
  @Answers(forgottenOrigins)
  async forgetOthers(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    const ended = await this.sessions.endOthers(actor, sessionOf(request));
    return { ended, forgotten: await this.origins.forgetOthers(actor) };
  }

  /** Ends one session of the caller. Somebody else's is 404. */
  @Delete('all/:id')
  @HttpCode(204)
  @Answers(null)
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.sessions.endOwn(actor, id);
  }

  /** Gives a code of the phone, or a recovery code. For ten minutes what needs one is open, under a new session id. */
  @Post('code')
  @HttpCode(200)
  @Answers(secondFactorState, { errors: { 403: 'enrolment-needed', 422: 'wrong-code', 429: 'too-many-tries' } })
  async giveCode(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: givenCode }) body: z.infer<typeof givenCode>,
  ) {
    await this.secondFactor.check(actor, body.code);
    this.cookie.set(reply, await this.sessions.stepUp(actor, sessionOf(request)));
    return this.secondFactor.state(actor);
  }

  /** Changes the password of the caller, who knows the old one. Other sessions end; this one goes on under a new id. */
  @Put('password')
  @BeforeOwnPassword()
  @HttpCode(204)
  @Answers(null, {
    errors: {
      422: ['wrong-current-password', 'passwords-differ', 'same-password', 'weak-password'],
      429: 'too-many-tries',
    },
  })
  async changePassword(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: newPassword }) body: z.infer<typeof newPassword>,
  ): Promise<void> {
    this.cookie.set(reply, await this.ownPassword.change(actor, sessionOf(request), body));
  }

  /** Shows whether a phone is enrolled. */
  @Get('second-factor')
  @Answers(secondFactorState)
  state(@CurrentActor() actor: Actor) {
    return this.secondFactor.state(actor);
  }

  /**
   * Begins the enrolment of a phone. 403 `code-needed` when one is enrolled already. The first phone needs a code that
   * somebody else issued: 403 `enrolment-code-needed`, 422 `wrong-enrolment-code`.
   */
  @Post('second-factor')
  @Answers(phoneEnrolment, {
    errors: { 403: ['code-needed', 'enrolment-code-needed'], 422: 'wrong-enrolment-code', 429: 'too-many-tries' },
  })
  begin(@CurrentActor() actor: Actor, @Body({ schema: enrolment }) body: z.infer<typeof enrolment>) {
    return this.secondFactor.begin(actor, body?.enrolmentCode);
  }

  /** Finishes the enrolment with the first code of the new phone. Answers the recovery codes, once. */
  @Post('second-factor/finish')
  @HttpCode(200)
  @Answers(recoveryCodes, { errors: { 409: 'no-enrolment', 422: 'wrong-code', 429: 'too-many-tries' } })
  async finish(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: givenCode }) body: z.infer<typeof givenCode>,
  ) {
    const recoveryCodes = await this.secondFactor.finish(actor, body.code);
    this.cookie.set(reply, await this.sessions.stepUp(actor, sessionOf(request)));
    return { recoveryCodes };
  }

  /** Makes ten new recovery codes in place of the old. */
  @Post('recovery-codes')
  @Answers(recoveryCodes, { errors: { 403: ['code-needed', 'enrolment-needed'] } })
  async renew(@CurrentActor() actor: Actor) {
    return { recoveryCodes: await this.secondFactor.newRecoveryCodes(actor) };
  }
}

export function sessionOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (!caller) throw unauthenticated();
  return caller.sessionId;
}
