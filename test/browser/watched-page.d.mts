import type { BrowserContext, Page } from 'playwright-core';

/** A page, and what it did that no page of ours may do; empty is good. */
export interface Watched {
  page: Page;
  faults: string[];
  /** The numbers of the payloads that stood on it. */
  seen: Set<number>;
}
export function watchedPage(context: BrowserContext, url: string): Promise<Watched>;
export function provoke(watched: Watched): Promise<string[]>;
export function breakIn(watched: Watched): Promise<void>;
