import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The database is queried at most once in this time, however often metrics are requested. */
const KEPT_MS = 5_000;
/** A gauge without an answer by then is left out, so that the others arrive: Prometheus waits for ten seconds. */
const PATIENCE_MS = 3_000;

export interface Sample<Label extends string> {
  labels: Partial<Record<Label, string>>;
  value: number;
}

/**
 * The metrics of `/metrics`. Later folders add their own. Labels have few values: patterns, states and kinds, never an
 * id.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private hasDefaults = false;
  /** Shorter in tests. */
  patienceMs = PATIENCE_MS;
  private last?: { at: number; text: Promise<string> };

  constructor(private readonly clock: Clock) {}

  get contentType(): string {
    return this.registry.contentType;
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** Seconds; `buckets` as upper bounds. */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }

  /**
   * Evaluated when metrics are requested, one query at a time. A gauge that throws or takes too long is left out, which
   * prom-client can only do for a gauge with labels.
   */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly [Label, ...Label[]],
    samples: () => Promise<Sample<Label>[]>,
  ): void {
    let asking: Promise<Sample<Label>[]> | undefined;
    const ask = () =>
      (asking ??= samples()
        .catch(() => [])
        .finally(() => (asking = undefined)));
    const inTime = () => answeredWithin(this.patienceMs, ask());
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        const found = await inTime();
        this.reset();
        for (const { labels, value } of found) this.set(labels as Record<Label, string>, value);
      },
    });
  }

  /** In the text format of Prometheus, at most five seconds old. */
  document(): Promise<string> {
    const at = this.clock.monotonic();
    if (!this.last || at - this.last.at >= KEPT_MS) this.last = { at, text: this.make() };
    return this.last.text;
  }

  private async make(): Promise<string> {
    // An installation without monitoring does not measure its event loop.
    if (!this.hasDefaults) collectDefaultMetrics({ register: this.registry });
    this.hasDefaults = true;
    return this.registry.metrics();
  }
}

async function answeredWithin<T>(ms: number, asked: Promise<T[]>): Promise<T[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T[]>((resolve) => (timer = setTimeout(() => resolve([]), ms)));
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
