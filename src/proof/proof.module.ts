import { Module } from '@nestjs/common';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { AsRunLog } from './as-run.service.js';
import { SlotProofController, StationLogController } from './proof.controller.js';
import { Settlement } from './settlement.service.js';
import { SlotProofs } from './slot-proof.service.js';
import { Ticks } from './ticks.service.js';

@Module({
  imports: [ScheduleModule, StationsModule],
  controllers: [StationLogController, SlotProofController],
  providers: [AsRunLog, Settlement, SlotProofs, Ticks],
  exports: [Settlement, SlotProofs, Ticks],
})
export class ProofModule {}
