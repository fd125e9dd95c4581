import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Database } from '../database/database.js';
import { Allow } from './access.js';

@ApiTags('health')
@Controller('health')
@Allow({ kind: 'public' })
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly database: Database,
  ) {}

  /** 200 while the database answers, 503 otherwise. Says nothing that a stranger should not know. */
  @Get()
  @HealthCheck()
  check() {
    return this.health.check([
      async () => {
        const check = this.indicator.check('database');
        try {
          await this.database.read().query('SELECT 1');
          return check.up();
        } catch {
          return check.down();
        }
      },
    ]);
  }
}
