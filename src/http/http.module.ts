import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { LimitInterceptor } from './limit.interceptor.js';
import { RegisteredRoutes } from './registered-routes.js';
import { RequestLimiter } from './request-limiter.js';

@Global()
@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json', logger: false })],
  controllers: [HealthController],
  providers: [ErrorFilter, RegisteredRoutes, RequestLimiter, { provide: APP_INTERCEPTOR, useClass: LimitInterceptor }],
  exports: [ErrorFilter, RegisteredRoutes],
})
export class HttpModule {}
