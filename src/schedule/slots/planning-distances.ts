/** Silence between two planned slots, so that a player that starts late does not cut the next one. */
export const GAP_MS = 2_000;
/** A window opened two days earlier may still run: its slots count too. */
export const DAYS_AROUND = 2;
