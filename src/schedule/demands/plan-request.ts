import { DomainError } from '../../shared/domain-error.js';
import type { ChannelKind } from '../../shared/channel-kind.js';
import { countDays, type LocalDate, type LocalTime } from '../../shared/local-time.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { type ApprovedSound, isHeardOn, isPlayable, otherUnit } from '../slots/approved-content.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import type { SourcedDemand } from '../planning/planning.types.js';
import type { StoredSlot } from '../slots/slot-rows.js';

const MAX_SLOTS = 100_000;

/** What a campaign demands of some channels: all channels of a kind, or these. */
export interface DemandRequest {
  channelKind?: ChannelKind;
  channelIds?: readonly string[];
  clipId: string;
  minPlaysPerDay: number;
  maxPlaysPerDay?: number;
  /** The obligation that the plays answer. */
  obligationId?: string;
  /** Only on these days, 1 Monday … 7 Sunday. */
  weekdays?: readonly number[];
  /** Local hours in which the plays are placed while there is room, e.g. the peak hours. */
  preferred?: readonly { from: LocalTime; until: LocalTime }[];
  /** `even` (default): spread over the windows of the day. `earliest`: as early as there is room. */
  spread?: 'even' | 'earliest';
  /** Another script of the same obligation: both play (`together`, default), or this one takes its places (`replace`). */
  others?: 'together' | 'replace';
}

export interface DateRange {
  from: LocalDate;
  until: LocalDate;
}

/** The requested days that lie inside the campaign. Throws `outside-campaign` (422) when none does. */
export function daysOfCampaign(campaign: Pick<Campaign, 'from' | 'until'>, asked: DateRange): DateRange {
  if (asked.until < asked.from) {
    throw new DomainError(
      'invalid',
      'bad-horizon',
      { vi: 'Ngày cuối của kế hoạch đứng trước ngày đầu.', en: 'The plan ends before it begins.' },
      { field: 'until' },
    );
  }
  const from = asked.from > campaign.from ? asked.from : campaign.from;
  const until = asked.until < campaign.until ? asked.until : campaign.until;
  if (from <= until) return { from, until };
  throw outsideCampaign(campaign);
}

export function outsideCampaign(campaign: Pick<Campaign, 'from' | 'until'>): DomainError {
  return new DomainError(
    'invalid',
    'outside-campaign',
    {
      vi: `Đợt tuyên truyền chỉ kéo dài từ ${campaign.from} đến ${campaign.until}.`,
      en: `The campaign lasts from ${campaign.from} until ${campaign.until} only.`,
    },
    { field: 'from', from: campaign.from, until: campaign.until },
  );
}

/**
 * The planner's demands for one request: one for each clip that will be broadcast, since a channel plays the approved
 * clip mastered for its loudspeakers. Where a version has no such clip, the named clip plays: better than silence. The
 * id consists of source and clip, so that planning the same again makes the same keys. Throws `other-unit` (422).
 */
export function demandsOf(
  request: DemandRequest,
  sound: ApprovedSound,
  campaign: Pick<Campaign, 'id' | 'bulletinClass'>,
  days: DateRange,
  channels: readonly Pick<ChannelWithRules, 'channel'>[],
): SourcedDemand[] {
  const {
    obligationId,
    minPlaysPerDay,
    maxPlaysPerDay = minPlaysPerDay,
    weekdays,
    preferred,
    spread,
    others,
  } = request;
  const source = obligationId ?? campaign.id;
  const channelsOfClip = new Map<string, string[]>();
  const add = (clipId: string, channelId: string) => {
    const others = channelsOfClip.get(clipId);
    if (others) others.push(channelId);
    else channelsOfClip.set(clipId, [channelId]);
  };
  const profiles = new Map(channels.map(({ channel }) => [channel.id, channel.profile]));
  for (const id of wantedChannels(request, sound, channels)) {
    const profile = profiles.get(id);
    add(sound.siblings.find((clip) => clip.profile === profile && isPlayable(clip))?.id ?? sound.clip.id, id);
  }
  return [...channelsOfClip].map(([clipId, channelIds]) => ({
    id: `${source}:${clipId}`,
    source,
    scriptId: sound.script.id,
    ...(others === 'replace' && { replacesOthers: true }),
    hasObligation: obligationId !== undefined,
    obligationId: obligationId ?? null,
    campaignId: campaign.id,
    clipId,
    durationMs: sound.siblings.find(({ id }) => id === clipId)?.durationMs ?? sound.clip.durationMs,
    priority: campaign.bulletinClass,
    minPlaysPerDay,
    maxPlaysPerDay,
    from: days.from,
    until: days.until,
    ...(weekdays && { weekdays }),
    ...(preferred && { preferred }),
    ...(spread && { spread }),
    channelIds,
    title: sound.title,
  }));
}

