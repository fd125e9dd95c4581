import { Module } from '@nestjs/common';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsListener } from './approvals.listener.js';
import { Approvals } from './approvals.service.js';

@Module({
  controllers: [ApprovalsController],
  providers: [Approvals, ApprovalsListener],
  exports: [Approvals],
})
export class ApprovalsModule {}
