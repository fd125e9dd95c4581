import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { SignedIn } from '../../people/access/access.js';
import { KnownOrigins } from '../../people/sign-in/known-origins.service.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import { Sessions } from '../../people/sign-in/sessions.service.js';
import { formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { nextField } from '../sign-in/safe-next.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { inFours, securityView } from './security.view.js';

const nothing = z.strictObject({});
const enrolment = z.strictObject({ enrolmentCode: formLine(50).default('') });
const givenCode = z.strictObject({ code: formLine(50) });
const giveCode = z.strictObject({ code: formLine(50), tiep: nextField });
const next = z.object({ tiep: nextField });

/** The actor's own security: the phone for second-factor codes, recovery codes, and open sessions. */
@ApiExcludeController()
@Controller()
@SignedIn()
export class SecurityPage {
  constructor(
    private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactorService,
    private readonly origins: KnownOrigins,
  ) {}

  @Get('bao-mat')
  async show(@Visit() visit: PageVisit, problem?: unknown) {
    const state = await this.secondFactor.state(visit.actor);
    const sessions = await this.sessions.own(visit.actor, visit.sessionId);
    const view = securityView(state, sessions, this.config.timeZone);
    await visit.render('security/security', 'Bảo mật', view, problem);
  }

  @Post('bao-mat/phien/:id/ket-thuc')
  async end(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.sessions.endOwn(visit.actor, id);
    await visit.redirect('/bao-mat', 'da-ket-thuc');
  }

  @Post('bao-mat/phien-khac/ket-thuc')
  async endOthers(@Visit() visit: PageVisit, @Body({ schema: nothing }) _body: z.infer<typeof nothing>) {
    await this.sessions.endOthers(visit.actor, visit.sessionId);
    await visit.redirect('/bao-mat', 'da-ket-thuc');
  }

  /** The owner reports a foreign sign-in: other sessions end and other devices are forgotten. */
  @Post('bao-mat/khong-phai-toi')
  async notMe(@Visit() visit: PageVisit, @Body({ schema: nothing }) _body: z.infer<typeof nothing>) {
    await this.sessions.endOthers(visit.actor, visit.sessionId);
    await this.origins.forgetOthers(visit.actor);
    await visit.redirect('/bao-mat', 'da-quen-noi-khac');
  }

  @Post('bao-mat/dien-thoai')
  async begin(@Visit() visit: PageVisit, @Body({ schema: enrolment }) { enrolmentCode }: z.infer<typeof enrolment>) {
    try {
      await this.secondFactor.begin(visit.actor, enrolmentCode);
      await visit.redirect('/bao-mat/dien-thoai');
    } catch (error) {
      if (isCodeNeeded(error)) return askForCode(visit, '/bao-mat');
      await this.show(visit, asFormError(error));
    }
  }

  @Get('bao-mat/dien-thoai')
  async phone(@Visit() visit: PageVisit, problem?: unknown) {
    const enrolment = await this.secondFactor.pending(visit.actor);
    if (!enrolment) return visit.redirect('/bao-mat');
    const { toDataURL } = await import('qrcode');
    const picture = await toDataURL(enrolment.otpauth, { margin: 2, scale: 5 });
    const view = { picture, secret: inFours(enrolment.secret) };
    await visit.render('security/phone', 'Cài mã xác thực', view, problem);
  }

  /**
   * Answers with a page instead of a redirect: recovery codes are shown once and must not be in a URL, which browsers
   * keep.
   */
  @Post('bao-mat/dien-thoai/ma')
  async finish(@Visit() visit: PageVisit, @Body({ schema: givenCode }) { code }: z.infer<typeof givenCode>) {
    try {
      const codes = await this.secondFactor.finish(visit.actor, code);
      visit.renewSession(await this.sessions.stepUp(visit.actor, visit.sessionId));
      await visit.render('security/recovery-codes', 'Mã khôi phục', { codes });
    } catch (error) {
      await this.phone(visit, asFormError(error));
    }
  }

  @Post('bao-mat/ma-khoi-phuc')
  async renew(@Visit() visit: PageVisit, @Body({ schema: nothing }) _body: z.infer<typeof nothing>) {
    try {
      const codes = await this.secondFactor.newRecoveryCodes(visit.actor);
      await visit.render('security/recovery-codes', 'Mã khôi phục', { codes });
    } catch (error) {
      if (isCodeNeeded(error)) return askForCode(visit, '/bao-mat');
      await this.show(visit, asFormError(error));
    }
  }

  @Get('ma-xac-thuc')
  async ask(@Visit() visit: PageVisit, @Query({ schema: next }) { tiep }: z.infer<typeof next>) {
    await visit.render('security/code', 'Mã xác thực', { next: tiep });
  }

  @Post('ma-xac-thuc')
  async give(@Visit() visit: PageVisit, @Body({ schema: giveCode }) { code, tiep }: z.infer<typeof giveCode>) {
    try {
      await this.secondFactor.check(visit.actor, code);
      visit.renewSession(await this.sessions.stepUp(visit.actor, visit.sessionId));
      await visit.redirect(tiep);
    } catch (error) {
      const view = { next: tiep };
      await visit.render('security/code', 'Mã xác thực', view, asFormError(error));
    }
  }
}

export function isCodeNeeded(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'code-needed';
}

/** Redirects to the page that asks for a code, which then returns to `back`. */
export function askForCode(visit: PageVisit, back: string): Promise<void> {
  return visit.redirect(`/ma-xac-thuc?tiep=${encodeURIComponent(back)}`);
}
