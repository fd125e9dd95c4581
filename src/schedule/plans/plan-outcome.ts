import type { ChannelKind } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import type { Plan, PlanDemand, PlanShortfall } from '../planning/planning.types.js';
import type { Difference } from '../slots/slot-difference.js';
import type { Slot } from '../slots/slot.entity.js';

export interface PlacedSlot {
  /** Absent in a dry run. */
  id?: string;
  key: string;
  channelId: string;
  channelCode: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
  clipId: string;
  why: string;
}

/** Plays of one script. */
export interface ScriptPlays {
  title: string;
  plays: number;
}

export interface PlanOutcome {
  dryRun: boolean;
  placed: PlacedSlot[];
  /** How many of `placed` are on channels of each kind. */
  counts: Partial<Record<ChannelKind, number>>;
  /** Minimums that cannot be met, with the reason and suggestions. */
  shortfalls: (PlanShortfall & { channelCode: string | null; channelName: string | null })[];
  /** Slots of these demands that existed already and stay. */
  kept: number;
  /** Those of `kept` that play another clip: an earlier script of the same obligation, too late to be replaced. */
  keptOfOthers: number;
  /** How many plays of which script are cancelled. */
  cancelledOf: ScriptPlays[];
  /** Planned plays of other scripts for the same obligations, which stay. */
  others: ScriptPlays[];
  /** Cancelled slots that no longer matched their demand. */
  cancelled: { id: string; channelId: string; date: LocalDate; reason: string }[];
  /** The same as added, moved and removed plays. Its shortfalls are those above. */
  difference: Omit<Difference, 'shortfalls' | 'shortfallsTotal'>;
}

/** What the planner did; see `CarriedOut`. */
interface PlannedParts {
  made: Plan;
  rows: readonly Slot[];
  involved: readonly ChannelWithRules[];
  others: ScriptPlays[];
  removedOf: ScriptPlays[];
}

/** The result of a plan, for API and screens. */
export function outcome(
  dryRun: boolean,
  demands: readonly Pick<PlanDemand, 'id' | 'clipId'>[],
  { made, rows, involved, others, removedOf }: PlannedParts,
  difference: Difference,
): PlanOutcome {
  const byId = new Map(involved.map(({ channel }) => [channel.id, channel]));
  const counts: PlanOutcome['counts'] = {};
  const placed = rows.map(({ id, key, channelId, date, startsAt, endsAt, clipId, why }) => {
    const channel = byId.get(channelId);
    if (channel) counts[channel.kind] = (counts[channel.kind] ?? 0) + 1;
    const place = { channelId, channelCode: channel?.code ?? '', date, startsAt, endsAt };
    const slot = { key, ...place, clipId: clipId ?? '', why };
    return dryRun ? slot : { id, ...slot };
  });
  const shortfalls = made.shortfalls.map((shortfall) => {
    const channel = byId.get(shortfall.channelId);
    return { ...shortfall, channelCode: channel?.code ?? null, channelName: channel?.name ?? null };
  });
  const kept = made.kept.filter(({ demandId, state }) => demandId !== undefined && state !== 'cancelled');
  const clipOf = new Map(demands.map(({ id, clipId }) => [id, clipId]));
  const keptOfOthers = kept.filter(({ demandId, clipId }) => clipId !== clipOf.get(demandId ?? '')).length;
  const cancelled = made.removed.map(({ slot, sentence }) => ({
    id: slot.id,
    channelId: slot.channelId,
    date: slot.date,
    reason: sentence.vi,
  }));
  const { added, removed, moved, addedTotal, removedTotal, movedTotal } = difference;
  const lists = { added, removed, moved, addedTotal, removedTotal, movedTotal };
  return {
    dryRun,
    placed,
    counts,
    shortfalls,
    kept: kept.length,
    keptOfOthers,
    others,
    cancelledOf: removedOf,
    cancelled,
    difference: lists,
  };
}
