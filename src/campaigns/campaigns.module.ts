import { Module } from '@nestjs/common';
import { CampaignsController } from './campaigns.controller.js';
import { Campaigns } from './campaigns.service.js';

@Module({ controllers: [CampaignsController], providers: [Campaigns], exports: [Campaigns] })
export class CampaignsModule {}
