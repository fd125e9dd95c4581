/** A play to put into a bin. Items come in fair order (see fair-order.ts). */
export interface BinItem {
  demandId: string;
  /** Its length with the silence after it. */
  size: number;
}

/** A free stretch plus one gap, so that n items with n gaps fill it exactly. */
export interface Bin {
  /** Bins of one window share a number. */
  window: number;
  size: number;
  /** Plays of each demand already in the window, which spreading must count. */
  plays: ReadonlyMap<string, number>;
}

/** Step limit of the exact search for one day: real days need dozens, and no day may cost a second. */
const MAX_STEPS = 20_000;

/**
 * Returns the bin of each item, or -1. An item is accepted when the day can still hold it together with all items
 * accepted before it: an earlier item never loses its play to a later one. Exact while the search stays under its
 * limit, which days of real size do; beyond it, as good as packing the longest first.
 */
export function packBins(items: readonly BinItem[], bins: readonly Bin[]): number[] {
  const taken: number[] = [];
  const budget = { steps: MAX_STEPS };
  const refused = new Set<string>();
  const largest = Math.max(0, ...bins.map(({ size }) => size));
  let tooLong = largest + 1;
  let table = new Table(items, bins);
  items.forEach(({ demandId, size }, i) => {
    if (size >= tooLong || refused.has(demandId)) return;
    if (!table.add(i, true)) {
      const packed = pack([...taken, i], items, bins, budget);
      if (!packed) {
        // The next play of the same clip has the same length and fails too. If the search was exhaustive, so does every
        // longer clip.
        refused.add(demandId);
        if (budget.steps > 0) tooLong = size;
        return;
      }
      table = packed;
    }
    taken.push(i);
  });
  return table.binOf;
}

/** Packs all of `wanted`: two fast heuristics, then the exact search. */
function pack(
  wanted: readonly number[],
  items: readonly BinItem[],
  bins: readonly Bin[],
  budget: { steps: number },
): Table | undefined {
  const order = [...wanted].sort((a, b) => items[b]!.size - items[a]!.size || a - b);
  const sizes = order.map((item) => items[item]!.size);
  const rooms = bins.map(({ size }) => size);
  if (!mayFit(sizes, rooms)) return undefined;
  for (const apart of [true, false]) {
    const table = new Table(items, bins);
    if (order.every((item) => table.add(item, apart))) return table;
  }
  const found = search(sizes, rooms, budget);
  if (!found) return undefined;
  const table = new Table(items, bins);
  order.forEach((item, at) => table.put(item, found[at]!));
  return table;
}

/**
 * Returns false when counting proves that the sizes, longest first, cannot all fit: their sum is too large, or there
 * are more items of some minimum length than the bins can hold of that length.
 */
function mayFit(sizes: readonly number[], rooms: readonly number[]): boolean {
  let sum = 0;
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    sum += size;
    if (size === sizes[i + 1]) continue;
    if (rooms.reduce((places, room) => places + Math.floor(room / size), 0) < i + 1) return false;
  }
  return sum <= rooms.reduce((all, room) => all + room, 0);
}

/** The items of each bin, and how often each demand plays in each window. */
class Table {
  readonly binOf: number[];
  private readonly left: number[];
  private readonly plays = new Map<number, Map<string, number>>();

  constructor(
    private readonly items: readonly BinItem[],
    private readonly bins: readonly Bin[],
  ) {
    this.binOf = items.map(() => -1);
    this.left = bins.map(({ size }) => size);
    for (const { window, plays } of bins) if (!this.plays.has(window)) this.plays.set(window, new Map(plays));
  }

  put(item: number, bin: number): void {
    const { demandId, size } = this.items[item]!;
    const plays = this.plays.get(this.bins[bin]!.window)!;
    plays.set(demandId, (plays.get(demandId) ?? 0) + 1);
    this.left[bin]! -= size;
    this.binOf[item] = bin;
  }

  /**
   * Puts the item into the bin with the tightest fit; with `apart`, windows with the fewest plays of its demand come
   * first. Returns false when it fits nowhere.
   */
  add(item: number, apart: boolean): boolean {
    const { demandId, size } = this.items[item]!;
    let best = -1;
    let bestPlays = 0;
    for (let b = 0; b < this.bins.length; b++) {
      const room = this.left[b]!;
      if (room < size) continue;
      const plays = apart ? (this.plays.get(this.bins[b]!.window)!.get(demandId) ?? 0) : 0;
      if (best < 0 || plays < bestPlays || (plays === bestPlays && room < this.left[best]!)) {
        best = b;
        bestPlays = plays;
      }
    }
    if (best < 0) return false;
    this.put(item, best);
    return true;
  }
}

/**
 * Depth-first search for a bin for each size, longest first. Bins with equal room are tried once, and an item as long
 * as the one before it starts at that item's bin. This never loses the first solution in the order of bins, since
 * swapping equal bins or equal items would give an earlier one. A branch ends when the bins that still hold the
 * shortest item are together too small for the rest.
 */
function search(sizes: readonly number[], rooms: readonly number[], budget: { steps: number }): number[] | undefined {
  const left = [...rooms];
  const result: number[] = [];
  const shortest = sizes.at(-1) ?? 0;
  const rest = sizes.map(() => 0);
  for (let i = sizes.length - 1, sum = 0; i >= 0; i--) rest[i] = sum += sizes[i]!;
  const descend = (depth: number): boolean => {
    if (depth === sizes.length) return true;
    let usable = 0;
    for (const room of left) if (room >= shortest) usable += room;
    if (usable < rest[depth]!) return false;
    const size = sizes[depth]!;
    const first = depth > 0 && sizes[depth - 1] === size ? result[depth - 1]! : 0;
    for (let b = first; b < left.length; b++) {
      const room = left[b]!;
      if (room < size || triedBefore(left, first, b)) continue;
      if (budget.steps-- <= 0) return false;
      left[b] = room - size;
      result[depth] = b;
      if (descend(depth + 1)) return true;
      left[b] = room;
    }
    return false;
  };
  return descend(0) ? result.slice(0, sizes.length) : undefined;
}

function triedBefore(left: readonly number[], first: number, at: number): boolean {
  for (let b = first; b < at; b++) if (left[b] === left[at]) return true;
  return false;
}
