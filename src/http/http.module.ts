import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ErrorFilter } from './error.filter.js';
import { HealthChecks } from './health-checks.service.js';
import { HealthController } from './health.controller.js';
import { HouseMetrics } from './house-metrics.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Receptions } from './receptions.js';
import { RegisteredRoutes } from './registered-routes.js';
import { RequestLimiter } from './request-limiter.js';
import { RequestLog } from './request-log.js';
import { RouteLimits } from './route-limits.js';
import { SpaceGuard } from './space.guard.js';

@Global()
@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json', logger: false })],
  controllers: [HealthController, MetricsController],
  providers: [
    ErrorFilter,
    HealthChecks,
    HouseMetrics,
    Metrics,
    Receptions,
    RegisteredRoutes,
    RequestLimiter,
    RequestLog,
    RouteLimits,
    { provide: APP_GUARD, useClass: SpaceGuard },
  ],
  exports: [ErrorFilter, HealthChecks, Metrics, Receptions, RegisteredRoutes, RequestLog, RouteLimits],
})
export class HttpModule {}
