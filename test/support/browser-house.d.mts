import type { Browser } from 'playwright-core';

/**
 * Debian's Chromium, installed when it is missing. Throws when it cannot be installed. `microphone`: a WAV file as its
 * input.
 */
export function openBrowser(options?: { microphone?: string }): Promise<Browser>;
