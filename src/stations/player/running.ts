import { anySignal } from '../../shared/any-signal.js';
import type { Clock, Instant } from '../../shared/clock.js';
import type { Stop } from './start-rules.js';

/**
 * A playing item: it plays to its end, or until another one stops it. The stop is determined again whenever the
 * playlist has changed, and takes effect at its time or at once.
 */
export class Running {
  /** What stopped it; null as long as it may play to its end. */
  stopped: Stop | null = null;
  private readonly silence = new AbortController();
  private until: Instant;

  /** `first`: the known stop before `endsAt`. */
  constructor(
    private readonly clock: Clock,
    endsAt: Instant,
    private readonly first: Stop | null,
    private readonly stopBefore: () => Promise<Stop | null>,
  ) {
    this.until = first ? first.at : endsAt;
  }

  /** Resolves when it has ended or was stopped; otherwise throws the loudspeaker's error. */
  async sound(play: (ms: number, signal: AbortSignal) => Promise<void>, signal?: AbortSignal): Promise<void> {
    const silence = anySignal(signal, this.silence.signal);
    try {
      await play(this.until - this.clock.now(), silence);
      this.stopped ??= this.first;
    } catch (error) {
      if (this.stopped === null || signal?.aborted) throw error;
    } finally {
      this.silence.abort();
    }
  }

  /** The playlist has changed: an earlier stop may be due. */
  async lookAgain(): Promise<void> {
    const stop = await this.stopBefore();
    if (!stop || stop.at >= this.until || this.silence.signal.aborted) return;
    this.until = stop.at;
    const wait = stop.at - this.clock.now();
    if (wait <= 0) this.stop(stop);
    // The item may end by itself first; then the stop never happens.
    else
      void this.clock.sleep(wait, this.silence.signal).then(
        () => this.stop(stop),
        () => undefined,
      );
  }

  private stop(stop: Stop): void {
    if (this.silence.signal.aborted) return;
    this.stopped = stop;
    this.silence.abort(new Error('stopped for another item'));
  }
}
