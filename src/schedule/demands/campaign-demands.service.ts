import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { hashOf, newId } from '../../shared/ids.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import type { Actor } from '../../people/access/actor.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { isChannelWithin, isClassWithin } from '../../approvals/scope.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { CampaignDemand } from './campaign-demand.entity.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import { type DateRange, type DemandRequest, demandsOf, withNames } from './plan-request.js';
import type { SourcedDemand } from '../planning/planning.types.js';
import { type ClipScript, clipScripts } from './clip-scripts.js';
import { demandClips } from './demand-clips.js';

export interface DemandScope {
  campaignIds?: readonly string[];
  /** Only demands on these channels. */
  channelIds?: readonly string[];
  /** Local days; days outside are ignored. */
  from: string;
  until: string;
}

export interface ActiveDemands {
  /** Demands whose clips are approved. */
  demands: SourcedDemand[];
  /**
   * Demands whose clips are not, or no longer, approved, or not for these days and channels: nothing can be placed for
   * them.
   */
  silent: SourcedDemand[];
  campaigns: ReadonlyMap<string, Campaign>;
  fillToMax: boolean;
}

/** What plans have demanded: stored with a plan, used again when something under it changes. */
@Injectable()
export class CampaignDemands {
  constructor(
    private readonly clock: Clock,
    private readonly approvals: Approvals,
  ) {}

  /**
   * Stores the demands of a plan. The same demand again replaces the older one; its days reach from the first requested
   * to the last. Returns, in the order of the demands, when each was first asked.
   */
  async store(
    tx: EntityManager,
    actor: Actor,
    campaignId: string,
    plan: DateRange & { demands: readonly DemandRequest[]; fillToMax?: boolean },
  ): Promise<Instant[]> {
    const askedAt = this.clock.now();
    const since: Instant[] = [];
    const scripts = await clipScripts(
      tx,
      plan.demands.map(({ clipId }) => clipId),
    );
    for (const request of plan.demands) {
      const key = keyOf(request, scripts);
      const fresh = { request, fillToMax: plan.fillToMax ?? false, askedAt, askedBy: actor.accountId };
      const id = newId(askedAt);
      const row = { id, campaignId, key, from: plan.from, until: plan.until, since: askedAt, ...fresh };
      // Insert first: the unique index decides between two people who plan the same demand at once.
      await tx.createQueryBuilder().insert().into(CampaignDemand).values(row).orIgnore().updateEntity(false).execute();
      const old = await tx.findOneByOrFail(CampaignDemand, { campaignId, key });
      since.push(old.since);
      if (old.id === id) continue;
      const from = old.from < plan.from ? old.from : plan.from;
      const until = old.until > plan.until ? old.until : plan.until;
      await tx.update(CampaignDemand, { id: old.id }, { ...fresh, from, until });
    }
    return since;
  }

