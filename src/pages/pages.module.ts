import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../http/error.filter.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { ScriptsModule } from '../scripts/scripts.module.js';
import { SpeechModule } from '../speech/speech.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ProofModule } from '../proof/proof.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { ApprovalSettings } from './approval/approval-setting.js';
import { AuditPage } from './audit/audit.page.js';
import { ApprovalPage } from './approval/approval.page.js';
import { ApprovalScreen } from './approval/approval.screen.js';
import { DeskPage } from './desk/desk.page.js';
import { DeskReadModel } from './desk/desk.read-model.js';
import { BoardActsPage } from './board/board-acts.page.js';
import { BoardPage } from './board/board.page.js';
import { BoardSide } from './board/board-side.js';
import { DirectivesPage } from './directives/directives.page.js';
import { LoaErrorPage } from './error/error-page.js';
import { HolidaysPage } from './law/holidays.page.js';
import { PoliciesPage } from './law/policies.page.js';
import { LexiconPage } from './lexicon/lexicon.page.js';
import { LookPage } from './look/look.page.js';
import { Pages } from './page-frame.js';
import { PeopleNames } from './people-names.js';
import { FanpageReadModel } from './posts/fanpage.read-model.js';
import { PostActsPage } from './posts/post-acts.page.js';
import { PostReadModel } from './posts/post.read-model.js';
import { PostScreen } from './posts/post-screen.js';
import { PostsPage } from './posts/posts.page.js';
import { ProgressPage } from './progress/progress.page.js';
import { ReportPage } from './report/report.page.js';
import { ScriptListPage } from './scripts/script-list.page.js';
import { ScriptNewPage } from './scripts/script-new.page.js';
import { ScriptPage } from './scripts/script.page.js';
import { ScriptReadingPage } from './scripts/script-reading.page.js';
import { ScriptSoundPage } from './scripts/script-sound.page.js';
import { ScriptVersionsPage } from './scripts/script-versions.page.js';
import { ScriptScreen } from './scripts/script.screen.js';
import { ScriptPlanPage } from './scripts/script-plan.page.js';
import { ScriptReadModel } from './scripts/script.read-model.js';
import { ScriptSoundReadModel } from './scripts/script-sound.read-model.js';
import { PasswordPage } from './security/password.page.js';
import { OwnWaiting } from './second-person/own-waiting.js';
import { SecondPersonPage } from './second-person/second-person.page.js';
import { WaitingNotes } from './second-person/waiting-notes.js';
import { SecurityPage } from './security/security.page.js';
import { HouseState } from './settings/house-facts.js';
import { WorkState } from './settings/work-state.js';
import { SettingsPage } from './settings/settings.page.js';
import { SetupPage } from './setup/setup.controller.js';
import { SignInPage } from './sign-in/sign-in.controller.js';
import { PlanChangePage } from './slot/plan-change.page.js';
import { SlotPage } from './slot/slot.page.js';
import { StationsPage } from './stations/stations.page.js';
import { TemplatesPage } from './templates/templates.page.js';
import { TodayPage } from './today/today.page.js';
import { UnitsPage } from './units/units.page.js';
import { UserActsPage } from './users/user-acts.page.js';
import { UsersPage } from './users/users.page.js';
import { CalendarAddressPage } from './week/calendar-address.page.js';
import { MonthPage } from './week/month.page.js';
import { FramesPage } from './frames/frames.page.js';
import { WindowDayPage } from './windows/window-day.page.js';
import { WindowsPage } from './windows/windows.page.js';
import { VoicesPage } from './voices/voices.page.js';
import { WeekPage } from './week/week.page.js';

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
    StationsModule,
    PostsModule,
    ProofModule,
    ReportsModule,
  ],
  controllers: [
    SignInPage,
    PasswordPage,
    SecondPersonPage,
    SecurityPage,
    SetupPage,
    LookPage,
    DeskPage,
    DirectivesPage,
    ScriptListPage,
    ScriptNewPage,
    ScriptPage,
    ScriptReadingPage,
    ScriptSoundPage,
    ScriptVersionsPage,
    ScriptPlanPage,
    ApprovalPage,
    BoardPage,
    BoardActsPage,
    SlotPage,
    PlanChangePage,
    MonthPage,
    CalendarAddressPage,
    WeekPage,
    TodayPage,
    PostsPage,
    PostActsPage,
    ProgressPage,
    ReportPage,
    UsersPage,
    UserActsPage,
    AuditPage,
    TemplatesPage,
    UnitsPage,
    LexiconPage,
    VoicesPage,
    PoliciesPage,
    HolidaysPage,
    FramesPage,
    WindowsPage,
    WindowDayPage,
    StationsPage,
    SettingsPage,
  ],
  providers: [
    Pages,
    ApprovalScreen,
    ApprovalSettings,
    DeskReadModel,
    FanpageReadModel,
    HouseState,
    OwnWaiting,
    BoardSide,
    PeopleNames,
    PostReadModel,
    PostScreen,
    ScriptReadModel,
    ScriptSoundReadModel,
    ScriptScreen,
    WaitingNotes,
    WorkState,
    { provide: ErrorPage, useClass: LoaErrorPage },
  ],
  exports: [ErrorPage],
})
export class PagesModule {}
