import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ErrorFilter } from './error.filter.js';
import { HealthChecks } from './metrics/health-checks.service.js';
import { HealthController } from './metrics/health.controller.js';
import { HouseMetrics } from './metrics/house-metrics.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Receptions } from './limits/receptions.js';
import { RegisteredRoutes } from './requests/registered-routes.js';
import { RequestLimiter } from './limits/request-limiter.js';
import { RequestLog } from './metrics/request-log.js';
import { RouteLimits } from './limits/route-limits.js';
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
