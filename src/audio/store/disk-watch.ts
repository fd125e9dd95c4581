import { anySignal } from '../../shared/any-signal.js';
import type { Reserve } from '../../database/disk/reserve.js';

interface Watched<Stage> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: Stage, percent: number) => void;
}

/**
 * Runs long disk work only above the reserve, and stops it when it would use the space kept for the database; checked
 * at each progress report of the work. Throws `no-room` (503).
 */
export async function whileThereIsRoom<Stage, Asked extends Watched<Stage>, T>(
  reserve: Reserve,
  folder: string,
  { need, urgent }: { readonly need: number; readonly urgent: boolean },
  asked: Asked,
  work: (asked: Asked) => Promise<T>,
): Promise<T> {
  await reserve.require(folder, { need, urgent, fresh: true });
  const stop = new AbortController();
  let asking = Promise.resolve();
  const onProgress = (stage: Stage, percent: number) => {
    asking = asking.then(() => reserve.require(folder, { urgent: true })).catch((error: unknown) => stop.abort(error));
    asked.onProgress?.(stage, percent);
  };
  const signal = anySignal(asked.signal, stop.signal);
  const done = await work({ ...asked, signal, onProgress });
  await asking;
  return done;
}
