/** A play to be put into some bin, in the fair order in which plays have a right to the day. */
export interface SqueezeItem {
  demandId: string;
  /** Length with the silence that follows it. */
  size: number;
}

/** A free stretch with one silence added, so that n items with n silences fill it exactly. */
export interface SqueezeBin {
  /** Bins of one window carry one number. */
  window: number;
  size: number;
  /** Plays of a demand that already stand in the window, and that spreading must count. */
  plays: ReadonlyMap<string, number>;
}

/** Steps of exact search that one day may cost; real days need some dozens, and no day may cost a second. */
const MOST_STEPS = 20_000;

/**
 * Which bin each item goes to, or -1. An item is taken when the day can still hold it together with all that were
 * taken before it: nobody with an earlier right loses a play to somebody with a later one. Exact while the search stays
 * under its limit, which days of real size do; beyond it, as good as packing the longest first.
 */
export function squeeze(items: readonly SqueezeItem[], bins: readonly SqueezeBin[]): number[] {
  const taken: number[] = [];
  let bin: number[] = [];
  const budget = { steps: MOST_STEPS };
  const refused = new Set<string>();
  const largest = Math.max(0, ...bins.map(({ size }) => size));
  items.forEach(({ demandId, size }, i) => {
    if (size > largest || refused.has(demandId)) return;
    const added = place(items, bins, [i], taken, bin, true) ?? pack([...taken, i], items, bins, budget);
    if (!added) {
      // The next play of the same clip is as long: it cannot do better.
      refused.add(demandId);
      return;
    }
    taken.push(i);
    bin = added;
  });
  const result = items.map(() => -1);
  taken.forEach((item, at) => (result[item] = bin[at]!));
  return result;
}

/** Bins for all of `wanted`, in its order: two quick ways, then the exact one. */
function pack(
  wanted: readonly number[],
  items: readonly SqueezeItem[],
  bins: readonly SqueezeBin[],
  budget: { steps: number },
): number[] | undefined {
  const room = bins.reduce((sum, { size }) => sum + size, 0);
  if (wanted.reduce((sum, i) => sum + items[i]!.size, 0) > room) return undefined;
  const order = [...wanted].sort((a, b) => items[b]!.size - items[a]!.size || a - b);
  const found =
    place(items, bins, order, [], [], true) ??
    place(items, bins, order, [], [], false) ??
    search(items, bins, order, budget);
  if (!found) return undefined;
  const binOf = new Map(order.map((item, at) => [item, found[at]!]));
  return wanted.map((item) => binOf.get(item)!);
}

/**
 * Adds `order` after what stands: each into the bin that it fills best, `apart` with the windows that have fewest plays of
 * its demand first. `undefined` when one fits nowhere.
 */
function place(
  items: readonly SqueezeItem[],
  bins: readonly SqueezeBin[],
  order: readonly number[],
  standing: readonly number[],
  standingBins: readonly number[],
  apart: boolean,
): number[] | undefined {
  const left = bins.map(({ size }) => size);
  const plays = bins.map((bin) => bin.plays);
  const result: number[] = [];
  const put = (item: number, at: number) => {
    const { demandId, size } = items[item]!;
    left[at]! -= size;
    bins.forEach(({ window }, b) => {
      if (window === bins[at]!.window) plays[b] = new Map(plays[b]).set(demandId, (plays[b]!.get(demandId) ?? 0) + 1);
    });
    result.push(at);
  };
  standing.forEach((item, i) => put(item, standingBins[i]!));
  for (const item of order) {
    const { demandId, size } = items[item]!;
    let best = -1;
    for (let b = 0; b < bins.length; b++) {
      if (left[b]! < size) continue;
      const fewer = best < 0 || !apart ? 0 : (plays[b]!.get(demandId) ?? 0) - (plays[best]!.get(demandId) ?? 0);
      if (best < 0 || fewer < 0 || (fewer === 0 && left[b]! < left[best]!)) best = b;
    }
    if (best < 0) return undefined;
    put(item, best);
  }
  return result;
}

/** Depth first, longest item first; bins of equal room are tried once. */
function search(
  items: readonly SqueezeItem[],
  bins: readonly SqueezeBin[],
  order: readonly number[],
  budget: { steps: number },
): number[] | undefined {
  const left = bins.map(({ size }) => size);
  const result: number[] = [];
  const descend = (depth: number): boolean => {
    if (depth === order.length) return true;
    const { size } = items[order[depth]!]!;
    const tried = new Set<number>();
    for (let b = 0; b < left.length; b++) {
      const room = left[b]!;
      if (room < size || tried.has(room)) continue;
      tried.add(room);
      if (budget.steps-- <= 0) return false;
      left[b] = room - size;
      result[depth] = b;
      if (descend(depth + 1)) return true;
      left[b] = room;
    }
    return false;
  };
  return descend(0) ? result.slice(0, order.length) : undefined;
}
