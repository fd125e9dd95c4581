import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/error.filter.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { ScriptsModule } from '../scripts/scripts.module.js';
import { SpeechModule } from '../speech/speech.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ApprovalPage } from './approval/approval.page.js';
import { DirectivesPage } from './directives/directives.page.js';
import { LoaErrorPage } from './error/error-page.js';
import { Pages } from './page-frame.js';
import { PeopleNames } from './people-names.js';
import { ScriptListPage } from './scripts/script-list.page.js';
import { ScriptNewPage } from './scripts/script-new.page.js';
import { ScriptPage } from './scripts/script.page.js';
import { ScriptPlanPage } from './scripts/script-plan.page.js';
import { ScriptReadModel } from './scripts/script.read-model.js';
import { SetupPage } from './setup/setup.controller.js';
import { SignInPage } from './sign-in/sign-in.controller.js';

@Global()
@Module({
  imports: [
    DirectivesModule,
    CampaignsModule,
    ScriptsModule,
    SpeechModule,
    AudioModule,
    ApprovalsModule,
    ScheduleModule,
    PostsModule,
  ],
  controllers: [
    SignInPage,
    SetupPage,
    DirectivesPage,
    ScriptListPage,
    ScriptNewPage,
    ScriptPage,
    ScriptPlanPage,
    ApprovalPage,
  ],
  providers: [Pages, PeopleNames, ScriptReadModel, { provide: ErrorPage, useClass: LoaErrorPage }],
  exports: [ErrorPage],
})
export class PagesModule {}
