import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { FeedShelf } from './feed-shelf.service.js';
import { FeedsController } from './feeds.controller.js';
import { Feeds } from './feeds.service.js';

@Module({ imports: [AudioModule], controllers: [FeedsController], providers: [Feeds, FeedShelf], exports: [Feeds] })
export class FeedsModule {}
