import { Injectable } from '@nestjs/common';
import { ClockWatch } from './clock-watch.service.js';
import { HouseCopy } from './house-copy.service.js';

/**
 * The one check before everything that is sent out of the installation or concluded for good: posting, settling, taking
 * logs.
 */
@Injectable()
export class MayAct {
  constructor(
    private readonly copy: HouseCopy,
    private readonly clockWatch: ClockWatch,
  ) {}

  /** Throws `house-passive` and `clock-in-doubt` (503): worth another try later. */
  require(): void {
    this.copy.requireActive();
    this.clockWatch.requireSure();
  }

  now(): boolean {
    return this.copy.passive === null && this.clockWatch.doubt() === null;
  }

  /** Called whenever a doubt about the time has ended. */
  whenSure(action: () => void): void {
    this.clockWatch.whenSure(action);
  }
}
