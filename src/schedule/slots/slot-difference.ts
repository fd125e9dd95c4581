import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { SlotState } from './slot.transitions.js';
import type { SlotKind } from './slot-kind.js';
import type { Shortfall } from './shortfall.js';

/** A list in an answer or in a stored change shows at most this many entries; the totals count all. */
export const DIFFERENCE_LIMIT = 500;

export interface SlotPlace {
  channelCode: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
}

export interface SlotBrief extends SlotPlace {
  slotId: string;
  title: string;
  kind: SlotKind;
}

/** The effect of a change on the schedule; in a dry run, the effect that it would have. */
export interface Difference {
  added: SlotBrief[];
  removed: (SlotBrief & { state: SlotState; reason: string | null })[];
  moved: { slotId: string; title: string; before: SlotPlace; after: SlotPlace }[];
  /** Unmet minimums of stored demands on the days touched, after the change. */
  shortfalls: Shortfall[];
  addedTotal: number;
  removedTotal: number;
  movedTotal: number;
  shortfallsTotal: number;
}

export function difference(of: Pick<Difference, 'added' | 'removed' | 'moved' | 'shortfalls'>): Difference {
  return {
    added: of.added.slice(0, DIFFERENCE_LIMIT),
    removed: of.removed.slice(0, DIFFERENCE_LIMIT),
    moved: of.moved.slice(0, DIFFERENCE_LIMIT),
    shortfalls: of.shortfalls.slice(0, DIFFERENCE_LIMIT),
    addedTotal: of.added.length,
    removedTotal: of.removed.length,
    movedTotal: of.moved.length,
    shortfallsTotal: of.shortfalls.length,
  };
}

export function isEmpty(one: Difference): boolean {
  return one.addedTotal + one.removedTotal + one.movedTotal === 0;
}

/** What identifies a play for people: the same item of the same campaign, on the same channel and day. */
interface Paired {
  slot: SlotBrief;
  play: string;
}

/**
 * Pairs removed with added slots that are the same play at another time: a plan writes two rows, but people see one
 * moved play. Pairs in order of time, so that the difference shows no more movement than there is.
 */
export function pairMoved<R extends Paired>(
  removed: readonly R[],
  added: readonly Paired[],
): { moved: Difference['moved']; removed: R[]; added: Paired[] } {
  const waiting = new Map<string, Paired[]>();
  const byStart = (a: Paired, b: Paired) => a.slot.startsAt - b.slot.startsAt;
  for (const one of [...added].sort(byStart)) waiting.set(one.play, [...(waiting.get(one.play) ?? []), one]);
  const moved: Difference['moved'] = [];
  const gone: R[] = [];
  const used = new Set<Paired>();
  for (const one of [...removed].sort(byStart)) {
    const partner = waiting.get(one.play)?.shift();
    if (!partner) {
      gone.push(one);
      continue;
    }
    used.add(partner);
    const { slotId, title } = partner.slot;
    moved.push({ slotId, title, before: slotPlaceOf(one.slot), after: slotPlaceOf(partner.slot) });
  }
  return { moved, removed: gone, added: added.filter((one) => !used.has(one)) };
}

export function slotPlaceOf({ channelCode, date, startsAt, endsAt }: SlotPlace): SlotPlace {
  return { channelCode, date, startsAt, endsAt };
}
