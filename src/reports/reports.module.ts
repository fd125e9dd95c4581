import { Module } from '@nestjs/common';
import { DirectivesModule } from '../directives/directives.module.js';
import { ProofModule } from '../proof/proof.module.js';
import { OwedPlays } from './owed/owed-plays.service.js';
import { ProgressDetails } from './progress/progress-details.service.js';
import { ProgressPapers } from './progress/progress-papers.service.js';
import { ProgressController } from './progress/progress.controller.js';
import { Progress } from './progress/progress.service.js';
import { ReportsController } from './reports.controller.js';
import { Reports } from './reports.service.js';

@Module({
  imports: [DirectivesModule, ProofModule],
  controllers: [ReportsController, ProgressController],
  providers: [OwedPlays, Reports, Progress, ProgressDetails, ProgressPapers],
  exports: [Reports, Progress, ProgressDetails],
})
export class ReportsModule {}
