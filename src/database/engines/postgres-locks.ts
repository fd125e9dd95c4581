// One number for one thing: two that share one would wait for each other.
/** Held by the one process that brings the tables up to date. */
export const UPGRADING = 7274;

/** Held, shared, by every process that works on the tables. */
export const IN_USE = 7275;

/** Held by the one transaction that claims a post or binds it to an entry of the page. */
export const POSTING = 7276;

/** Held by the one server that starts. */
export const STARTING = 7277;

/** Held, shared, by every server. */
export const SERVING = 7278;
