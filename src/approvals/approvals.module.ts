import { Module } from '@nestjs/common';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsListener } from './approvals.listener.js';
import { Approvals } from './approvals.service.js';
import { Hearings } from './hearings.service.js';
import { Withdrawals } from './withdrawals.service.js';
import { WithdrawalsController } from './withdrawals.controller.js';

@Module({
  controllers: [ApprovalsController, WithdrawalsController],
  providers: [Approvals, ApprovalsListener, Hearings, Withdrawals],
  exports: [Approvals, Hearings, Withdrawals],
})
export class ApprovalsModule {}
