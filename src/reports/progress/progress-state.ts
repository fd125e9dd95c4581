/** The state of one obligation in one unit. `unmeasured`: Loa has no evidence of its own, the unit reports by hand. */
export type ProgressState = 'met' | 'late' | 'missed' | 'pending' | 'unmeasured';

export const progressStates: ProgressState[] = ['met', 'late', 'missed', 'pending', 'unmeasured'];

export const progressNames: Record<ProgressState, string> = {
  met: 'đạt',
  late: 'chậm',
  missed: 'không đạt',
  pending: 'đang chờ',
  unmeasured: 'tự báo cáo',
};

/** What each state means, for the legend of the table and the notes of the exports. */
export const progressMeanings: Record<ProgressState, string> = {
  met: 'Mọi ngày đã qua đều phát đủ số lần yêu cầu mà các buổi phát cho phép; công văn không nêu số lần thì đã phát hoặc đăng trong hạn.',
  late: 'Có ngày phát được mà chưa đủ; đã phát bù, báo muộn, hoặc thời gian thực hiện vẫn còn nên còn bù được.',
  missed: 'Thời gian thực hiện đã hết, không còn lượt nào chờ kết quả mà vẫn thiếu.',
  pending: 'Chưa đến ngày thực hiện, chưa xếp lịch, hoặc còn chờ kết quả của những lượt đã đến giờ.',
  unmeasured: 'Kênh này do đơn vị tự báo cáo bằng văn bản.',
};

/** The counts of one obligation in one unit up to now. */
export interface Tally {
  planned: number;
  played: number;
  missed: number;
  /** Not due yet, or over while evidence may still come (half an hour after a failure, a day after silence). */
  waiting: number;
  /** Counted as missed, but a device log that arrived after the outcome was final says that it played. */
  lateReported: number;
  /** Played on days of the period; the rest of `played` came after it. */
  playedInTime: number;
  /**
   * What counts against the required plays: played on days that are over, from the first day of the period on; without a
   * number a day, whenever it was played.
   */
  playedDue: number;
  /** Of the same days: plays that are not due or whose evidence may still come. */
  waitingDue: number;
  /** Days of the period that are over and had at least the minimum. */
  daysMet: number;
  /** Days that are over and can still reach the minimum if the waiting slots turn out to have played. */
  daysOpen: number;
}

export interface AskedPlays {
  minimumPerDay: number | null;
  /** Days that are over and owed plays; see reports/owed. */
  daysRequired: number;
  /** Plays that these days owed; without a minimum, one in the period. */
  required: number;
  /** The last day is over; false for a period without an end. */
  periodOver: boolean;
}

export function noTally(): Tally {
  const none = { planned: 0, played: 0, missed: 0, waiting: 0, lateReported: 0 };
  return { ...none, playedInTime: 0, playedDue: 0, waitingDue: 0, daysMet: 0, daysOpen: 0 };
}

/** Plays that are certainly missing: required, neither played nor awaited. */
export function missingPlays(tally: Tally, { required }: Pick<AskedPlays, 'required'>): number {
  return Math.max(0, required - tally.playedDue - tally.lateReported - tally.waitingDue);
}

/**
 * met: every day that is over had the plays that it owed. late: some day had not, but it was made up or still can be. missed: the
 * period is over, nothing is waiting, and it was not made up. pending: it cannot be decided yet.
 */
export function progressState(tally: Tally, asked: AskedPlays): Exclude<ProgressState, 'unmeasured'> {
  return asked.minimumPerDay === null ? onceState(tally, asked) : dailyState(tally, asked);
}

/** A letter without a number asks for one play by the last day. */
function onceState(tally: Tally, asked: AskedPlays): Exclude<ProgressState, 'unmeasured'> {
  if (tally.playedInTime > 0) return 'met';
  if (tally.played + tally.lateReported > 0) return 'late';
  return tally.waiting > 0 || !asked.periodOver ? 'pending' : 'missed';
}

function dailyState(tally: Tally, asked: AskedPlays): Exclude<ProgressState, 'unmeasured'> {
  // A period in which nothing could be played owes nothing.
  if (asked.daysRequired === 0) return asked.periodOver ? 'met' : 'pending';
  const short = asked.daysRequired - tally.daysMet - tally.daysOpen;
  if (short <= 0) return tally.daysOpen > 0 ? 'pending' : 'met';
  if (tally.playedDue + tally.lateReported >= asked.required) return 'late';
  return asked.periodOver && tally.waiting === 0 ? 'missed' : 'late';
}

const order: ProgressState[] = ['missed', 'late', 'pending', 'met', 'unmeasured'];

/** The combined state of several: the worst one, and `unmeasured` only when there is no other. */
export function worst(states: readonly ProgressState[]): ProgressState | null {
  return order.find((state) => states.includes(state)) ?? null;
}

export type StateCounts = Record<ProgressState, number>;

export function countStates(states: readonly ProgressState[]): StateCounts {
  const counts: StateCounts = { met: 0, late: 0, missed: 0, pending: 0, unmeasured: 0 };
  for (const state of states) counts[state]++;
  return counts;
}
