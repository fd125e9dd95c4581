import { Module } from '@nestjs/common';
import { LookPage } from './preferences/look.page.js';
import { PasswordPage } from './security/password.page.js';
import { SecurityPage } from './security/security.page.js';
import { SetupPage } from './setup/setup.controller.js';
import { SignInPage } from './sign-in/sign-in.controller.js';

/** The way in, one's own account, and the switches of the frame. */
@Module({
  controllers: [SignInPage, SetupPage, LookPage, PasswordPage, SecurityPage],
})
export class AccountPagesModule {}
