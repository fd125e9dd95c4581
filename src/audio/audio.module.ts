import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { VersionClipsController } from './clips.controller.js';
import { Clips } from './clips.service.js';
import { MediaKeeper } from './media-keeper.service.js';
import { RenderClipJob } from './render-clip.job.js';
import { StudioService } from './studio.service.js';

@Module({
  imports: [SpeechModule],
  controllers: [VersionClipsController],
  providers: [Clips, RenderClipJob, StudioService, MediaKeeper],
  exports: [Clips, StudioService],
})
export class AudioModule {}
