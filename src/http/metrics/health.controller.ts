import { Controller, Get, HttpException, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Allow } from '../requests/route-access.js';
import { Answers } from '../api/answers.js';
import { HealthChecks } from './health-checks.service.js';
import { type Health, health } from './health.answers.js';

@ApiTags('health')
@Controller('health')
@Allow({ kind: 'public' })
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly checks: HealthChecks,
  ) {}

  /**
   * Tells whether the house works. 200 while every part works, 503 otherwise; each part has a word. Says nothing that a
   * stranger should not know.
   */
  @Get()
  @Answers({ 200: health, 503: health })
  async check(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const parts = this.checks.all().map(([part, check]) => async () => {
      const { works, word } = await check();
      const indicator = this.indicator.check(part);
      return works ? indicator.up({ word }) : indicator.down({ word });
    });
    try {
      return (await this.health.check(parts)) as Health;
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      // Thrown on, it would lose its words: the filter writes sentences for people.
      void reply.status(error.getStatus());
      return error.getResponse() as Health;
    }
  }
}
