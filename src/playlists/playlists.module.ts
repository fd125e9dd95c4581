import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { ClipAccess } from './clip-access.service.js';
import { ClipFilesController } from './clip-files.controller.js';
import { SlotAuthority } from './authority/slot-authority.service.js';
import { SealsInForce } from './authority/seals-in-force.service.js';
import { LeftOutItems } from './left-out-items.service.js';
import { PlaylistKey } from './playlist-key.service.js';
import { PlaylistsController } from './playlists.controller.js';
import { PlaylistSender } from './playlist-sender.service.js';
import { DayBuilder } from './day-builder.service.js';
import { PlaylistsListener } from './playlists.listener.js';
import { Playlists } from './playlists.service.js';

@Module({
  imports: [AudioModule],
  controllers: [PlaylistsController, ClipFilesController],
  providers: [
    ClipAccess,
    DayBuilder,
    LeftOutItems,
    PlaylistKey,
    Playlists,
    PlaylistsListener,
    PlaylistSender,
    SlotAuthority,
    SealsInForce,
  ],
  exports: [ClipAccess, PlaylistKey, Playlists, PlaylistSender, SlotAuthority],
})
export class PlaylistsModule {}
