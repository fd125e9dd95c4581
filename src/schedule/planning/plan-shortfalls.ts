import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { Missing } from './channel-planner.js';
import { IntervalSet } from '../../channels/hours/interval-set.js';
import { suggestions, suggestionsForSilence, type PlacedRange } from './suggestions.js';
import { shortfallSentence } from './plan-sentences.js';
import { PlayCounter } from './play-counter.js';
import { wantsDay } from './reconcile-existing.js';
import type { PlanDemand, PlannedSlot, PlanShortfall } from './planning.types.js';
import type { PlanShortfallCode } from '../slots/shortfall.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { permittedHours } from '../../channels/hours/policy-hours.js';
import { takesTime } from '../slots/slot.transitions.js';
import { dateOfDay, dayNumberOf, weekdayOfDay, type ZoneCalendar } from '../../channels/hours/zone-calendar.js';

export interface ShortfallInput {
  channel: PlanChannel;
  calendar: ZoneCalendar;
  demands: ReadonlyMap<string, PlanDemand>;
  kept: readonly ExistingSlot[];
  planned: readonly PlannedSlot[];
  missing: readonly Missing[];
  earliest: Instant;
  gapMs: number;
}

/** Explains each shortfall of one channel, given all slots that are now on it. */
export function explainShortfalls(input: ShortfallInput): PlanShortfall[] {
  if (input.missing.length === 0) return [];
  const placed: PlacedRange[] = [
    ...input.kept.filter((slot) => takesTime(slot.state)).map((slot) => placedAt(slot, isFixed(slot, input))),
    ...input.planned.map((slot) => placedAt(slot, false)),
  ].sort((a, b) => a.start - b.start);
  const context = {
    ...input,
    placed,
    taken: IntervalSet.of(placed),
    hours: permittedHours(input.channel.policy, input.calendar),
  };
  return input.missing.map((missing) => {
    const { demand, day, wanted, placed } = missing;
    const code = reason(missing, input.earliest);
    const wouldFree =
      code === 'full' || code === 'clip-too-long'
        ? suggestions(missing, context)
        : suggestionsForSilence(code, missing, context);
    const sentence = shortfallSentence(code, day.date, wanted, placed);
    return {
      channelId: input.channel.id,
      date: day.date,
      demandId: demand.id,
      wanted,
      placed,
      code,
      sentence,
      wouldFree,
    };
  });
}

/**
 * For a channel that was not given, is retired or was not loaded: one shortfall for each day that its stored slots do
 * not satisfy.
 */
export function explainUnknownChannel(
  channelId: string,
  demands: readonly PlanDemand[],
  existing: readonly ExistingSlot[],
  horizon: { from: LocalDate; until: LocalDate },
): PlanShortfall[] {
  const tally = new PlayCounter(channelId, existing, existing);
  const code = 'unknown-channel';
  const found: PlanShortfall[] = [];
  for (let day = dayNumberOf(horizon.from); day <= dayNumberOf(horizon.until); day++) {
    const date = dateOfDay(day);
    for (const demand of demands) {
      const wanted = demand.minPlaysPerDay;
      const placed = tally.of(demand.id, date).plays.length;
      if (placed >= wanted || !wantsDay(demand, date, weekdayOfDay(day))) continue;
      const sentence = shortfallSentence(code, date, wanted, placed);
      found.push({ channelId, date, demandId: demand.id, wanted, placed, code, sentence, wouldFree: [] });
    }
  }
  return found;
}

function placedAt({ start, end, demandId }: Omit<PlacedRange, 'fixed'>, fixed: boolean): PlacedRange {
  return { start, end, demandId, fixed };
}

function isFixed(slot: ExistingSlot, { earliest }: ShortfallInput): boolean {
  return slot.state !== 'planned' || slot.locked === true || slot.start < earliest || slot.makeGoodFor !== undefined;
}

function reason({ demand, day }: Missing, earliest: Instant): PlanShortfallCode {
  if (day.silence) return day.silence;
  const lengths = day.sessions.map(({ start, end }) => end - start);
  if (Math.max(...lengths) < demand.durationMs) return 'clip-too-long';
  const left = day.sessions.map(({ start, end }) => end - Math.max(start, earliest));
  return Math.max(...left) < demand.durationMs ? 'past' : 'full';
}
