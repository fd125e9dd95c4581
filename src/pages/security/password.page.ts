import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { BeforeOwnPassword, SignedIn } from '../../people/access/access.js';
import { OwnPassword } from '../../people/sign-in/own-password.service.js';
import { homeOf } from '../visit/navigation.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';

// A password is taken as typed, without trimming or collapsing spaces.
const typed = z.string().max(200);
const change = z.strictObject({ current: typed, next: typed, repeated: typed });

/**
 * The actor's own password; also the redirect target when an administrator chose it. The form never echoes what was
 * typed.
 */
@ApiExcludeController()
@Controller('bao-mat/mat-khau')
@SignedIn()
export class PasswordPage {
  constructor(private readonly ownPassword: OwnPassword) {}

  @Get()
  @BeforeOwnPassword()
  async show(@Visit() visit: PageVisit, problem?: unknown) {
    const view = { first: visit.actor.mustChangePassword === true };
    await visit.render('security/password', 'Đổi mật khẩu', view, problem);
  }

  @Post()
  @BeforeOwnPassword()
  async change(@Visit() visit: PageVisit, @Body({ schema: change }) body: z.infer<typeof change>) {
    const work = async () => {
      visit.renewSession(await this.ownPassword.change(visit.actor, visit.sessionId, body));
    };
    // After the first password people go to their work; whoever came to change it stays.
    const next = visit.actor.mustChangePassword ? homeOf(visit.actor) : '/bao-mat';
    await visit.submit(next, 'da-doi-mat-khau-minh', work, (problem) => this.show(visit, problem));
  }
}
