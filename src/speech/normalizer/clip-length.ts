import type { Sentence } from '../../shared/domain-error.js';

/** Maximum length of a clip; longer content is broadcast in parts. */
export const CLIP_MAX_SECONDS = 60 * 60;
/** The author gets a warning from this length on. */
const CLIP_NEAR_SECONDS = 45 * 60;

/** The warning for a script that takes about `seconds` to read; null below the warning length. */
export function lengthWarning(seconds: number): Sentence | null {
  const [minutes, most] = [Math.ceil(seconds / 60), CLIP_MAX_SECONDS / 60];
  if (seconds > CLIP_MAX_SECONDS) {
    return {
      vi: `Bản thu sẽ dài chừng ${minutes} phút; bản thu dài nhất là ${most} phút nên không dựng được. Hãy rút ngắn hoặc chia thành nhiều bài.`,
      en: `The clip would be about ${minutes} minutes long; the longest that can be made is ${most}. Shorten the script or make several of it.`,
    };
  }
  if (seconds < CLIP_NEAR_SECONDS) return null;
  return {
    vi: `Bản thu sẽ dài chừng ${minutes} phút; bản thu dài nhất là ${most} phút. Nên rút ngắn hoặc chia thành nhiều bài.`,
    en: `The clip will be about ${minutes} minutes long; the longest is ${most}. Better shorten the script or make several of it.`,
  };
}
