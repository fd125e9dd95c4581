import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/requests/error-page.js';
import { LoaErrorPage } from './error/error-page.js';
import { Pages } from './page-frame.js';
import { PeopleNames } from './people-names.js';
import { OwnWaiting } from './second-person/own-waiting.js';

/** What every screen stands in, and the page of an error, which the filter of the whole house shows. */
@Global()
@Module({
  providers: [Pages, OwnWaiting, PeopleNames, { provide: ErrorPage, useClass: LoaErrorPage }],
  exports: [Pages, PeopleNames, ErrorPage],
})
export class FrameModule {}
