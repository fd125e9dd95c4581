import type { BrowserContext, Page } from 'playwright-core';

/** A page and its forbidden behaviour; an empty list is good. */
export interface Watched {
  page: Page;
  faults: string[];
  /** The numbers of the payloads that were on it. */
  seen: Set<number>;
}
export function watchedPage(context: BrowserContext, url: string): Promise<Watched>;
export function provoke(watched: Watched): Promise<string[]>;
export function breakIn(watched: Watched): Promise<void>;
