import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { BeforeOwnPassword, SignedIn } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { KnownOrigins } from './known-origins.service.js';
import { OwnPassword } from './own-password.service.js';
import { callerOf, CurrentActor, unauthenticated } from '../access/request.js';
import { SecondFactorService } from './second-factor.service.js';
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

  /** The caller's sessions, the latest first; times in ms of UTC. */
  @Get('all')
  list(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return this.sessions.own(actor, sessionOf(request));
  }

  /** Ends every session of the caller but this one. */
  @Delete('all')
  async endOthers(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return { ended: await this.sessions.endOthers(actor, sessionOf(request)) };
  }

  /** "It was not me": ends every other session, and every other device and network is a stranger's to the throttle again. */
  @Delete('origins')
  async forgetOthers(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    const ended = await this.sessions.endOthers(actor, sessionOf(request));
    return { ended, forgotten: await this.origins.forgetOthers(actor) };
  }

  /** Ends one of the caller's own sessions. 404, also for somebody else's. */
  @Delete('all/:id')
  @HttpCode(204)
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.sessions.endOwn(actor, id);
  }

  /** A code of the phone, or a recovery code: for ten minutes what needs one is open, under a new session id. 422 `wrong-code`; 429. */
  @Post('code')
  @HttpCode(200)
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

  /**
   * Another password for the caller, who knows the one that holds; other sessions end, this one goes on under a new id. 422
   * `wrong-current-password`, `passwords-differ`, `same-password`, `weak-password`; 429.
   */
  @Put('password')
  @BeforeOwnPassword()
  @HttpCode(204)
  async changePassword(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: newPassword }) body: z.infer<typeof newPassword>,
  ): Promise<void> {
    this.cookie.set(reply, await this.ownPassword.change(actor, sessionOf(request), body));
  }

  @Get('second-factor')
  state(@CurrentActor() actor: Actor) {
    return this.secondFactor.state(actor);
  }

  /**
   * Begins an enrolment: the secret in base32 and its `otpauth:` address. 403 `code-needed` when a phone is enrolled already; the
   * first phone needs a code that somebody else issued: 403 `enrolment-code-needed`, 422 `wrong-enrolment-code`, 429.
   */
  @Post('second-factor')
  begin(@CurrentActor() actor: Actor, @Body({ schema: enrolment }) body: z.infer<typeof enrolment>) {
    return this.secondFactor.begin(actor, body?.enrolmentCode);
  }

  /** The first code of the new phone; answers the recovery codes, once. 409 `no-enrolment`; 422 `wrong-code`; 429. */
  @Post('second-factor/finish')
  @HttpCode(200)
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

  /** Ten new ones in place of the old. 403 `code-needed`, `enrolment-needed`. */
  @Post('recovery-codes')
  async renew(@CurrentActor() actor: Actor) {
    return { recoveryCodes: await this.secondFactor.newRecoveryCodes(actor) };
  }
}

export function sessionOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (!caller) throw unauthenticated();
  return caller.sessionId;
}
