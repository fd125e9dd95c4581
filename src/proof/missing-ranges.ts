export interface Gap {
  from: number;
  to: number;
}

/** Numbers 1 … max that are not among `sequences` (ascending); at most `limit` ranges, lowest first. */
export function missingRanges(sequences: Iterable<number>, limit: number): Gap[] {
  const gaps: Gap[] = [];
  let next = 1;
  for (const sequence of sequences) {
    if (gaps.length === limit) break;
    if (sequence > next) gaps.push({ from: next, to: sequence - 1 });
    next = sequence + 1;
  }
  return gaps;
}
