import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ClockWatch } from './clock-watch.service.js';
import { JobClaims } from './job-claims.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.service.js';

@Global()
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [ClockWatch, Jobs, JobClaims, JobRunner],
  exports: [ClockWatch, Jobs, JobRunner],
})
export class JobsModule {}
