import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { BeforeOwnPassword, Public, SignedIn } from '../access/access.js';
import type { Actor } from '../access/actor.js';
import { Answers } from '../../http/api/answers.js';
import { createdId } from '../../http/api/schemas.js';
import { Csrf } from './csrf.js';
import { RequestOrigins } from './request-origins.js';
import { callerOf, CurrentActor } from '../access/request.js';
import { SessionCookie } from './session-cookie.js';
import { sessionAnswer } from './session.answers.js';
import { Sessions } from './sessions.service.js';
import { SetupSecrets } from './setup-secrets.service.js';

const signIn = z
  .strictObject({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
    endOthers: z.boolean().optional().describe('Ends every other session of the account.'),
  })
  .meta({ examples: [{ username: 'bien.tap', password: 'mật khẩu của bạn' }] });
const firstAdmin = z.strictObject({
  secret: z.string().min(1).max(100),
  username: z.string().min(1).max(100),
  displayName: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

@ApiTags('people')
@Controller('api')
@UsesReserve()
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly setup: SetupSecrets,
    private readonly cookie: SessionCookie,
    private readonly csrf: Csrf,
    private readonly origins: RequestOrigins,
  ) {}

  /**
   * Signs a person in. The session is a cookie; the `csrfToken` of the answer goes into the header `x-csrf-token` of every
   * later request that is not a GET. `endOthers` ends every other session of the account.
   */
  @Post('session')
  @Public()
  @HttpCode(200)
  @Answers(sessionAnswer, { errors: { 401: 'wrong-password', 429: 'too-many-tries' } })
  async signIn(
    @Body({ schema: signIn }) body: z.infer<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const from = { ...this.origins.of(request), userAgent: request.headers['user-agent'] };
    const signedIn = await this.sessions.signIn(body.username, body.password, from, body.endOthers);
    this.cookie.begin(request, reply, signedIn);
    return { ...show(signedIn.actor), csrfToken: this.csrf.tokenFor(signedIn.csrfSecret) };
  }

  /** Shows who is signed in. */
  @Get('session')
  @SignedIn()
  @BeforeOwnPassword()
  @Answers(sessionAnswer)
  me(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return { ...show(actor), csrfToken: this.csrf.token(request, reply) };
  }

  /** Signs the caller out. */
  @Delete('session')
  @SignedIn()
  @BeforeOwnPassword()
  @HttpCode(204)
  @Answers(null)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    if (caller) await this.sessions.signOut(caller.actor, caller.sessionId);
    this.cookie.clear(reply);
  }

  /** Makes the first administrator. The secret is shown in the server's terminal. */
  @Post('setup')
  @Public()
  @HttpCode(201)
  @Answers(createdId, {
    errors: {
      403: 'bad-setup-secret',
      409: 'username-taken',
      422: ['weak-password', 'bad-username'],
      429: 'too-many-tries',
    },
  })
  async firstAdmin(@Body({ schema: firstAdmin }) body: z.infer<typeof firstAdmin>) {
    const { secret, ...account } = body;
    return { id: await this.setup.redeem(secret, account) };
  }
}

function show(actor: Actor) {
  const { accountId: id, name, grants, mustChangePassword = false } = actor;
  return { id, name, grants, mustChangePassword };
}
