import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Events } from '../database/events.js';
import { VersionSubmitted } from '../scripts/scripts.events.js';
import { requireDecided, ScriptReadings } from './decisions/script-readings.service.js';

/** Refuses the submission of a loudspeaker script while any character of it would not be spoken. */
@Injectable()
export class SpeechListener implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly readings: ScriptReadings,
  ) {}

  onModuleInit(): void {
    this.events.on(VersionSubmitted, async ({ versionId }, tx) => {
      const { script, reading } = await this.readings.of(versionId, tx);
      if (isLoudspeaker(script.channelKind)) requireDecided(reading);
    });
  }
}
