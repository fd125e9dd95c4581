/**
 * Aborts when one of them does, with its reason. Unlike `AbortSignal.any` it is held by its sources: Node 20 collects a combined signal
 * that nobody else holds, and a time-out in it then never comes.
 */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason);
    else signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
