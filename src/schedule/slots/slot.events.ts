import type { LocalDate } from '../../shared/local-time.js';
import type { SlotState } from './slot.transitions.js';

/** One event for each channel and change. `dates` are the days, in the channel's zone, whose playlist changed. */
abstract class SlotsChanged {
  constructor(
    readonly slotIds: readonly string[],
    readonly channelId: string,
    readonly dates: readonly LocalDate[],
  ) {}
}

export class SlotPlaced extends SlotsChanged {}

/** `dates` hold both the old and the new day. */
export class SlotMoved extends SlotsChanged {}

export class SlotCancelled extends SlotsChanged {}

/** A slot with precedence took its place; a make-good may follow. */
export class SlotReplaced extends SlotsChanged {}

/** The outcome of a slot was stored, corrected, or became final. */
export class SlotEnded {
  constructor(
    readonly slotId: string,
    readonly state: Extract<SlotState, 'played' | 'missed'>,
    /** No evidence can correct it any more: only now a miss is made good. */
    readonly settled: boolean,
  ) {}
}

/** A device log shows that a slot played which was finally missed. Its state stays; it gets no make-good. */
export class SlotPlayedAfterAll {
  constructor(readonly slotId: string) {}
}

/**
 * A miss was concluded by a wrong clock: the slot is planned again, or its evidence awaited, as if nothing had been
 * concluded.
 */
export class SlotReopened {
  constructor(readonly slotId: string) {}
}