/**
 * Gives each demand of a request a unique id. Throws `demand-twice` (422) when a clip is demanded of one channel twice:
 * the number of plays would be ambiguous.
 */
export function withNames(demands: readonly SourcedDemand[]): SourcedDemand[] {
  const seen = new Map<string, SourcedDemand[]>();
  return demands.map((demand) => {
    const others = seen.get(demand.id) ?? [];
    const shared = others.some(({ channelIds }) => channelIds.some((id) => demand.channelIds.includes(id)));
    if (shared) {
      throw new DomainError('invalid', 'demand-twice', {
        vi: `Bài “${demand.title ?? ''}” được yêu cầu hai lần trên cùng một kênh.`,
        en: `“${demand.title ?? ''}” is asked of one channel twice.`,
      });
    }
    seen.set(demand.id, [...others, demand]);
    return others.length === 0 ? demand : { ...demand, id: `${demand.id}:${others.length + 1}` };
  });
}

/**
 * Throws `too-many-slots` (413) for more than one request should plan: a province's two months of three plays a day are
 * 45,000 slots, and one transaction blocks all others while it writes.
 */
export function requireReasonable(demands: readonly SourcedDemand[], { from, until }: DateRange): void {
  const days = countDays(from, until);
  const plays = demands.reduce((sum, one) => sum + one.channelIds.length * one.maxPlaysPerDay * days, 0);
  if (plays < MAX_SLOTS) return;
  throw new DomainError(
    'too-large',
    'too-many-slots',
    {
      vi: `Yêu cầu này có thể lên tới ${plays} lượt phát, quá ${MAX_SLOTS}; hãy chia theo tháng hoặc theo kênh.`,
      en: `This could reach ${plays} slots, above ${MAX_SLOTS}; split it by month or by channel.`,
    },
    { field: 'demands', plays, most: MAX_SLOTS },
  );
}

/** Ids that are no active loudspeaker channel stay in: the planner reports each as not in service. */
function wantedChannels(
  request: DemandRequest,
  { script }: ApprovedSound,
  channels: readonly Pick<ChannelWithRules, 'channel'>[],
) {
  if (request.channelIds === undefined) {
    return channels
      .filter(({ channel }) => channel.kind === request.channelKind && isHeardOn(script, channel))
      .map(({ channel }) => channel.id);
  }
  const ids = [...new Set(request.channelIds)];
  const foreign = channels.find(({ channel }) => ids.includes(channel.id) && !isHeardOn(script, channel));
  if (foreign) throw otherUnit(foreign.channel.name);
  return ids;
}

/**
 * Assigns stored slots to demands. A slot belongs to the demand of the same source and clip on its channel. When an
 * obligation now plays another clip of the same script, its older slots belong to that demand too, so that the planner
 * replaces them. Slots of another script do only when the demand replaces others: two scripts of one obligation both
 * play. Without an obligation, two clips of one campaign are separate demands. `scriptOf`: the script of each clip.
 */
export function withDemands<T extends Pick<StoredSlot, 'channelId' | 'campaignId' | 'obligationId' | 'clipId'>>(
  slots: readonly T[],
  demands: readonly SourcedDemand[],
  scriptOf: ReadonlyMap<string, string>,
): (T & { demandId?: string })[] {
  const bySourceAndChannel = new Map<string, SourcedDemand[]>();
  for (const demand of demands) {
    for (const channelId of demand.channelIds) {
      const key = `${demand.source}|${channelId}`;
      const others = bySourceAndChannel.get(key);
      if (others) others.push(demand);
      else bySourceAndChannel.set(key, [demand]);
    }
  }
  return slots.map((slot) => {
    const source = slot.obligationId ?? slot.campaignId;
    const candidates = bySourceAndChannel.get(`${source}|${slot.channelId}`) ?? [];
    const script = slot.clipId === undefined ? undefined : scriptOf.get(slot.clipId);
    const successors = candidates.filter(
      (one) => one.hasObligation && (one.replacesOthers || (script !== undefined && one.scriptId === script)),
    );
    const successor = successors.length === 1 ? successors[0] : undefined;
    const demand = candidates.find(({ clipId }) => clipId === slot.clipId) ?? successor;
    return demand ? { ...slot, demandId: demand.id } : slot;
  });
}
