import type { LocalDate } from '../../shared/local-time.js';
import type { SlotState } from './slot.transitions.js';

/** One event for each channel and change. `dates` are the days, in the channel's zone, whose playlist is now another. */
abstract class SlotsChanged {
  constructor(
    readonly slotIds: readonly string[],
    readonly channelId: string,
    readonly dates: readonly LocalDate[],
  ) {}
}

export class SlotPlaced extends SlotsChanged {}

/** `dates` hold the day left and the day entered. */
export class SlotMoved extends SlotsChanged {}

export class SlotCancelled extends SlotsChanged {}

/** Something that goes before stands in its place; it waits to be made good. */
export class SlotReplaced extends SlotsChanged {}

/** A slot ended by what was heard, or not heard, of it; or that was mended; or, in the end, settled for good. */
export class SlotEnded {
  constructor(
    readonly slotId: string,
    readonly state: Extract<SlotState, 'played' | 'missed'>,
    /** No evidence will mend it any more: only now a miss is made good. */
    readonly settled: boolean,
  ) {}
}

/** A device log says that a slot played which was settled as missed. Its state stays; nothing is made good for it. */
export class SlotPlayedAfterAll {
  constructor(readonly slotId: string) {}
}

/** A miss was concluded by a clock that was wrong: the slot is planned, or its evidence awaited, as if nothing had been concluded. */
export class SlotReopened {
  constructor(readonly slotId: string) {}
}
