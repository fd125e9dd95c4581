import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../shared/clock.js';
import { counted, type DecayingCount, waitMs } from '../../shared/decaying-count.js';
import { tooMany } from '../../shared/domain-error.js';
import { type LimitName, limits } from './limits.js';

/** People and stations need hundreds of counts; keys that strangers make up push out the least recently counted. */
const MAX_KEYS = 20_000;

/** How often each caller has sent expensive requests; kept in the memory of this process. */
@Injectable()
export class RequestLimiter {
  private readonly counts = new LRUCache<string, DecayingCount>({ max: MAX_KEYS });

  constructor(private readonly clock: Clock) {}

  /** Counts a request, or throws `too-many-requests` (429); a refused request is not counted. */
  take(name: LimitName, caller: string, weight = 1): void {
    const key = `${name} ${caller}`;
    const now = this.clock.now();
    const count = this.counts.peek(key) ?? { level: 0, at: now };
    const wait = waitMs(count, limits[name], now);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw tooMany('too-many-requests', seconds, {
        vi: `Bạn đã yêu cầu việc này quá nhiều lần. Xin thử lại sau ${seconds} giây.`,
        en: `Too many requests of this kind. Try again in ${seconds} seconds.`,
      });
    }
    this.counts.set(key, counted(count, limits[name], now, weight));
  }
}
