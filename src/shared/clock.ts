/** Milliseconds since 1970-01-01T00:00:00Z. Every stored moment in Loa is one of these; local time is only a way to show it. */
export type Instant = number;

/** The one source of time. Tests and the demo set it; nothing else calls Date.now(). */
export abstract class Clock {
  abstract now(): Instant;
  /** Milliseconds since some moment in the past; never set back or forward while the process lives, so differences are durations. */
  abstract monotonic(): number;
  /** Resolves after `ms` of real time; a fake may resolve at once. Rejects when `signal` aborts. */
  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  now(): Instant {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }
}

/** A clock that stands where it was put. `sleep` moves it on, so code that waits runs at once. */
export class FixedClock extends Clock {
  private passed = 0;

  constructor(private at: Instant) {
    super();
  }

  now(): Instant {
    return this.at;
  }

  monotonic(): number {
    return this.passed;
  }

  /** Time passes until `at`; a moment in the past sets the clock back and no time passes. */
  set(at: Instant): void {
    this.passed += Math.max(0, at - this.at);
    this.at = at;
  }

  advance(ms: number): void {
    this.passed += ms;
    this.at += ms;
  }

  /** Somebody sets the clock: it shows another time, and no time has passed. */
  jump(ms: number): void {
    this.at += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Error('aborted'));
    this.advance(ms);
    return Promise.resolve();
  }
}

/** Runs with the system's clock, moved by an offset: how the demo lives ten days in a minute. Waiting stays real. */
export class ShiftedClock extends SystemClock {
  private offset = 0;

  override now(): Instant {
    return super.now() + this.offset;
  }

  /** Moves along, as if the time had passed. */
  override monotonic(): number {
    return super.monotonic() + this.offset;
  }

  moveTo(at: Instant): void {
    this.offset = at - super.now();
  }
}
