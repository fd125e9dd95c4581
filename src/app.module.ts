import { type DynamicModule, Module } from '@nestjs/common';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AudioModule } from './audio/audio.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import type { Clock } from './shared/clock.js';
import { DatabaseModule } from './database/database.module.js';
import { DirectivesModule } from './directives/directives.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { HttpModule } from './http/http.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PeopleModule } from './people/people.module.js';
import { PlaylistsModule } from './playlists/playlists.module.js';
import { PostsModule } from './posts/posts.module.js';
import { ProofModule } from './proof/proof.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ScheduleModule } from './schedule/schedule.module.js';
import { ScriptsModule } from './scripts/scripts.module.js';
import { SpeechModule } from './speech/speech.module.js';
import { StationsModule } from './stations/stations.module.js';

/** Assembles all modules in the order in which the data flows and in which they may import each other (README.md). */
@Module({
  imports: [
    DatabaseModule,
    JobsModule,
    HttpModule,
    PeopleModule,
    ChannelsModule,
    DirectivesModule,
    CampaignsModule,
    ScriptsModule,
    SpeechModule,
    AudioModule,
    ApprovalsModule,
    ScheduleModule,
    PlaylistsModule,
    StationsModule,
    PostsModule,
    FeedsModule,
    ProofModule,
    ReportsModule,
    PagesModule,
  ],
})
export class AppModule {
  /** config/ comes first: the caller brings the settings and the clock. */
  static with(config: Config, clock: Clock): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.with(config, clock)] };
  }
}
