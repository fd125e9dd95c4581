import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../../http/access.js';
import { BeforeOwnPassword, Public, SignedIn } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { RequestOrigins } from '../../people/request-origins.js';
import { callerOf, Me } from '../../people/request.js';
import { SessionCookie } from '../../people/session-cookie.js';
import { Sessions } from '../../people/sessions.service.js';
import { say } from '../language/language.js';
import { homeOf } from '../navigation.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { nextField } from './safe-next.js';

/** A box that is not ticked is not sent. */
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const form = z.strictObject({
  username: z.string().max(100),
  password: z.string().max(200),
  tiep: nextField,
  endOthers: ticked,
});
const query = z.object({ tiep: nextField });

@ApiExcludeController()
@Controller()
@UsesReserve()
export class SignInPage {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly origins: RequestOrigins,
  ) {}

  @Get('dang-nhap')
  @Public()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: query }) asked: z.infer<typeof query>,
  ) {
    if (callerOf(request)) return seeOther(reply, '/');
    await this.pages.send(request, reply, 'sign-in/sign-in', 'Đăng nhập', { next: asked.tiep, username: '' });
  }

  @Post('dang-nhap')
  @Public()
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: form }) body: z.infer<typeof form>,
  ) {
    const next = body.tiep;
    try {
      const from = { ...this.origins.of(request), userAgent: request.headers['user-agent'] };
      const signedIn = await this.sessions.signIn(body.username, body.password, from, body.endOthers);
      this.cookie.begin(request, reply, signedIn);
      return await seeOther(reply, next === '/' ? homeOf(signedIn.actor) : next);
    } catch (error) {
      const known = error instanceof Error && 'code' in error && error.code === 'wrong-password' ? error : shown(error);
      await this.pages.send(request, reply, 'sign-in/sign-in', 'Đăng nhập', { next, username: body.username }, known);
    }
  }

  @Post('dang-xuat')
  @SignedIn()
  @BeforeOwnPassword()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const caller = callerOf(request);
    if (caller) await this.sessions.signOut(caller.actor, caller.sessionId);
    this.cookie.clear(reply);
    await seeOther(reply, '/dang-nhap');
  }

  @Get()
  @SignedIn()
  async home(@Me() actor: Actor, @Res() reply: FastifyReply) {
    await seeOther(reply, homeOf(actor));
  }

  @Get('khong-co-viec')
  @SignedIn()
  async nothing(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const message = say('Tài khoản của bạn chưa được giao vai trò nào. Xin liên hệ quản trị hệ thống.');
    await this.pages.send(request, reply, 'error/error', 'Chưa có vai trò', { message });
  }
}
