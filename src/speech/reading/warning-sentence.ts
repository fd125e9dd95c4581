import type { Sentence } from '../../shared/domain-error.js';
import type { WarningKind } from './text/reading.js';

/** The message of a warning, with what the person can do. */
export function warningSentence(kind: WarningKind, source: string): Sentence {
  switch (kind) {
    case 'left-over':
      return {
        vi: `Chưa biết đọc "${source}": người nghe sẽ không nghe thấy. Hãy viết lại bằng chữ hoặc thêm vào từ điển đọc.`,
        en: `"${source}" is not read and would not be heard. Write it in words or add it to the lexicon.`,
      };
    case 'unknown-capitals':
      return {
        vi: `"${source}" chưa có trong từ điển đọc nên được đọc theo suy đoán. Hãy nghe lại; nếu sai, thêm cách đọc vào từ điển.`,
        en: `"${source}" is in no lexicon and is read by a guess. Listen; if it is wrong, add it to the lexicon.`,
      };
    case 'foreign-word':
      return {
        vi: `"${source}" không phải âm tiết tiếng Việt; giọng đọc có thể phát âm sai. Hãy thêm cách đọc vào từ điển.`,
        en: `"${source}" is not a Vietnamese syllable and a voice may mispronounce it. Add it to the lexicon.`,
      };
    case 'impossible-date':
      return {
        vi: `Không có ngày "${source}". Hãy kiểm tra lại trước khi phát.`,
        en: `There is no such day as "${source}". Check it before it is broadcast.`,
      };
    case 'impossible-time':
      return {
        vi: `Không có giờ "${source}". Hãy kiểm tra lại trước khi phát.`,
        en: `There is no such time as "${source}". Check it before it is broadcast.`,
      };
    case 'ambiguous':
      return {
        vi: `"${source}" có thể hiểu hai cách (ngày tháng hoặc phân số). Hãy nghe lại; nếu sai, viết rõ "ngày …" hoặc "… phần …".`,
        en: `"${source}" can be read in two ways (a date or a fraction). Listen; if it is wrong, write it out.`,
      };
  }
}
