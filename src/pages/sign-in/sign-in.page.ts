import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { UsesReserve } from '../../http/requests/route-access.js';
import { BeforeOwnPassword, Public, SignedIn } from '../../people/access/access.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { Sessions } from '../../people/sign-in/sessions.service.js';
import { Units } from '../../people/units/units.service.js';
import { translate } from '../language/language.js';
import { homeOf } from '../visit/navigation.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { nextField } from './safe-next.js';

/** Browsers do not send an unchecked box. */
const checkbox = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const form = z.strictObject({
  username: z.string().max(100),
  password: z.string().max(200),
  tiep: nextField,
  endOthers: checkbox,
});
const query = z.object({ tiep: nextField });

@ApiExcludeController()
@Controller()
@UsesReserve()
export class SignInPage {
  constructor(
    private readonly sessions: Sessions,
    private readonly units: Units,
    private readonly accounts: Accounts,
  ) {}

  @Get('dang-nhap')
  @Public()
  async show(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    if (visit.visitor) return visit.redirect('/');
    await this.form(visit, asked.tiep, '');
  }

  @Post('dang-nhap')
  @Public()
  async signIn(@Visit() visit: PageVisit, @Body({ schema: form }) body: z.infer<typeof form>) {
    const next = body.tiep;
    try {
      const signedIn = await this.sessions.signIn(body.username, body.password, visit.origin, body.endOthers);
      visit.beginSession(signedIn);
      return await visit.redirect(next === '/' ? homeOf(signedIn.actor) : next);
    } catch (error) {
      const known =
        error instanceof Error && 'code' in error && error.code === 'wrong-password' ? error : asFormError(error);
      await this.form(visit, next, body.username, known);
    }
  }

  /** Names the office, so that people see whose Loa it is, and leads to the first set-up while nobody administers it. */
  private async form(visit: PageVisit, next: string, username: string, problem?: unknown) {
    const [office, hasAdmin] = await Promise.all([this.units.office(), this.accounts.hasAdmin()]);
    await visit.render('sign-in/sign-in', 'Đăng nhập', { next, username, office, isNew: !hasAdmin }, problem);
  }

  @Post('dang-xuat')
  @SignedIn()
  @BeforeOwnPassword()
  async signOut(@Visit() visit: PageVisit) {
    if (visit.visitor) await this.sessions.signOut(visit.visitor, visit.sessionId);
    visit.endSession();
    await visit.redirect('/dang-nhap');
  }

  @Get()
  @SignedIn()
  async home(@Visit() visit: PageVisit) {
    await visit.redirect(homeOf(visit.actor));
  }

  @Get('khong-co-viec')
  @SignedIn()
  async nothing(@Visit() visit: PageVisit) {
    const message = translate('Tài khoản của bạn chưa được giao vai trò nào. Xin liên hệ quản trị hệ thống.');
    await visit.render('error/error', 'Chưa có vai trò', { message });
  }
}
