import type { TimeRange } from '../../shared/time-range.js';

/** Half-open ranges, merged and sorted, in two number arrays: every query is a binary search and a short scan. */
export class IntervalSet {
  private constructor(
    private readonly starts: readonly number[],
    private readonly ends: readonly number[],
  ) {}

  /** Accepts ranges in any order; ranges that overlap or touch are merged. */
  static of(ranges: readonly TimeRange[]): IntervalSet {
    const starts: number[] = [];
    const ends: number[] = [];
    let last = -1;
    for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
      if (end <= start) continue;
      if (last >= 0 && start <= ends[last]!) {
        if (end > ends[last]!) ends[last] = end;
      } else {
        starts.push(start);
        ends.push(end);
        last++;
      }
    }
    return new IntervalSet(starts, ends);
  }

  /** The parts of `range` that the set covers. */
  parts(range: TimeRange): TimeRange[] {
    const parts: TimeRange[] = [];
    for (let i = this.firstEndingAfter(range.start); i < this.starts.length && this.starts[i]! < range.end; i++) {
      const part = { start: Math.max(this.starts[i]!, range.start), end: Math.min(this.ends[i]!, range.end) };
      if (part.start < part.end) parts.push(part);
    }
    return parts;
  }

  /** The parts of `range` that are free and at least `gap` away from every covered range. */
  holes(range: TimeRange, gap = 0): TimeRange[] {
    const holes: TimeRange[] = [];
    let cursor = range.start;
    for (let i = this.firstEndingAfter(range.start - gap); i < this.starts.length; i++) {
      const until = this.starts[i]! - gap;
      if (until >= range.end) break;
      if (until > cursor) holes.push({ start: cursor, end: until });
      cursor = Math.max(cursor, this.ends[i]! + gap);
    }
    if (cursor < range.end) holes.push({ start: cursor, end: range.end });
    return holes;
  }

  covers(range: TimeRange): boolean {
    const i = this.firstEndingAfter(range.start);
    return i < this.starts.length && this.starts[i]! <= range.start && range.end <= this.ends[i]!;
  }

  meets(range: TimeRange): boolean {
    const i = this.firstEndingAfter(range.start);
    return i < this.starts.length && this.starts[i]! < range.end;
  }

  /** The end of the last covered range that begins before `at`; `undefined` when there is none. */
  lastEndBefore(at: number): number | undefined {
    let i = this.firstEndingAfter(at);
    if (i >= this.starts.length || this.starts[i]! >= at) i--;
    return this.ends[i];
  }

  private firstEndingAfter(at: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ends[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
