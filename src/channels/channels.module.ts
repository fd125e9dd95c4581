import { Global, Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller.js';
import { Channels } from './channels.service.js';
import { SeedFiles } from './seed-files.js';

@Global()
@Module({ controllers: [ChannelsController], providers: [Channels, SeedFiles], exports: [Channels, SeedFiles] })
export class ChannelsModule {}
