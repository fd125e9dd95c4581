import { Module } from '@nestjs/common';
import { DirectivesModule } from '../directives/directives.module.js';
import { AnnouncementsController } from './announcements.controller.js';
import { Announcements } from './announcements.service.js';
import { DirectivesListener } from './directives.listener.js';
import { CampaignsController } from './campaigns.controller.js';
import { Campaigns } from './campaigns.service.js';

@Module({
  imports: [DirectivesModule],
  controllers: [CampaignsController, AnnouncementsController],
  providers: [Campaigns, Announcements, DirectivesListener],
  exports: [Campaigns, Announcements],
})
export class CampaignsModule {}
