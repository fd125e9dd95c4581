import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { JobClaims } from './job-claims.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.service.js';

@Global()
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [Jobs, JobClaims, JobRunner],
  exports: [Jobs, JobRunner],
})
export class JobsModule {}
