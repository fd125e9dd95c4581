import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/error.filter.js';
import { PlainErrorPage } from './error-page.js';

@Global()
@Module({ providers: [{ provide: ErrorPage, useClass: PlainErrorPage }], exports: [ErrorPage] })
export class PagesModule {}
