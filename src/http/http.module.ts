import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { RegisteredRoutes } from './registered-routes.js';

@Global()
@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json', logger: false })],
  controllers: [HealthController],
  providers: [ErrorFilter, RegisteredRoutes],
  exports: [ErrorFilter, RegisteredRoutes],
})
export class HttpModule {}
