import { Module } from '@nestjs/common';
import { Silence } from './silence.service.js';
import { StationController } from './station.controller.js';
import { StationGuard } from './station.guard.js';
import { StationsController } from './stations.controller.js';
import { Stations } from './stations.service.js';

@Module({
  controllers: [StationsController, StationController],
  providers: [Stations, Silence, StationGuard],
  exports: [Stations, Silence, StationGuard],
})
export class StationsModule {}
