import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.js';

@Global()
@Module({ providers: [ErrorFilter], exports: [ErrorFilter] })
export class HttpModule {}
