import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BeforeOwnPassword, SignedIn } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { OwnPassword } from '../../people/own-password.service.js';
import { Me } from '../../people/request.js';
import { sessionOf } from '../../people/security.controller.js';
import { SessionCookie } from '../../people/session-cookie.js';
import { Pages, seeOther, shown } from '../page-frame.js';

// A password is taken as it was typed: no trimming, no evening of spaces.
const typed = z.string().max(200);
const change = z.strictObject({ current: typed, next: typed, repeated: typed });

/** One's own password; also where one is led whose password an administrator chose. Nothing typed is said back. */
@ApiExcludeController()
@Controller('bao-mat/mat-khau')
@SignedIn()
export class PasswordPage {
  constructor(
    private readonly pages: Pages,
    private readonly ownPassword: OwnPassword,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @BeforeOwnPassword()
  async show(@Me() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply, problem?: unknown) {
    const view = { first: actor.mustChangePassword === true };
    await this.pages.send(request, reply, 'security/password', 'Đổi mật khẩu', view, problem);
  }

  @Post()
  @BeforeOwnPassword()
  async change(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: change }) body: z.infer<typeof change>,
  ) {
    try {
      this.cookie.set(reply, await this.ownPassword.change(actor, sessionOf(request), body));
      return await seeOther(reply, '/bao-mat', 'da-doi-mat-khau-minh');
    } catch (error) {
      await this.show(actor, request, reply, shown(error));
    }
  }
}
