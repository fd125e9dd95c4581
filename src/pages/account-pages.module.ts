import { Module } from '@nestjs/common';
import { PreferencesPage } from './preferences/preferences.page.js';
import { PasswordPage } from './security/password.page.js';
import { SecurityPage } from './security/security.page.js';
import { SetupPage } from './setup/setup.page.js';
import { SignInPage } from './sign-in/sign-in.page.js';

/** The way in, one's own account, and the switches of the frame. */
@Module({
  controllers: [SignInPage, SetupPage, PreferencesPage, PasswordPage, SecurityPage],
})
export class AccountPagesModule {}
