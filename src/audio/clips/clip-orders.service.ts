import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId, sha256 } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import { Reserve } from '../../database/disk/reserve.js';
import { Job } from '../../jobs/job.entity.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Channels } from '../../channels/channels.service.js';
import type { Contribution } from '../../scripts/contribution.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ClipReady } from './clip.events.js';
import { Clip } from './clip.entity.js';
import { contributionsWith } from './clip-contributions.js';
import type { ClipForm } from './clip-form.js';
import { transitionClip } from './transition-clip.js';
import { type ProfileName, masteringProfileNames } from '../dsp/mastering-profiles.js';
import { RENDER_CLIP } from './render-clip.job.js';
import { renderPriority, URGENT } from '../render/render-priority.js';

/** What a clip is to be made of. Equal `inputsHash` in one version and profile is the same clip. */
export interface ClipOrder {
  readonly versionId: string;
  readonly script: Script;
  readonly profile: ProfileName;
  /** '' when nobody knows: a recording is heard, not read. */
  readonly spoken: string;
  readonly inputsHash: string;
  /** For what is read aloud. */
  readonly form?: ClipForm;
  /** Who is asked to read it, in order, and how fast, words a minute; missing for recordings. */
  readonly voices?: { readonly chain: readonly string[]; readonly rate: number };
  /** Whose corrections are in what is read aloud. */
  readonly readBy?: readonly Contribution[];
  /** For recordings; else known when it has been read. */
  readonly engine?: string;
  /** Of a recording: who sent it, and what it takes on the disk. */
  readonly upload?: { readonly uploadedBy: string | null; readonly uploadBytes: number };
  /** The id when the clip is new. */
  readonly id?: string;
}

/** Puts clips in the line, whether they are read aloud or were brought along. */
@Injectable()
export class ClipOrders {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly reserve: Reserve,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly channels: Channels,
  ) {}

  /**
   * The version, its script, the sound profiles that its channels need, and with `web` that of the web, and whether it is an emergency.
   * Throws 404; `no-sound` (422: not for a loudspeaker).
   */
  async forVersion(
    versionId: string,
    web = false,
  ): Promise<{ version: ScriptVersion; script: Script; profiles: ProfileName[]; urgent: boolean }> {
    const em = this.database.read();
    const version = await em.findOneBy(ScriptVersion, { id: versionId });
    const script = version && (await em.findOneBy(Script, { id: version.scriptId }));
    if (!version || !script) throw notFound();
    const channels = isLoudspeaker(script.channelKind) ? await this.channels.list(script.channelKind) : [];
    const wanted = new Set(channels.map((channel) => channel.profile as string));
    if (web && wanted.size > 0) wanted.add('web');
    const profiles = masteringProfileNames.filter((name) => wanted.has(name));
    const urgent = (await em.findOneBy(Campaign, { id: script.campaignId }))?.bulletinClass === 'emergency';
    if (profiles.length > 0) return { version, script, profiles, urgent };
    throw new DomainError('invalid', 'no-sound', {
      vi: 'Bài này không dành cho loa truyền thanh nên không cần bản thu.',
      en: 'This script is not for a loudspeaker.',
    });
  }

  /**
   * Orders a clip and answers its id, and whether it is still to be made. One that is there costs nothing; a failed one is tried again; one that is ready but was
   * followed by another becomes the newest again, which is the one that airs. Whoever changes nothing by asking has no hand in it.
   * The caller holds the version. Throws `no-room` (503).
   */
  async place(tx: EntityManager, actor: Actor, order: ClipOrder): Promise<{ id: string; waits: boolean }> {
    const { versionId: scriptVersionId, profile, spoken, inputsHash, engine = null, form = null, upload } = order;
    const old = await tx.findOneBy(Clip, { scriptVersionId, profile, inputsHash });
    if (old?.state === 'ready') await this.bringForward(tx, actor, old);
    if (old && old.state !== 'failed') return { id: old.id, waits: old.state === 'waiting' };
    const id = old?.id ?? order.id ?? newId(this.clock.now());
    const priority = await this.priorityOf(tx, order.script);
    await this.reserve.require(this.config.mediaDir, { urgent: priority === URGENT });
    const known = old ?? { id, engine, contributions: null };
    const contributions = contributionsWith(known, actor, { readBy: order.readBy });
    if (old) {
      await transitionClip(tx, { id, from: 'failed' }, 'waiting', { reason: null, contributions, ...upload });
    } else {
      const createdAt = this.clock.now();
      const asked = { scriptVersionId, profile, spoken, spokenHash: sha256(spoken), inputsHash, form };
      await tx.insert(Clip, { id, ...asked, ...upload, engine, contributions, createdAt, state: 'waiting' });
    }
    const job = { name: RENDER_CLIP, key: id, payload: { clipId: id, ...order.voices }, priority };
    await this.jobs.add(tx, { ...job, again: true, maxAttempts: 2 });
    const after = { scriptVersionId, profile, ...(engine ? { engine } : {}) };
    await this.audit.record(tx, actor, { action: 'clip.requested', entity: 'clip', entityId: id, after });
    return { id, waits: true };
  }

  /** Puts a clip whose row waits again in the line, with the voices it was ordered with. Throws `no-room` (503). */
  async again(tx: EntityManager, { id, scriptVersionId }: Clip): Promise<void> {
    const version = await tx.findOneByOrFail(ScriptVersion, { id: scriptVersionId });
    const script = await tx.findOneByOrFail(Script, { id: version.scriptId });
    const old = await tx.findOneBy(Job, { name: RENDER_CLIP, key: id });
    const priority = await this.priorityOf(tx, script);
    await this.reserve.require(this.config.mediaDir, { urgent: priority === URGENT });
    const job = { name: RENDER_CLIP, key: id, payload: old?.payload ?? { clipId: id }, priority };
    await this.jobs.add(tx, { ...job, again: true, maxAttempts: 2 });
  }

  private async bringForward(tx: EntityManager, actor: Actor, clip: Clip): Promise<void> {
    const { id, scriptVersionId, profile } = clip;
    const later = { scriptVersionId, profile, state: 'ready' as const, readyAt: MoreThan(clip.readyAt ?? 0) };
    if (!(await tx.existsBy(Clip, later))) return;
    const contributions = contributionsWith(clip, actor);
    await tx.update(Clip, { id }, { readyAt: this.clock.now(), contributions });
    await this.events.publish(tx, new ClipReady(id));
    const after = { scriptVersionId, profile };
    await this.audit.record(tx, actor, { action: 'clip.chosen', entity: 'clip', entityId: id, after });
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
}
