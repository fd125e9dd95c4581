import { AsyncLocalStorage } from 'node:async_hooks';

/** Facts beside the sentence of a log line. Ids, patterns and numbers only: never a name, a secret or user input. */
export type LogFields = Readonly<Record<string, string | number | null>>;

/** Context that follows a piece of work through all its async calls. */
export interface LogContext {
  /** See database/engines/lane.ts. */
  readonly lane?: 'machines';
  readonly log?: LogFields;
}

/**
 * One store for all, since Node 20 copies each into every promise: a second one costs a station's request a tenth of
 * its time.
 */
const current = new AsyncLocalStorage<LogContext>();
const nothing: LogContext = {};

export function currentContext(): LogContext {
  return current.getStore() ?? nothing;
}

/** Runs `work` in the caller's context with the changes of `change`. */
export function withContext<T>(change: LogContext, work: () => T): T {
  return current.run({ ...currentContext(), ...change }, work);
}

/** Every log line that `work` writes carries these fields, and none of the caller's. */
export function withLogFields<T>(log: LogFields, work: () => T): T {
  return withContext({ log }, work);
}

export function logFields(): LogFields {
  return currentContext().log ?? {};
}
