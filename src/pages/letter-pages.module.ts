import { Module } from '@nestjs/common';
import { DirectivesModule } from '../directives/directives.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { ScriptsModule } from '../scripts/scripts.module.js';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { AnnouncementPage } from './directives/announcement.page.js';
import { DirectivesPage } from './directives/directives.page.js';
import { ProgressPage } from './progress/progress.page.js';
import { ReportPage } from './report/report.page.js';

/** Letters with their obligations and campaigns, and their results: progress and report. */
@Module({
  imports: [DirectivesModule, CampaignsModule, ScriptsModule, ScheduleModule, ReportsModule],
  controllers: [AnnouncementPage, DirectivesPage, ProgressPage, ReportPage],
})
export class LetterPagesModule {}
