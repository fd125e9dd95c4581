import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/requests/error-page.js';
import { LoaErrorPage } from './error/loa-error-page.js';
import { PageRenderer } from './visit/page-renderer.js';
import { PeopleNames } from './visit/people-names.js';
import { OwnWaiting } from './visit/own-waiting.js';

/** The renderer that every screen uses, and the error page that the global exception filter renders. */
@Global()
@Module({
  providers: [PageRenderer, OwnWaiting, PeopleNames, { provide: ErrorPage, useClass: LoaErrorPage }],
  exports: [PageRenderer, PeopleNames, ErrorPage],
})
export class PageRendererModule {}
