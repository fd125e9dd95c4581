import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { FeedCache } from './feed-cache.service.js';
import { FeedsController } from './feeds.controller.js';
import { Feeds } from './feeds.service.js';

@Module({ imports: [AudioModule], controllers: [FeedsController], providers: [Feeds, FeedCache], exports: [Feeds] })
export class FeedsModule {}
