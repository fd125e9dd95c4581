import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { ApprovalSettings } from './approval/approval-settings.js';
import { ApprovalPage } from './approval/approval.page.js';
import { ApprovalScreen } from './approval/approval-screen.js';
import { PeoplePagesModule } from './people-pages.module.js';

/** The approver's inbox and the screen of one decision. */
@Module({
  imports: [ApprovalsModule, SpeechModule, PeoplePagesModule],
  controllers: [ApprovalPage],
  providers: [ApprovalScreen, ApprovalSettings],
})
export class ApprovalPagesModule {}
