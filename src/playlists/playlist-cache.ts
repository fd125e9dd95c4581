import { LRUCache } from 'lru-cache';
import type { Instant } from '../shared/clock.js';

interface Entry<T> {
  at: Instant;
  value: Promise<T>;
}

/**
 * Values cached for `lifeMs`, at most `most` of them: the least recently used is dropped first. Concurrent requests for
 * the same key share one making. A value dropped while it is being made goes to those who already waited and to no
 * later request, so a value from before a change is never served after it.
 */
export class PlaylistCache<T> {
  private readonly entries: LRUCache<string, Entry<T>>;

  constructor(
    private readonly lifeMs: number,
    most: number,
  ) {
    this.entries = new LRUCache({ max: most });
  }

  get(key: string, now: Instant, make: () => Promise<T>): Promise<T> {
    const kept = this.entries.get(key);
    if (kept && now >= kept.at && now - kept.at < this.lifeMs) return kept.value;
    const entry = { at: now, value: make() };
    this.entries.set(key, entry);
    // A failure reaches those who wait; the next request tries again.
    entry.value.catch(() => {
      if (this.entries.peek(key) === entry) this.entries.delete(key);
    });
    return entry.value;
  }

  drop(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
