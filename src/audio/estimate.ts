import { estimateSeconds, splitSpoken } from '../speech/voices/sentences.js';
import { scoreSeconds } from './chimes.js';
import {
  CHIME_GAP_SECONDS,
  LEAD_IN_SECONDS,
  PARAGRAPH_GAP_SECONDS,
  REPEAT_NOTICE,
  SENTENCE_GAP_SECONDS,
} from './mix-plan.js';

/** Gaps with a cut in them are filled up to a whole mp3 frame. */
const FILL_SECONDS = 0.013;

/** What decides how long a clip of the same words becomes. */
export interface EstimateForm {
  /** Words a minute; 160 when not given. */
  readonly rate?: number;
  /** Read twice, with "Xin nhắc lại." between. */
  readonly repeat?: boolean;
  /** Both when not given. */
  readonly chimes?: { readonly opening: boolean; readonly closing: boolean };
}

/**
 * About how long a whole clip of `spoken` will be, with the chimes that come with the program, gaps and repetition, seconds; within
 * a tenth on real scripts.
 */
export function estimateClipSeconds(
  spoken: string,
  { rate = 160, repeat = false, chimes = { opening: true, closing: true } }: EstimateForm = {},
): number {
  const paragraphs = splitSpoken(spoken);
  const sentences = paragraphs.flat();
  if (sentences.length === 0) return 0;
  const breaks = Math.max(0, paragraphs.length - 1);
  const gaps = (sentences.length - 1 - breaks) * SENTENCE_GAP_SECONDS + breaks * PARAGRAPH_GAP_SECONDS;
  const said = sentences.reduce((sum, sentence) => sum + estimateSeconds(sentence, rate), 0);
  const once = said + gaps + FILL_SECONDS * (sentences.length / 3);
  const between = estimateSeconds(REPEAT_NOTICE, rate) + 2 * (PARAGRAPH_GAP_SECONDS + FILL_SECONDS);
  const called = (['opening', 'closing'] as const).filter((chime) => chimes[chime]);
  const chiming = called.reduce((sum, chime) => sum + scoreSeconds[chime] + CHIME_GAP_SECONDS + FILL_SECONDS, 0);
  return LEAD_IN_SECONDS + chiming + once + (repeat ? between + once : 0) + SENTENCE_GAP_SECONDS;
}
