import { DomainError } from '../../shared/domain-error.js';
import { CLIP_MAX_SECONDS, lengthWarning } from '../../speech/normalizer/clip-length.js';
import {
  estimateReadingSeconds,
  estimateSeconds,
  FILL_SECONDS,
  PARAGRAPH_GAP_SECONDS,
  SENTENCE_GAP_SECONDS,
  splitSpoken,
} from '../../speech/voices/sentences.js';
import { scoreSeconds } from './chimes.js';
import { CHIME_GAP_SECONDS, LEAD_IN_SECONDS, REPEAT_NOTICE } from './mix-plan.js';

/** Options that change the length of a clip with the same words. */
export interface EstimateForm {
  /** Words a minute; default 160. */
  readonly rate?: number;
  /** Read twice, with "Xin nhắc lại." between. */
  readonly repeat?: boolean;
  /** Default: both. */
  readonly chimes?: { readonly opening: boolean; readonly closing: boolean };
}

/**
 * Estimated length of a whole clip of `spoken` with bundled chimes, gaps and repetition, seconds; within a tenth on
 * real scripts.
 */
export function estimateClipSeconds(
  spoken: string,
  { rate = 160, repeat = false, chimes = { opening: true, closing: true } }: EstimateForm = {},
): number {
  if (splitSpoken(spoken).length === 0) return 0;
  const once = estimateReadingSeconds(spoken, rate);
  const between = estimateSeconds(REPEAT_NOTICE, rate) + 2 * (PARAGRAPH_GAP_SECONDS + FILL_SECONDS);
  const called = (['opening', 'closing'] as const).filter((chime) => chimes[chime]);
  const chiming = called.reduce((sum, chime) => sum + scoreSeconds[chime] + CHIME_GAP_SECONDS + FILL_SECONDS, 0);
  return LEAD_IN_SECONDS + chiming + once + (repeat ? between + once : 0) + SENTENCE_GAP_SECONDS;
}

/** Throws `clip-too-long` (invalid) with the actual or estimated length of the clip. */
export function requireClipLength(seconds: number): void {
  const sentence = lengthWarning(seconds);
  if (seconds <= CLIP_MAX_SECONDS || !sentence) return;
  const details = { clipSeconds: Math.round(seconds), mostSeconds: CLIP_MAX_SECONDS };
  throw new DomainError('invalid', 'clip-too-long', sentence, details);
}
