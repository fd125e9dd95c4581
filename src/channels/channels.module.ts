import { Global, Module } from '@nestjs/common';
import { ChannelEditor } from './channel-editor.service.js';
import { ChannelRulesController } from './channel-rules.controller.js';
import { ChannelsController } from './channels.controller.js';
import { Channels } from './channels.service.js';
import { Holidays } from './holidays.service.js';
import { LawController } from './law.controller.js';
import { Overrides } from './overrides.service.js';
import { Policies } from './policies.service.js';
import { SeedFiles } from './seed-files.js';
import { Windows } from './windows.service.js';

@Global()
@Module({
  controllers: [ChannelsController, ChannelRulesController, LawController],
  providers: [Channels, ChannelEditor, Windows, Overrides, Policies, Holidays, SeedFiles],
  exports: [Channels, ChannelEditor, Windows, Overrides, Policies, Holidays, SeedFiles],
})
export class ChannelsModule {}
