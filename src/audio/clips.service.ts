import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { hashOf } from '../shared/ids.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { Actor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { ScriptReadings } from '../speech/decisions/script-readings.service.js';
import { SpeechSettings } from '../speech/settings/speech-settings.service.js';
import { Clip } from './clip.entity.js';
import { ClipOrders } from './clip-orders.service.js';
import { RENDER_CLIP } from './render-clip.job.js';

/** Finished sound for script versions: one clip for each sound profile that its channels need. */
@Injectable()
export class Clips {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly orders: ClipOrders,
    private readonly readings: ScriptReadings,
    private readonly speech: SpeechSettings,
  ) {}

  /**
   * Asks for the clips of a version, read aloud, and answers their ids. Equal words, voice and profile are the same clip and
   * cost nothing; a failed one is tried again. Throws 404, `no-sound` (422: not for a loudspeaker),
   * `reading-undecided` (422: a character that nobody would hear, named).
   */
  async request(actor: Actor, versionId: string): Promise<string[]> {
    const { script, profiles } = await this.orders.forVersion(versionId);
    const spoken = await this.readings.spoken(versionId);
    const { espeakVoice, fpt, sherpaDir } = this.config.voices;
    const { voices: chain, rate } = await this.speech.speechOf(script.unitId);
    const voices = { chain, espeakVoice, espeakRate: rate, fptVoice: fpt.voice, sherpaDir };
    return this.database.write(async (tx) => {
      const ids: string[] = [];
      for (const profile of profiles) {
        const inputsHash = hashOf({ spoken, profile, ...voices });
        const order = { versionId, script, profile, spoken, inputsHash, voices: { chain, rate } };
        const { id } = await this.orders.place(tx, actor, order);
        ids.push(id);
      }
      return ids;
    });
  }

  /** Clips of a version, newest first. */
  ofVersion(versionId: string): Promise<Clip[]> {
    return this.database
      .read()
      .find(Clip, { where: { scriptVersionId: versionId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  ofVersions(versionIds: string[]): Promise<Clip[]> {
    return this.database.read().findBy(Clip, { scriptVersionId: In(versionIds) });
  }

  /** False when there is nothing to stop. */
  cancel(actor: Actor, scriptVersionId: string, clipId: string): Promise<boolean> {
    return this.database.write(async (tx) => {
      const change = { state: 'failed' as const, reason: 'Đã dừng theo yêu cầu.' };
      const done = await tx.update(Clip, { id: clipId, scriptVersionId, state: 'waiting' }, change);
      if (done.affected !== 1) return false;
      await this.jobs.cancel(tx, RENDER_CLIP, clipId);
      await this.audit.record(tx, actor, { action: 'clip.cancelled', entity: 'clip', entityId: clipId });
      return true;
    });
  }
}
