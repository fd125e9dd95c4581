import { existsSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { hashOf } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { holdVersion } from '../../scripts/hold-version.js';
import { readingContributions } from '../../speech/decisions/reading-contributions.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import { holdRevision } from '../../speech/scope/speech-revision.entity.js';
import { Clip } from './clip.entity.js';
import { contributionsWith } from './clip-contributions.js';
import { type AskedClips, formFor, plainOrder } from './clip-form.js';
import { ClipOrders } from './clip-orders.service.js';
import { estimateClipSeconds, requireClipLength } from '../mix/estimate.js';
import { transitionClip } from './transition-clip.js';
import { RENDER_CLIP } from './render-clip.job.js';
import { UPLOADED, uploadLost, UploadStore } from '../store/upload-store.js';

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
   * Requests the read-aloud clips of a version; returns their ids. Equal words, voice, profile and form are the same
   * clip and cost nothing; a failed one is tried again. Throws 404, `no-sound` (422: not for a loudspeaker),
   * `reading-undecided` (422: names a character that has no reading), `clip-too-long` (422), `no-room` (503).
   */
  async request(actor: Actor, versionId: string, asked: AskedClips = plainOrder): Promise<string[]> {
    const { version, script, profiles } = await this.orders.forVersion(versionId, asked.web);
    const { espeakVoice, fpt, sherpaDir } = this.config.voices;
    const { voices: chain, rate } = await this.speech.speechOf(script.unitId);
    const voices = { chain, espeakVoice, espeakRate: rate, fptVoice: fpt.voice, sherpaDir };
    return this.database.write(async (tx) => {
      // Hold the version: the reading and the authors of its corrections must be of one moment.
      await holdVersion(tx, versionId);
      await holdRevision(tx);
      const spoken = await this.readings.spoken(versionId, tx);
      requireClipLength(estimateClipSeconds(spoken, { rate, repeat: asked.repeat }));
      const readBy = (await readingContributions(tx, [{ script, version }])).get(versionId);
      const ids: string[] = [];
      for (const profile of profiles) {
        const form = formFor(profile, asked);
        // Leave a plain form out of the hash, so that clips from before forms existed stay the same clips.
        const inputsHash = hashOf({ spoken, profile, ...voices, ...(form.repeat || form.bed ? { form } : {}) });
        const order = { versionId, script, profile, spoken, inputsHash, form, voices: { chain, rate }, readBy };
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

  /** One clip of a version. Throws 404. */
  async one(scriptVersionId: string, id: string): Promise<Clip> {
    const clip = await this.database.read().findOneBy(Clip, { id, scriptVersionId });
    if (!clip) throw notFound();
    return clip;
  }

  /** Stops the rendering; `why` is shown with the clip. False when there is nothing to stop. */
  cancel(actor: Actor, scriptVersionId: string, clipId: string, why = ''): Promise<boolean> {
    return this.database.write(async (tx) => {
      const reason = why ? `Đã dừng: ${why}` : 'Đã dừng theo yêu cầu.';
      const which = { id: clipId, from: 'waiting' as const, scriptVersionId };
      if (!(await transitionClip(tx, which, 'failed', { reason }))) return false;
      await this.jobs.cancel(tx, RENDER_CLIP, clipId);
      const after = { scriptVersionId, reason };
      await this.audit.record(tx, actor, { action: 'clip.cancelled', entity: 'clip', entityId: clipId, after });
      return true;
    });
  }

  /**
   * Enqueues a failed clip again, as it was ordered; `why` is for the audit. Throws 404, `clip-not-failed` (409),
   * `upload-lost` (422), `no-room` (503).
   */
  async retry(actor: Actor, scriptVersionId: string, id: string, why: string): Promise<void> {
    const clip = await this.one(scriptVersionId, id);
    if (clip.engine === UPLOADED && !existsSync(new UploadStore(this.config.mediaDir).fileOf(id))) throw uploadLost();
    await this.database.write(async (tx) => {
      await holdVersion(tx, scriptVersionId);
      const contributions = contributionsWith(await tx.findOneByOrFail(Clip, { id }), actor, { again: true });
      const change = { reason: null, contributions };
      if (!(await transitionClip(tx, { id, from: 'failed' }, 'waiting', change))) throw notFailed();
      const before = { reason: clip.reason };
      await this.orders.again(tx, clip);
      const after = { scriptVersionId, reason: why };
      await this.audit.record(tx, actor, { action: 'clip.retried', entity: 'clip', entityId: id, before, after });
    });
  }
}

function notFailed(): DomainError {
  return new DomainError('conflict', 'clip-not-failed', {
    vi: 'Bản thu này không hỏng nên không cần làm lại.',
    en: 'This clip has not failed.',
  });
}
