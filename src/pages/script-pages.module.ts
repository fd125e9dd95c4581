import { Module } from '@nestjs/common';
import { DirectivesModule } from '../directives/directives.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { ScriptsModule } from '../scripts/scripts.module.js';
import { SpeechModule } from '../speech/speech.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { EditorHomePage } from './editor-home/editor-home.page.js';
import { EditorHomeReadModel } from './editor-home/editor-home.read-model.js';
import { ScriptListPage } from './scripts/script-list.page.js';
import { ScriptNewPage } from './scripts/script-new.page.js';
import { ScriptPlanPage } from './scripts/script-plan.page.js';
import { ScriptReadingPage } from './scripts/script-reading.page.js';
import { ScriptSoundPage } from './scripts/script-sound.page.js';
import { ScriptSoundReadModel } from './scripts/script-sound.read-model.js';
import { ScriptVersionsPage } from './scripts/script-versions.page.js';
import { ScriptPage } from './scripts/script.page.js';
import { ScriptReadModel } from './scripts/script.read-model.js';
import { ScriptScreen } from './scripts/script-screen.js';
import { TemplatesPage } from './templates/templates.page.js';

/** The editor's home page, scripts from the first draft to the plan, and their templates. */
@Module({
  imports: [DirectivesModule, CampaignsModule, ScriptsModule, SpeechModule, AudioModule, ScheduleModule, PostsModule],
  controllers: [
    EditorHomePage,
    ScriptListPage,
    ScriptNewPage,
    ScriptPage,
    ScriptReadingPage,
    ScriptSoundPage,
    ScriptVersionsPage,
    ScriptPlanPage,
    TemplatesPage,
  ],
  providers: [EditorHomeReadModel, ScriptReadModel, ScriptSoundReadModel, ScriptScreen],
})
export class ScriptPagesModule {}
