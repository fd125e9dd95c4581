// One number for one purpose: two purposes that share a number would wait for each other.
/** Held by the one process that upgrades the tables. */
export const UPGRADING = 7274;

/** Held, shared, by every process that uses the tables. */
export const IN_USE = 7275;

/** Held by the one transaction that claims a post or links it to an entry of the Facebook page. */
export const POSTING = 7276;

/** Held by the one server that is starting. */
export const STARTING = 7277;

/** Held, shared, by every running server. */
export const SERVING = 7278;
