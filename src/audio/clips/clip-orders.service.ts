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
import { loudspeakers } from '../../channels/channels-with-rules.js';
import type { Contribution } from '../../scripts/contribution.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { ClipReady } from './clip.events.js';
import { Clip } from './clip.entity.js';
import { contributionsWith } from './clip-contributions.js';
import { clipLabel } from './clip-label.js';
import type { ClipForm } from './clip-form.js';
import { transitionClip } from './transition-clip.js';
import { type ProfileName, masteringProfileNames } from '../dsp/mastering-profiles.js';
import { RENDER_CLIP } from './render-clip.job.js';
import { renderPriority, URGENT } from '../render/render-priority.js';

/** Inputs of a clip. Equal `inputsHash` in one version and profile means the same clip. */
export interface ClipOrder {
  readonly versionId: string;
  readonly script: Script;
  readonly profile: ProfileName;
  /** '' for a recording, whose words are unknown. */
  readonly spoken: string;
  readonly inputsHash: string;
  /** For read-aloud clips. */
  readonly form?: ClipForm;
  /** Voices in order of preference, and the rate in words a minute; missing for recordings. */
  readonly voices?: { readonly chain: readonly string[]; readonly rate: number };
  /** Authors of the corrections in the reading. */
  readonly readBy?: readonly Contribution[];
  /** For recordings; otherwise known after the reading. */
  readonly engine?: string;
  /** For a recording: the sender, and its size on the disk. */
  readonly upload?: { readonly uploadedBy: string | null; readonly uploadBytes: number };
  /** The id of a new clip. */
  readonly id?: string;
}

/** Enqueues clips, synthesised or uploaded. */
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
  ) {}

  /**
   * The version, its script, the sound profiles that its channels need (with `web` also that of the web), and whether
   * it is an emergency. Throws 404; `no-sound` (422: not for a loudspeaker).
   */
  async forVersion(
    versionId: string,
    web = false,
  ): Promise<{ version: ScriptVersion; script: Script; profiles: ProfileName[]; urgent: boolean }> {
    const em = this.database.read();
    const version = await em.findOneBy(ScriptVersion, { id: versionId });
    const script = version && (await em.findOneBy(Script, { id: version.scriptId }));
    if (!version || !script) throw notFound();
    const channels = isLoudspeaker(script.channelKind) ? await loudspeakers(em, { kind: script.channelKind }) : [];
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
   * Orders a clip; returns its id and whether it is queued. An existing clip costs nothing, and a failed one is tried
   * again. A ready one that was followed by another becomes the newest again, which is the one that airs. A request
   * that changes nothing adds no contribution. The caller holds the version. Throws `no-room` (503).
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
    const label = await clipLabel(tx, scriptVersionId, order.script);
    const job = { name: RENDER_CLIP, key: id, payload: { clipId: id, ...order.voices, label }, priority };
    await this.jobs.add(tx, { ...job, again: true, maxAttempts: 2 });
    const after = { scriptVersionId, profile, ...(engine ? { engine } : {}) };
    await this.audit.record(tx, actor, { action: 'clip.requested', entity: 'clip', entityId: id, after });
    return { id, waits: true };
  }

  /** Enqueues a clip whose row waits again, with its original voices. Throws `no-room` (503). */
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
