import type { Instant } from '../shared/clock.js';

interface Entry<T> {
  at: Instant;
  value: Promise<T>;
}

/**
 * Values kept for `lifeMs`, at most `most` of them, the oldest going first. Many who ask for the same at once wait for one
 * making. What is dropped while it is being made is given to those who waited and to nobody after them, so a value from
 * before a change is never served after it.
 */
export class PlaylistCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly lifeMs: number,
    private readonly most: number,
  ) {}

  get(key: string, now: Instant, make: () => Promise<T>): Promise<T> {
    const kept = this.entries.get(key);
    if (kept && now >= kept.at && now - kept.at < this.lifeMs) return kept.value;
    const entry = { at: now, value: make() };
    this.entries.delete(key);
    this.entries.set(key, entry);
    // A failure is told to those who wait, and tried again for the next.
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.most) break;
      this.entries.delete(oldest);
    }
    return entry.value;
  }

  drop(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
