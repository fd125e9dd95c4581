import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/error.filter.js';
import { LoaErrorPage } from './error/error-page.js';
import { Pages } from './page-frame.js';
import { SetupPage } from './setup/setup.controller.js';
import { SignInPage } from './sign-in/sign-in.controller.js';

@Global()
@Module({
  controllers: [SignInPage, SetupPage],
  providers: [Pages, { provide: ErrorPage, useClass: LoaErrorPage }],
  exports: [ErrorPage],
})
export class PagesModule {}
