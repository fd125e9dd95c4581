import { estimateSeconds, splitSpoken } from '../speech/voices/sentences.js';
import { chimeSeconds } from './chimes.js';
import { CHIME_GAP_SECONDS, LEAD_IN_SECONDS, PARAGRAPH_GAP_SECONDS, SENTENCE_GAP_SECONDS } from './mix-plan.js';

/** Gaps with a cut in them are filled up to a whole mp3 frame. */
const FILL_SECONDS = 0.013;

/** About how long a whole clip of `spoken` will be, with chimes and gaps, seconds; within a tenth on real scripts. */
export function estimateClipSeconds(spoken: string, rate = 160): number {
  const paragraphs = splitSpoken(spoken);
  const sentences = paragraphs.flat();
  const breaks = Math.max(0, paragraphs.length - 1);
  const gaps = (sentences.length - 1 - breaks) * SENTENCE_GAP_SECONDS + breaks * PARAGRAPH_GAP_SECONDS;
  const around = LEAD_IN_SECONDS + chimeSeconds + 2 * CHIME_GAP_SECONDS + SENTENCE_GAP_SECONDS;
  const said = sentences.reduce((sum, sentence) => sum + estimateSeconds(sentence, rate), 0);
  return around + Math.max(0, gaps) + said + FILL_SECONDS * (sentences.length / 3);
}
