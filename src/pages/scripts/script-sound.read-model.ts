import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import { Clips } from '../../audio/clips/clips.service.js';
import { RENDER_CLIP } from '../../audio/clips/render-clip.job.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import type { SlotStatus } from '../../schedule/slots/slot-status.js';
import { Slot } from '../../schedule/slots/slot.entity.js';

/** Slots by state, and the number of channels that they are on. */
export interface SlotCounts {
  counts: Partial<Record<SlotStatus, number>>;
  channels: number;
}

/** `slotStatusOf` in SQL. */
const SLOT_STATUS_SQL = `CASE WHEN slot.state = 'missed' AND slot.no_word THEN 'no-word' ELSE slot.state END`;

/** Reads the audio side of a script version: its reading, its clips and their slots. */
@Injectable()
export class ScriptSoundReadModel {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clips: Clips,
    private readonly readings: ScriptReadings,
    private readonly speech: SpeechSettings,
  ) {}

  /** The reading with the decisions of people about it, and the rate of the unit's voice in words a minute. */
  async reading(versionId: string, unitId: string | null) {
    const { reading, decisions } = await this.readings.of(versionId);
    const { rate } = await this.speech.speechOf(unitId);
    return { reading, decisions, rate };
  }

  /** The newest clip of each mastering profile, with the job that renders it. */
  async newestClips(versionId: string) {
    const newest = new Map<string, Clip>();
    for (const clip of await this.clips.ofVersion(versionId)) {
      if (!newest.has(clip.profile)) newest.set(clip.profile, clip);
    }
    return Promise.all(
      [...newest.values()].map(async (clip) => ({ clip, job: await this.jobs.find(RENDER_CLIP, clip.id) })),
    );
  }

  async slots(clipIds: string[]): Promise<SlotCounts> {
    if (clipIds.length === 0) return { counts: {}, channels: 0 };
    const query = () =>
      this.database.read().createQueryBuilder(Slot, 'slot').where('slot.clipId IN (:...clipIds)', { clipIds });
    const rows = await query()
      .select(SLOT_STATUS_SQL, 'state')
      .addSelect('COUNT(*)', 'n')
      .groupBy(SLOT_STATUS_SQL)
      .getRawMany<{ state: SlotStatus; n: string | number }>();
    const channels = await query()
      .andWhere("slot.state <> 'cancelled'")
      .select('COUNT(DISTINCT slot.channelId)', 'n')
      .getRawOne<{ n: string | number }>();
    // PostgreSQL returns counts as text.
    return {
      counts: Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)])),
      channels: Number(channels?.n ?? 0),
    };
  }
}
