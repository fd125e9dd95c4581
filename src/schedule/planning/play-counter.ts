import type { LocalDate } from '../../shared/local-time.js';
import { countsAsPlay } from './reconcile-existing.js';
import type { ExistingSlot } from '../slots/existing-slot.js';

interface DayTally {
  /** Slots that count as plays of the day. */
  plays: ExistingSlot[];
  /** The highest `n` in any key of the day, whatever became of its slot: keys are never used twice. */
  lastNumber: number;
}

const nothing: DayTally = { plays: [], lastNumber: 0 };

/** Counts the plays of each demand that one channel already has on each day. */
export class PlayCounter {
  private readonly days = new Map<string, DayTally>();

  constructor(
    private readonly channelId: string,
    all: readonly ExistingSlot[],
    kept: readonly ExistingSlot[],
  ) {
    for (const slot of all) this.readKey(slot);
    for (const slot of kept) {
      if (slot.demandId !== undefined && countsAsPlay(slot)) this.day(slot.demandId, slot.date).plays.push(slot);
    }
  }

  of(demandId: string, date: LocalDate): Readonly<DayTally> {
    return this.days.get(`${demandId}|${date}`) ?? nothing;
  }

  private readKey({ key, demandId, date }: ExistingSlot): void {
    if (demandId === undefined || !key?.startsWith(slotKey(demandId, this.channelId, date, ''))) return;
    const number = Number(key.slice(key.lastIndexOf('|') + 1));
    const day = this.day(demandId, date);
    if (Number.isSafeInteger(number)) day.lastNumber = Math.max(day.lastNumber, number);
  }

  private day(demandId: string, date: LocalDate): DayTally {
    const key = `${demandId}|${date}`;
    let day = this.days.get(key);
    if (!day) this.days.set(key, (day = { plays: [], lastNumber: 0 }));
    return day;
  }
}

export function slotKey(demandId: string, channelId: string, date: LocalDate, n: number | ''): string {
  return `${demandId}|${channelId}|${date}|${n}`;
}
