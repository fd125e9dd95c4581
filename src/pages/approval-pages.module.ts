import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { ScriptsModule } from '../scripts/scripts.module.js';
import { WithdrawalPage } from './withdrawal/withdrawal.page.js';
import { WithdrawalReadModel } from './withdrawal/withdrawal.read-model.js';
import { ApprovalSettings } from './approval/approval-settings.js';
import { ApprovalPage } from './approval/approval.page.js';
import { ApprovalScreen } from './approval/approval-screen.js';
import { PeoplePagesModule } from './people-pages.module.js';

/** The approver's inbox, the screen of one decision, and the way back from it. */
@Module({
  imports: [ApprovalsModule, ScriptsModule, SpeechModule, PeoplePagesModule],
  controllers: [ApprovalPage, WithdrawalPage],
  providers: [ApprovalScreen, ApprovalSettings, WithdrawalReadModel],
})
export class ApprovalPagesModule {}
