import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { VersionClipsController } from './clips.controller.js';
import { ClipOrders } from './clip-orders.service.js';
import { Clips } from './clips.service.js';
import { MediaKeeper } from './media-keeper.service.js';
import { MediaVerifier } from './media-verifier.service.js';
import { RenderBoard } from './render-board.service.js';
import { RenderClipJob } from './render-clip.job.js';
import { RepairClipJob } from './repair-clip.job.js';
import { CallOrders } from './station-calls/call-orders.service.js';
import { RenderStationCallJob } from './station-calls/render-station-call.job.js';
import { StationCallsController } from './station-calls/station-calls.controller.js';
import { StationCalls } from './station-calls/station-calls.service.js';
import { StudioService } from './studio.service.js';
import { UploadQuota } from './upload-quota.service.js';
import { UploadsController } from './uploads.controller.js';
import { Uploads } from './uploads.service.js';

@Module({
  imports: [SpeechModule],
  controllers: [VersionClipsController, UploadsController, StationCallsController],
  providers: [
    Clips,
    ClipOrders,
    Uploads,
    UploadQuota,
    RenderClipJob,
    StudioService,
    MediaKeeper,
    MediaVerifier,
    RepairClipJob,
    CallOrders,
    StationCalls,
    RenderStationCallJob,
    RenderBoard,
  ],
  exports: [Clips, Uploads, StudioService, CallOrders, StationCalls, RenderBoard],
})
export class AudioModule {}
