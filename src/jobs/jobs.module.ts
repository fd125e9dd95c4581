import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ClockWatch } from './clock-watch.service.js';
import { HouseCopy } from './house-copy.service.js';
import { JobClaims } from './job-claims.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.service.js';
import { MayAct } from './may-act.service.js';

@Global()
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [ClockWatch, HouseCopy, Jobs, JobClaims, JobRunner, MayAct],
  exports: [ClockWatch, HouseCopy, Jobs, JobRunner, MayAct],
})
export class JobsModule {}
