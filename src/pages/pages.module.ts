import { Module } from '@nestjs/common';
import { PageRendererModule } from './page-renderer.module.js';
import { AccountPagesModule } from './account-pages.module.js';
import { ApprovalPagesModule } from './approval-pages.module.js';
import { ChannelPagesModule } from './channel-pages.module.js';
import { LetterPagesModule } from './letter-pages.module.js';
import { PeoplePagesModule } from './people-pages.module.js';
import { PostPagesModule } from './post-pages.module.js';
import { SchedulePagesModule } from './schedule-pages.module.js';
import { ScriptPagesModule } from './script-pages.module.js';
import { SettingsPagesModule } from './settings-pages.module.js';
import { SpeechPagesModule } from './speech-pages.module.js';

/** The screens, a module for each group of them. */
@Module({
  imports: [
    PageRendererModule,
    AccountPagesModule,
    LetterPagesModule,
    ScriptPagesModule,
    PeoplePagesModule,
    ApprovalPagesModule,
    SchedulePagesModule,
    PostPagesModule,
    ChannelPagesModule,
    SpeechPagesModule,
    SettingsPagesModule,
  ],
})
export class PagesModule {}
