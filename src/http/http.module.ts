import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ErrorFilter } from './error.filter.js';
import { HealthChecks } from './health-checks.service.js';
import { HealthController } from './health.controller.js';
import { LimitInterceptor } from './limit.interceptor.js';
import { RegisteredRoutes } from './registered-routes.js';
import { RequestLimiter } from './request-limiter.js';
import { SpaceGuard } from './space.guard.js';

@Global()
@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json', logger: false })],
  controllers: [HealthController],
  providers: [
    ErrorFilter,
    HealthChecks,
    RegisteredRoutes,
    RequestLimiter,
    { provide: APP_GUARD, useClass: SpaceGuard },
    { provide: APP_INTERCEPTOR, useClass: LimitInterceptor },
  ],
  exports: [ErrorFilter, HealthChecks, RegisteredRoutes],
})
export class HttpModule {}
