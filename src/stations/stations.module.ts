import { Global, Module } from '@nestjs/common';
import { DeviceAccess } from '../people/access/device-access.js';
import { AudioModule } from '../audio/audio.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { AnchorWatch } from './anchor-watch.service.js';
import { CopyWatch } from './copy-watch.service.js';
import { Silence } from './silence.service.js';
import { StationController } from './station.controller.js';
import { StationChannels } from './station-channels.service.js';
import { StationGuard } from './station.guard.js';
import { StationDownloads } from './station-downloads.service.js';
import { StationsController } from './stations.controller.js';
import { Stations } from './stations.service.js';

@Global()
@Module({
  imports: [AudioModule, PlaylistsModule],
  controllers: [StationsController, StationController],
  providers: [
    AnchorWatch,
    Stations,
    Silence,
    CopyWatch,
    StationChannels,
    { provide: DeviceAccess, useClass: StationGuard },
    StationDownloads,
  ],
  exports: [Stations, Silence, DeviceAccess],
})
export class StationsModule {}
