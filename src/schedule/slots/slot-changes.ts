import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { SlotState } from './slot.transitions.js';
import type { Slot } from './slot.entity.js';
import type { StoredSlot } from './slot-rows.js';

/** The place of a slot before or after a change, and its play. */
export interface TouchedSlot {
  id: string;
  channelId: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
  /** Equal for two slots that a person would call the same play of the same day. */
  play: string;
}

/**
 * All changes of slots in one transaction: for the events, the bookends of the sessions touched, and the difference
 * shown to people.
 */
export class SlotChanges {
  readonly added: TouchedSlot[] = [];
  readonly removed: (TouchedSlot & { state: SlotState; reason: string | null })[] = [];
  readonly moved: { before: TouchedSlot; after: TouchedSlot }[] = [];

  get channelIds(): string[] {
    return [...new Set(this.all().map(({ channelId }) => channelId))];
  }

  /** Days of one channel, in order. */
  datesOf(channelId: string): LocalDate[] {
    const dates = this.all()
      .filter((slot) => slot.channelId === channelId)
      .map(({ date }) => date);
    return [...new Set(dates)].sort();
  }

  get isEmpty(): boolean {
    return this.all().length === 0;
  }

  private all(): TouchedSlot[] {
    return [...this.added, ...this.removed, ...this.moved.flatMap(({ before, after }) => [before, after])];
  }
}

export function touched(slot: Slot): TouchedSlot {
  const { id, channelId, date, startsAt, endsAt } = slot;
  return { id, channelId, date, startsAt, endsAt, play: playOf(slot) };
}

export function touchedRow(slot: StoredSlot): TouchedSlot {
  const { id, channelId, date, start, end } = slot;
  return { id, channelId, date, startsAt: start, endsAt: end, play: playOf({ ...slot, kind: 'clip' }) };
}

function playOf(
  slot: Pick<Slot, 'channelId' | 'date' | 'obligationId' | 'kind'> & { campaignId?: string | null },
): string {
  return [slot.channelId, slot.date, slot.obligationId ?? slot.campaignId ?? '', slot.kind].join('|');
}
