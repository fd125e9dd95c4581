import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { ClipAccess } from './clip-access.service.js';
import { ClipFilesController } from './clips.controller.js';
import { PlaylistKey } from './playlist-key.service.js';
import { PlaylistsController } from './playlists.controller.js';
import { Playlists } from './playlists.service.js';

@Module({
  imports: [AudioModule],
  controllers: [PlaylistsController, ClipFilesController],
  providers: [ClipAccess, PlaylistKey, Playlists],
  exports: [ClipAccess, PlaylistKey, Playlists],
})
export class PlaylistsModule {}
