/**
 * Aborts when one of them does, with its reason. Unlike `AbortSignal.any` its sources hold a reference to it: Node 20
 * garbage-collects an otherwise unreferenced combined signal, and a time-out in it then never fires.
 */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason);
    else signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
