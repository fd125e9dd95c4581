import type { Browser } from 'playwright-core';

/** Debian's Chromium, installed when it is missing. Throws when it cannot be. */
export function openBrowser(): Promise<Browser>;