  /**
   * The demands of open campaigns in this scope. With `hold`, they and their approvals are locked until the transaction
   * ends. When two demands name one clip and channel, the later one counts; a demand that replaces others silences the
   * older ones of its obligation on its channels.
   */
  async active(
    em: EntityManager,
    scope: DemandScope,
    channels: readonly Pick<ChannelWithRules, 'channel'>[],
    hold: boolean,
  ): Promise<ActiveDemands> {
    const where = { state: 'open' as const, ...(scope.campaignIds && { id: In([...scope.campaignIds]) }) };
    const held = hold && em.dataSource.options.type === 'postgres' && { lock: { mode: 'pessimistic_read' as const } };
    const open = await em.find(Campaign, { where, order: { id: 'ASC' }, ...held });
    const campaigns = new Map(open.map((campaign) => [campaign.id, campaign]));
    const rows = await em.find(CampaignDemand, {
      where: { campaignId: In([...campaigns.keys()]) },
      order: { askedAt: 'DESC', id: 'DESC' },
    });
    const kinds = new Map(channels.map(({ channel }) => [channel.id, channel.kind]));
    const found: ActiveDemands = { demands: [], silent: [], campaigns, fillToMax: false };
    const taken = new Set<string>();
    const replaced = new Set<string>();
    const requested = rows.flatMap((row) => {
      const campaign = campaigns.get(row.campaignId);
      const wanted = campaign && within(within(row, campaign), scope);
      return campaign && wanted && wanted.from <= wanted.until ? [{ row, campaign, wanted }] : [];
    });
    const sounds = await demandClips(
      em,
      requested.map(({ row }) => row),
      hold,
    );
    for (const { row, campaign, wanted } of requested) {
      const its = sounds.get(row.id);
      if (!its) continue;
      const { sound, approved } = its;
      // Automatic planning stays within the approval; beyond it a person must ask, and gets the refusal.
      const allowed = sound.approval?.scope;
      const urgent = allowed ? isClassWithin(campaign.bulletinClass, allowed.bulletinClass) : true;
      const parts = demandsOf(row.request, sound, campaign, wanted, channels);
      for (const part of parts) {
        const demand = { ...part, since: row.since };
        const asked = demand.channelIds.filter((id) => {
          const key = `${demand.id}|${id}`;
          if (
            taken.has(key) ||
            (demand.hasObligation && replaced.has(`${demand.source}|${id}`)) ||
            scope.channelIds?.includes(id) === false
          )
            return false;
          taken.add(key);
          return true;
        });
        const mayHear = (id: string) => {
          const kind = kinds.get(id);
          return approved && urgent && (!allowed || isChannelWithin(allowed, sound.script.channelKind, { id, kind }));
        };
        const add = (to: SourcedDemand[], channelIds: string[], days: DateRange) => {
          if (channelIds.length > 0 && days.from <= days.until) to.push({ ...demand, channelIds, ...days });
        };
        const heard = asked.filter(mayHear);
        add(found.demands, heard, allowed ? within(wanted, allowed) : wanted);
        add(
          found.silent,
          asked.filter((id) => !mayHear(id)),
          wanted,
        );
        if (allowed) {
          add(found.silent, heard, within(wanted, { from: wanted.from, until: addDays(allowed.from, -1) }));
          add(found.silent, heard, within(wanted, { from: addDays(allowed.until, 1), until: wanted.until }));
        }
        found.fillToMax ||= row.fillToMax;
      }
      for (const { source, channelIds, replacesOthers } of parts) {
        if (replacesOthers) for (const id of channelIds) replaced.add(`${source}|${id}`);
      }
    }
    return { ...found, demands: withNames(found.demands) };
  }

  /**
   * Called when a version was approved: demands that played an older clip of its script, or a clip that was made again,
   * now play the new clip of the same sound profile. Returns the campaigns concerned.
   */
  async follow(tx: EntityManager, versionId: string): Promise<{ campaignId: string; title: string }[]> {
    const { script, version, clips } = await this.approvals.content(tx, versionId);
    const rows = await tx.findBy(CampaignDemand, { campaignId: script.campaignId });
    let concerned = false;
    for (const row of rows) {
      const old = await tx.findOneBy(Clip, { id: row.request.clipId });
      const its = old && (await tx.findOneBy(ScriptVersion, { id: old.scriptVersionId }));
      if (!old || its?.scriptId !== script.id) continue;
      const fresh =
        clips.find(({ profile }) => profile === old.profile) ?? clips.find(({ profile }) => profile !== 'web');
      if (!fresh) continue;
      concerned = true;
      const request = { ...row.request, clipId: fresh.id };
      const key = keyOf(request, new Map([[fresh.id, { scriptId: script.id, title: version.title }]]));
      const other = rows.find((one) => one.key === key && one.id !== row.id);
      if (other) await tx.delete(CampaignDemand, { id: other.id });
      await tx.update(CampaignDemand, { id: row.id }, { request: request as object, key });
    }
    return concerned ? [{ campaignId: script.campaignId, title: version.title }] : [];
  }

  /** Extends demands that reached the end of the campaign to its new end. Returns false when there are none. */
  async extend(tx: EntityManager, campaignId: string, before: LocalDate, until: LocalDate): Promise<boolean> {
    const rows = await tx.findBy(CampaignDemand, { campaignId });
    const toTheEnd = rows.filter((row) => row.until >= before || row.until > until);
    for (const { id } of toTheEnd) await tx.update(CampaignDemand, { id }, { until });
    return toTheEnd.length > 0;
  }
}

function keyOf(
  { obligationId, clipId, channelKind, channelIds }: DemandRequest,
  scripts: ReadonlyMap<string, ClipScript>,
): string {
  const channels = channelKind ?? hashOf([...new Set(channelIds)].sort());
  return obligationId === undefined
    ? `${clipId}|${channels}`
    : `${obligationId}|${scripts.get(clipId)?.scriptId ?? clipId}|${channels}`;
}

function within(a: DateRange, b: DateRange): DateRange {
  return { from: a.from > b.from ? a.from : b.from, until: a.until < b.until ? a.until : b.until };
}
