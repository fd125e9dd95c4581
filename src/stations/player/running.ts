import { anySignal } from '../../shared/any-signal.js';
import type { Clock, Instant } from '../../shared/clock.js';
import type { Stop } from './start-rules.js';

/**
 * An item while it sounds: to its end, or until another one stops it. That is asked again whenever the playlist has changed, and
 * what is due then stops it at its time or at once.
 */
export class Running {
  /** What stopped it; null as long as it may sound to its end. */
  stopped: Stop | null = null;
  private readonly silence = new AbortController();
  private until: Instant;

  /** `first`: what is known to stop it before `endsAt`. */
  constructor(
    private readonly clock: Clock,
    endsAt: Instant,
    private readonly first: Stop | null,
    private readonly stopBefore: () => Promise<Stop | null>,
  ) {
    this.until = first ? first.at : endsAt;
  }

  /** Resolves when it has ended or was stopped; throws what the loudspeaker throws otherwise. */
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

  /** The playlist has changed: something may be due sooner than what was known. */
  async lookAgain(): Promise<void> {
    const stop = await this.stopBefore();
    if (!stop || stop.at >= this.until || this.silence.signal.aborted) return;
    this.until = stop.at;
    const wait = stop.at - this.clock.now();
    if (wait <= 0) this.stop(stop);
    // Its own end may come first: then this is waited for in vain.
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
