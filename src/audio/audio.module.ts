import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { VersionClipsController } from './clips/version-clips.controller.js';
import { ClipOrders } from './clips/clip-orders.service.js';
import { Clips } from './clips/clips.service.js';
import { MediaCleanup } from './maintenance/media-cleanup.service.js';
import { MediaVerifier } from './maintenance/media-verifier.service.js';
import { RenderBoard } from './maintenance/render-board.service.js';
import { RenderClipJob } from './clips/render-clip.job.js';
import { RepairClipJob } from './maintenance/repair-clip.job.js';
import { IdentOrders } from './idents/ident-orders.service.js';
import { RenderStationIdentJob } from './idents/render-station-ident.job.js';
import { StationIdentsController } from './idents/station-idents.controller.js';
import { StationIdents } from './idents/station-idents.service.js';
import { ToolchainService } from './render/toolchain.service.js';
import { UploadQuota } from './clips/upload-quota.service.js';
import { UploadsController } from './clips/uploads.controller.js';
import { Uploads } from './clips/uploads.service.js';

@Module({
  imports: [SpeechModule],
  controllers: [VersionClipsController, UploadsController, StationIdentsController],
  providers: [
    Clips,
    ClipOrders,
    Uploads,
    UploadQuota,
    RenderClipJob,
    ToolchainService,
    MediaCleanup,
    MediaVerifier,
    RepairClipJob,
    IdentOrders,
    StationIdents,
    RenderStationIdentJob,
    RenderBoard,
  ],
  exports: [Clips, Uploads, ToolchainService, IdentOrders, StationIdents, RenderBoard],
})
export class AudioModule {}
