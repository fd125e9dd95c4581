/** A play to be put into some bin, in the fair order in which plays have a right to the day. */
export interface BinItem {
  demandId: string;
  /** Length with the silence that follows it. */
  size: number;
}

/** A free stretch with one silence added, so that n items with n silences fill it exactly. */
export interface Bin {
  /** Bins of one window carry one number. */
  window: number;
  size: number;
  /** Plays of a demand that already stand in the window, and that spreading must count. */
  plays: ReadonlyMap<string, number>;
}

/** Steps of exact search that one day may cost; real days need some dozens, and no day may cost a second. */
const MAX_STEPS = 20_000;

/**
 * Which bin each item goes to, or -1. An item is taken when the day can still hold it together with all that were
 * taken before it: nobody with an earlier right loses a play to somebody with a later one. Exact while the search stays
 * under its limit, which days of real size do; beyond it, as good as packing the longest first.
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
        // The next play of the same clip is as long: it cannot do better. Nor, where that is proven, can a longer one.
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

/** Bins for all of `wanted`: two quick ways, then the exact one. */
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
 * False when counting alone shows that the sizes, longest first, cannot all fit: their sum is too great, or there are more
 * items of some length and above than the bins have places of that length.
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

/** What stands in which bin, and how often each demand plays in each window. */
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

  /** Into the bin that it fills best, `apart` with the windows that have fewest plays of its demand first. False when it fits nowhere. */
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
 * A bin for each size, longest first, depth first. Bins of equal room are tried once, and an item as long as the one before
 * it only from that one's bin on: the first solution in the order of bins is never lost by that, since swapping equal
 * bins or equal items would give an earlier one. A branch ends when the rooms that still hold the shortest item are
 * together too small for what is left.
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
