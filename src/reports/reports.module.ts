import { Module } from '@nestjs/common';
import { ReportsController } from './reports.controller.js';
import { Reports } from './reports.service.js';

@Module({ controllers: [ReportsController], providers: [Reports], exports: [Reports] })
export class ReportsModule {}
