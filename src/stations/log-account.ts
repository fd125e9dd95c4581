/** Numbers of a station's log, ends included. */
export interface Gap {
  from: number;
  to: number;
}

/** Which numbers of a station's log are here: all up to `highest` but those in `gaps`, which are ascending. */
export interface LogAccount {
  highest: number;
  gaps: readonly Gap[];
}

/** A log with more gaps is no longer kept in account: it is counted each time. */
export const MAX_GAPS = 1_000;
/** As many are told at once. */
export const MAX_REPORTED_GAPS = 100;

/** How a log stands here, for the station: it sends again what is missing, and what lies above `lastSequence`. */
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

/** The account after these numbers have come, each of which was not here. */
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
