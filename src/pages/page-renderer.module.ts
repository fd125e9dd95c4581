import { Global, Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { ErrorPage } from '../http/requests/error-page.js';
import { LoaErrorPage } from './error/loa-error-page.js';
import { PageRenderer } from './visit/page-renderer.js';
import { PeopleNames } from './visit/people-names.js';
import { OwnWaiting } from './visit/own-waiting.js';
import { WaitingCount } from './visit/waiting-count.js';
import { CodeSigner } from './security/code-signer.js';

/** The renderer that every screen uses, and the error page that the global exception filter renders. */
@Global()
@Module({
  imports: [ApprovalsModule],
  providers: [
    PageRenderer,
    OwnWaiting,
    WaitingCount,
    PeopleNames,
    CodeSigner,
    { provide: ErrorPage, useClass: LoaErrorPage },
  ],
  exports: [PageRenderer, PeopleNames, CodeSigner, ErrorPage],
})
export class PageRendererModule {}
