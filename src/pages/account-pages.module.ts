import { Module } from '@nestjs/common';
import { PreferencesPage } from './preferences/preferences.page.js';
import { PasswordPage } from './security/password.page.js';
import { SecurityPage } from './security/security.page.js';
import { SetupPage } from './setup/setup.page.js';
import { SignInPage } from './sign-in/sign-in.page.js';

/** Sign-in, first set-up, the signed-in person's own account, and the language and theme switches of the layout. */
@Module({
  controllers: [SignInPage, SetupPage, PreferencesPage, PasswordPage, SecurityPage],
})
export class AccountPagesModule {}
