import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/**
 * Milliseconds since 1970-01-01T00:00:00Z. Every stored moment in Loa is one of these; local time is only a way to show
 * it.
 */
export type Instant = number;

/** The one source of time. Tests and the demo set it; no other code calls Date.now(). */
export abstract class Clock {
  abstract now(): Instant;
  /**
   * Milliseconds since some moment in the past, the sleep of the machine included; this clock cannot be set, so
   * differences are durations. Precise to the second.
   */
  abstract monotonic(): number;
  /**
   * Identifies the moment that `monotonic` counts from: equal in two processes whose values compare. Empty for a clock
   * that is not the machine's own, whose readings mean nothing to another process.
   */
  abstract readonly origin: string;
  /** Resolves after `ms` of real time; a fake may resolve at once. Rejects when `signal` aborts. */
  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Linux makes one at each start of the machine; elsewhere the values of two processes do not compare. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return randomUUID();
  }
}

export class SystemClock extends Clock {
  readonly origin: string = bootId();

  now(): Instant {
    return Date.now();
  }

  monotonic(): number {
    return uptime() * 1000;
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

/** A clock that does not advance by itself. `sleep` moves it on, so code that waits runs at once. */
export class FixedClock extends Clock {
  readonly origin: string = '';
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

  /** Sets the clock to another moment; the monotonic clock moves along. */
  set(at: Instant): void {
    this.advance(at - this.at);
  }

  advance(ms: number): void {
    this.passed += ms;
    this.at += ms;
  }

  /** Simulates that a user sets the wall clock: it shows another time, and no time has passed. */
  jump(ms: number): void {
    this.at += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Error('aborted'));
    this.advance(ms);
    return Promise.resolve();
  }
}

/** Runs with the system's clock plus an offset: lets the demo pass ten days in a minute. Waiting stays real. */
export class ShiftedClock extends SystemClock {
  override readonly origin: string = '';
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
