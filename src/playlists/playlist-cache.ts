import { LRUCache } from 'lru-cache';
import type { Instant } from '../shared/clock.js';

interface Entry<T> {
  at: Instant;
  value: Promise<T>;
}

/**
 * Values kept for `lifeMs`, at most `most` of them: what nobody has asked for longest goes first. Many who ask for the same
 * at once wait for one making. What is dropped while it is being made is given to those who waited and to nobody after them,
 * so a value from before a change is never served after it.
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
    // A failure is told to those who wait, and tried again for the next.
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
