import type { Clip } from '../../audio/clips/clip.entity.js';
import { UPLOADED } from '../../audio/store/upload-store.js';
import type { Reading } from '../../speech/reading/text/reading.js';

/**
 * Places where the text reader guessed and no person has decided, each once, as written and as spoken. Only synthesised
 * clips count: an announcer reads in his own way, and the lexicon may have gained the word since.
 */
export function doubtsIn(
  { spans }: Pick<Reading, 'spans'>,
  clips: readonly Pick<Clip, 'engine' | 'spoken'>[],
): { written: string; spoken: string }[] {
  const made = clips.filter(({ engine }) => engine !== UPLOADED);
  const doubts = new Map<string, { written: string; spoken: string }>();
  for (const { sure, spoken, source, decision } of spans) {
    if (sure || decision !== undefined || !spoken || !made.some((clip) => clip.spoken.includes(spoken))) continue;
    doubts.set(`${source}\n${spoken}`, { written: source, spoken });
  }
  return [...doubts.values()];
}
