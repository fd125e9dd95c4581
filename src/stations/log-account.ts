/** A range of sequence numbers of a station's log, ends included. */
export interface Gap {
  from: number;
  to: number;
}

/** Which sequence numbers of a station's log have arrived: all up to `highest` except `gaps`, which are ascending. */
export interface LogAccount {
  highest: number;
  gaps: readonly Gap[];
}

/** Gaps of a log with more are not stored: they are counted each time. */
export const MAX_GAPS = 1_000;
/** Maximum number of gaps in one answer. */
export const MAX_REPORTED_GAPS = 100;

/** The state of a log here, for the station: it sends again what is missing and everything above `lastSequence`. */
export interface LogState {
  /** The highest number that has arrived from this station; 0 before the first. */
  lastSequence: number;
  /** Numbers below it that have not arrived, ends included; at most 100 ranges, lowest first. */
  missing: Gap[];
}

export function logStateOf({
  lastSequence,
  logGaps,
}: {
  lastSequence: number;
  logGaps: readonly Gap[] | null;
}): LogState {
  return { lastSequence, missing: (logGaps ?? []).slice(0, MAX_REPORTED_GAPS) };
}

export function isHere({ highest, gaps }: LogAccount, sequence: number): boolean {
  return sequence <= highest && !gaps.some(({ from, to }) => from <= sequence && sequence <= to);
}

/** The account after these numbers have arrived, none of which had arrived before. */
export function withEntered({ highest, gaps }: LogAccount, sequences: readonly number[]): LogAccount {
  const left = [...gaps];
  let top = highest;
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    if (sequence > top) {
      if (sequence > top + 1) left.push({ from: top + 1, to: sequence - 1 });
      top = sequence;
      continue;
    }
    const at = left.findIndex(({ from, to }) => from <= sequence && sequence <= to);
    const gap = left[at];
    if (!gap) continue;
    const around = [
      { from: gap.from, to: sequence - 1 },
      { from: sequence + 1, to: gap.to },
    ];
    left.splice(at, 1, ...around.filter(({ from, to }) => from <= to));
  }
  return { highest: top, gaps: left };
}
