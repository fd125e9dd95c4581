import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { SignedIn } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { KnownOrigins } from '../../people/known-origins.service.js';
import { Me } from '../../people/request.js';
import { SecondFactor } from '../../people/second-factor.service.js';
import { sessionOf } from '../../people/security.controller.js';
import { SessionCookie } from '../../people/session-cookie.js';
import { Sessions } from '../../people/sessions.service.js';
import { formLine, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { nextField } from '../sign-in/safe-next.js';
import { inFours, securityView } from './security.view.js';

const nothing = z.strictObject({});
const enrolment = z.strictObject({ enrolmentCode: formLine(50).default('') });
const givenCode = z.strictObject({ code: formLine(50) });
const giveCode = z.strictObject({ code: formLine(50), tiep: nextField });
const next = z.object({ tiep: nextField });

/** One's own door: the phone that makes codes, recovery codes, and where one is signed in. */
@ApiExcludeController()
@Controller()
@SignedIn()
export class SecurityPage {
  constructor(
    private readonly pages: Pages,
    private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly cookie: SessionCookie,
    private readonly origins: KnownOrigins,
  ) {}

  @Get('bao-mat')
  async show(@Me() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply, problem?: unknown) {
    const state = await this.secondFactor.state(actor);
    const sessions = await this.sessions.own(actor, sessionOf(request));
    const view = securityView(state, sessions, this.config.timeZone);
    await this.pages.send(request, reply, 'security/security', 'Bảo mật', view, problem);
  }

  @Post('bao-mat/phien/:id/ket-thuc')
  async end(
    @Me() actor: Actor,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.sessions.endOwn(actor, id);
    await seeOther(reply, '/bao-mat', 'da-ket-thuc');
  }

  @Post('bao-mat/phien-khac/ket-thuc')
  async endOthers(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.sessions.endOthers(actor, sessionOf(request));
    await seeOther(reply, '/bao-mat', 'da-ket-thuc');
  }

  /** Somebody else was in: whatever he came with is a stranger's again. */
  @Post('bao-mat/khong-phai-toi')
  async notMe(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.sessions.endOthers(actor, sessionOf(request));
    await this.origins.forgetOthers(actor);
    await seeOther(reply, '/bao-mat', 'da-quen-noi-khac');
  }

  @Post('bao-mat/dien-thoai')
  async begin(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: enrolment }) { enrolmentCode }: z.infer<typeof enrolment>,
  ) {
    try {
      await this.secondFactor.begin(actor, enrolmentCode);
      await seeOther(reply, '/bao-mat/dien-thoai');
    } catch (error) {
      if (isCodeNeeded(error)) return askForCode(reply, '/bao-mat');
      await this.show(actor, request, reply, shown(error));
    }
  }

  @Get('bao-mat/dien-thoai')
  async phone(@Me() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply, problem?: unknown) {
    const enrolment = await this.secondFactor.pending(actor);
    if (!enrolment) return seeOther(reply, '/bao-mat');
    const { toDataURL } = await import('qrcode');
    const picture = await toDataURL(enrolment.otpauth, { margin: 2, scale: 5 });
    const view = { picture, secret: inFours(enrolment.secret) };
    await this.pages.send(request, reply, 'security/phone', 'Cài mã xác thực', view, problem);
  }

  /** The recovery codes are shown without a redirect, because an address is kept and they are shown once. */
  @Post('bao-mat/dien-thoai/ma')
  async finish(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: givenCode }) { code }: z.infer<typeof givenCode>,
  ) {
    try {
      const codes = await this.secondFactor.finish(actor, code);
      this.cookie.set(reply, await this.sessions.stepUp(actor, sessionOf(request)));
      await this.pages.send(request, reply, 'security/recovery-codes', 'Mã khôi phục', { codes });
    } catch (error) {
      await this.phone(actor, request, reply, shown(error));
    }
  }

  @Post('bao-mat/ma-khoi-phuc')
  async renew(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    try {
      const codes = await this.secondFactor.newRecoveryCodes(actor);
      await this.pages.send(request, reply, 'security/recovery-codes', 'Mã khôi phục', { codes });
    } catch (error) {
      if (isCodeNeeded(error)) return askForCode(reply, '/bao-mat');
      await this.show(actor, request, reply, shown(error));
    }
  }

  @Get('ma-xac-thuc')
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: next }) { tiep }: z.infer<typeof next>,
  ) {
    await this.pages.send(request, reply, 'security/code', 'Mã xác thực', { next: tiep });
  }

  @Post('ma-xac-thuc')
  async give(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: giveCode }) { code, tiep }: z.infer<typeof giveCode>,
  ) {
    try {
      await this.secondFactor.check(actor, code);
      this.cookie.set(reply, await this.sessions.stepUp(actor, sessionOf(request)));
      await seeOther(reply, tiep);
    } catch (error) {
      const view = { next: tiep };
      await this.pages.send(request, reply, 'security/code', 'Mã xác thực', view, shown(error));
    }
  }
}

export function isCodeNeeded(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'code-needed';
}

/** To the page that asks for a code, and back. */
export function askForCode(reply: FastifyReply, back: string): Promise<void> {
  return seeOther(reply, `/ma-xac-thuc?tiep=${encodeURIComponent(back)}`);
}
