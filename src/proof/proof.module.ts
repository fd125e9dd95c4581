import { Module } from '@nestjs/common';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { StationsModule } from '../stations/stations.module.js';
import { AsRunLog } from './as-run-log.service.js';
import { SlotProofController, StationLogController } from './station-log.controller.js';
import { Reconciliation } from './reconciliation.service.js';
import { SlotProofs } from './slot-proofs.service.js';
import { OperatorConfirmations } from './operator-confirmations.service.js';

@Module({
  imports: [ScheduleModule, StationsModule],
  controllers: [StationLogController, SlotProofController],
  providers: [AsRunLog, Reconciliation, SlotProofs, OperatorConfirmations],
  exports: [Reconciliation, SlotProofs, OperatorConfirmations],
})
export class ProofModule {}
