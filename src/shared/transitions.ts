import { DomainError } from './domain-error.js';

/** Maps each state to the states it may change to. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Throws `illegal-move` (409) unless the table allows `from` → `to`. */
export function move<S extends string>(table: Transitions<S>, from: S, to: S, what: string): S {
  if (table[from].includes(to)) return to;
  throw new DomainError(
    'conflict',
    'illegal-move',
    {
      vi: `Không chuyển được ${what} từ trạng thái "${from}" sang "${to}".`,
      en: `${what} cannot move from "${from}" to "${to}".`,
    },
    { from, to },
  );
}

/** States that no path from one of `starts` reaches; `test/transitions.spec.ts` expects none in any table. */
export function unreachable<S extends string>(table: Transitions<S>, ...starts: S[]): S[] {
  const seen = new Set<S>(starts);
  const queue = [...starts];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const next of table[state]) {
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return (Object.keys(table) as S[]).filter((state) => !seen.has(state));
}
