import { AsyncLocalStorage } from 'node:async_hooks';

/** Facts beside the sentence of a log line. Ids, patterns and numbers only: never a name, a secret or what somebody wrote. */
export type LogFields = Readonly<Record<string, string | number | null>>;

/** What goes along with work through everything that it waits for. */
export interface LogContext {
  /** See database/lane.ts. */
  readonly lane?: 'machines';
  readonly log?: LogFields;
}

/** One for all, since Node 20 copies each into every promise: a second one costs a request of a station a tenth of its time. */
const current = new AsyncLocalStorage<LogContext>();
const nothing: LogContext = {};

export function currentContext(): LogContext {
  return current.getStore() ?? nothing;
}

/** `work` has the context of whoever calls, but for what `change` says. */
export function withContext<T>(change: LogContext, work: () => T): T {
  return current.run({ ...currentContext(), ...change }, work);
}

/** Every log line that `work` writes carries these fields, and none of whoever has started it. */
export function withLogFields<T>(log: LogFields, work: () => T): T {
  return withContext({ log }, work);
}

export function logFields(): LogFields {
  return currentContext().log ?? {};
}
