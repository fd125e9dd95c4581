import type { Browser } from 'playwright-core';

/** Debian's Chromium, installed when it is missing. Throws when it cannot be. `microphone`: a WAV file that it hears. */
export function openBrowser(options?: { microphone?: string }): Promise<Browser>;
