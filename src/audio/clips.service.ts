import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { hashOf, newId, sha256 } from '../shared/ids.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { Actor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Channels } from '../channels/channels.service.js';
import { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { Reader } from '../speech/reader.service.js';
import { Clip } from './clip.entity.js';
import { type ProfileName, profileNames } from './profiles.js';
import { RENDER_CLIP } from './render-clip.job.js';
import { renderPriority } from './render-priority.js';

/** Finished sound for script versions: one clip for each sound profile that its channels need. */
@Injectable()
export class Clips {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly channels: Channels,
    private readonly reader: Reader,
  ) {}

  /**
   * Asks for the clips of a version, and answers their ids. Equal words, voice and profile are the same clip and
   * cost nothing; a failed one is tried again. Throws 404, `no-sound` (422: not for a loudspeaker),
   * `not-readable` (422: a character that nobody would hear, named).
   */
  async request(actor: Actor, versionId: string): Promise<string[]> {
    const em = this.database.read();
    const version = await em.findOneBy(ScriptVersion, { id: versionId });
    const script = version && (await em.findOneBy(Script, { id: version.scriptId }));
    if (!version || !script) throw notFound();
    const profiles = await this.profilesOf(script);
    const spoken = await this.spoken(version.body);
    return this.database.write(async (tx) => {
      const ids: string[] = [];
      for (const profile of profiles) ids.push(await this.one(tx, actor, script, versionId, profile, spoken));
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

  private async one(
    tx: EntityManager,
    actor: Actor,
    script: Script,
    scriptVersionId: string,
    profile: ProfileName,
    spoken: string,
  ): Promise<string> {
    const { chain, espeakVoice, espeakRate } = this.config.voices;
    const inputsHash = hashOf({ spoken, profile, chain, espeakVoice, espeakRate });
    const old = await tx.findOneBy(Clip, { scriptVersionId, profile, inputsHash });
    if (old && old.state !== 'failed') return old.id;
    const id = old?.id ?? newId(this.clock.now());
    const priority = await this.priorityOf(tx, script);
    if (old) {
      await tx.update(Clip, { id, state: 'failed' }, { state: 'waiting', reason: null });
    } else {
      const createdAt = this.clock.now();
      const row = { id, scriptVersionId, profile, spoken, spokenHash: sha256(spoken), inputsHash, createdAt };
      await tx.insert(Clip, { ...row, state: 'waiting' });
    }
    const job = { name: RENDER_CLIP, key: id, payload: { clipId: id }, priority };
    await this.jobs.add(tx, { ...job, again: true, maxAttempts: 2 });
    const after = { scriptVersionId, profile };
    await this.audit.record(tx, actor, { action: 'clip.requested', entity: 'clip', entityId: id, after });
    return id;
  }

  private async priorityOf(tx: EntityManager, script: Script): Promise<number> {
    const campaign = await tx.findOneBy(Campaign, { id: script.campaignId });
    const waiting = await tx
      .createQueryBuilder(Clip, 'clip')
      .innerJoin(ScriptVersion, 'version', 'version.id = clip.scriptVersionId')
      .innerJoin(Script, 'script', 'script.id = version.scriptId')
      .where("clip.state = 'waiting'")
      .andWhere(script.unitId === null ? 'script.unitId IS NULL' : 'script.unitId = :unit', { unit: script.unitId })
      .getCount();
    return renderPriority(campaign?.bulletinClass ?? 'normal', waiting);
  }

  private async profilesOf(script: Script): Promise<ProfileName[]> {
    const channels = isLoudspeaker(script.channelKind) ? await this.channels.list(script.channelKind) : [];
    const wanted = new Set(channels.map((channel) => channel.profile as string));
    const profiles = profileNames.filter((name) => wanted.has(name));
    if (profiles.length > 0) return profiles;
    throw new DomainError('invalid', 'no-sound', {
      vi: 'Bài này không dành cho loa truyền thanh nên không cần bản thu.',
      en: 'This script is not for a loudspeaker.',
    });
  }

  private async spoken(text: string): Promise<string> {
    const { spoken, warnings } = await this.reader.read(text);
    const leftOver = warnings.filter((warning) => warning.kind === 'left-over').map((warning) => warning.source);
    if (leftOver.length === 0) return spoken;
    const list = [...new Set(leftOver)].join('  ');
    throw new DomainError(
      'invalid',
      'not-readable',
      { vi: `Có ký hiệu mà loa sẽ không đọc được: ${list}. Xin viết bằng chữ.`, en: `Nothing reads: ${list}` },
      { leftOver },
    );
  }
}
