import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { AuditPage } from './audit/audit.page.js';
import { SystemStatus } from './settings/system-status.js';
import { SettingsPage } from './settings/settings.page.js';
import { WorkStatus } from './settings/work-status.js';
import { StationsPage } from './stations/stations.page.js';

/** The installation itself: its settings, its stations, the audit log. */
@Module({
  imports: [AudioModule, StationsModule, PostsModule],
  controllers: [SettingsPage, StationsPage, AuditPage],
  providers: [SystemStatus, WorkStatus],
})
export class SettingsPagesModule {}
