import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import type { Job } from '../../jobs/job.entity.js';
import type { Actor } from '../../people/access/actor.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { Units } from '../../people/units/units.service.js';
import { Obligation } from '../../directives/obligation.entity.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Campaigns } from '../../campaigns/campaigns.service.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Scripts } from '../../scripts/scripts.service.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import type { Reading } from '../../speech/reading/text/reading.js';
import type { ReadingDecision } from '../../speech/decisions/reading-decision.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { PostList, type ShownPost } from '../../posts/post-list.service.js';
import { PeopleNames } from '../visit/people-names.js';
import { ScriptSoundReadModel, type SlotCounts } from './script-sound.read-model.js';
import type { Sibling } from './variants.view.js';

/** Everything that the screen of one script shows. */
export interface ScriptFacts {
  script: Script;
  /** Newest first; the first is the current version. */
  versions: [ScriptVersion, ...ScriptVersion[]];
  campaign: Campaign;
  unit: Unit | null;
  /** The directive's obligations for this kind of channel. */
  obligations: Obligation[];
  /** Decisions on all versions, newest first. */
  approvals: Approval[];
  /** Names by id of the channels in approvals' scopes. */
  channelNames: ReadonlyMap<string, string>;
  /** The newest clip of each mastering profile of the latest version. */
  clips: { clip: Clip; job: Job | null }[];
  /** Null for a channel kind without audio. */
  reading: Reading | null;
  /** Decisions of people about the reading of this script, newest first. */
  readingDecisions: ReadingDecision[];
  /** Words a minute of the unit's voice, for the estimate. */
  rate: number;
  /** The scripts of the campaign, each with its latest version, this one among them. */
  siblings: Sibling[];
  /** Slots of the latest version by state, and the number of channels that they are on. */
  slots: SlotCounts;
  posts: ShownPost[];
  nameOf: (accountId: string | null) => string;
}

@Injectable()
export class ScriptReadModel {
  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly campaigns: Campaigns,
    private readonly scripts: Scripts,
    private readonly sound: ScriptSoundReadModel,
    private readonly posts: PostList,
    private readonly names: PeopleNames,
  ) {}

  /** Throws 404 for a missing script. */
  async of(actor: Actor, scriptId: string): Promise<ScriptFacts> {
    const em = this.database.read();
    const { script, versions } = await this.scripts.versions(scriptId);
    const [latest, ...older] = versions;
    if (!latest) throw notFound();
    const campaign = await this.campaigns.require(em, script.campaignId);
    const byAssignment = { assignment: 'ASC' } as const;
    const where = { directiveId: campaign.directiveId, channelKind: script.channelKind };
    const ids = versions.map(({ id }) => id);
    const approvals = await em.find(Approval, { where: { scriptVersionId: In(ids) }, order: { decidedAt: 'DESC' } });
    const spoken = isLoudspeaker(script.channelKind) ? await this.sound.reading(latest.id, script.unitId) : null;
    const people = [
      ...(spoken?.decisions ?? []).map(({ decidedBy }) => decidedBy),
      ...versions.map(({ authorId }) => authorId),
      ...approvals.flatMap(({ decidedBy, voidedBy, stoppedBy }) => [decidedBy, voidedBy, stoppedBy]),
    ];
    const clips = await this.sound.newestClips(latest.id);
    return {
      script,
      versions: [latest, ...older],
      campaign,
      unit: script.unitId ? await this.units.byId(script.unitId) : null,
      obligations: await em.find(Obligation, { where, order: byAssignment }),
      approvals,
      channelNames: await this.channelNames(approvals),
      clips,
      reading: spoken?.reading ?? null,
      readingDecisions: spoken?.decisions ?? [],
      rate: spoken?.rate ?? 0,
      siblings: await this.scripts.list({ campaignId: script.campaignId }),
      slots: await this.sound.slots(clips.map(({ clip }) => clip.id)),
      posts: script.channelKind === 'fanpage' ? await this.postsOf(actor, latest) : [],
      nameOf: await this.names.of(people),
    };
  }

  private async channelNames(approvals: readonly Approval[]): Promise<Map<string, string>> {
    const ids = [...new Set(approvals.flatMap(({ scope }) => scope?.channelIds ?? []))];
    const found = ids.length > 0 ? await this.database.read().findBy(Channel, { id: In(ids) }) : [];
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  private async postsOf(actor: Actor, version: ScriptVersion): Promise<ShownPost[]> {
    const { campaignId } = (await this.scripts.versions(version.scriptId)).script;
    const all = await this.posts.list(actor, { campaignId });
    return all.filter(({ post }) => post.scriptVersionId === version.id);
  }
}
