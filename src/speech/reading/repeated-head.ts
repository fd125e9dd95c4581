import { behind, type RuleContext } from './words/rule-context.js';
import type { LexiconTerm } from './text/reading.js';

/** Nouns that authors write before an abbreviation that already contains them. */
const heads = new Set(
  'ban hội tổ phòng đội đất quỹ sở khu cụm giấy số trạm thuốc bệnh người đường trường chợ xe chi bộ cục'.split(' '),
);
/** 'xã hội', 'đại hội', 'can bộ': the last syllable of another word does not count. */
const partOfWord =
  /(?:xã|đại|quốc|lễ|cơ|hiệp|dạ|vũ|cán|đảng|toàn|tuyên|bảo|một|tiểu|địa|cội|nội|quân|bên|bản|trung|trực|ủy|phân|buồng|cầu) $/;

/**
 * 'Ngân hàng NHCSXH', 'Hội HLHPN', 'đường ĐT': drops the words that the preceding text already contains. At least one
 * word stays; an entry in lower case is spoken whole.
 */
export function withoutRepeat(entry: LexiconTerm, context: RuleContext, at: number): string {
  if (!/^\p{Lu}{2}/u.test(entry.written) || context.text.charAt(at - 1) !== ' ') return entry.spoken;
  const words = entry.spoken.split(' ');
  const before = behind(context, at).trimEnd();
  for (let count = Math.min(4, words.length - 1); count > 0; count--) {
    const head = words.slice(0, count).join(' ').toLowerCase();
    if (!before.endsWith(head) || /[\p{L}\p{M}]$/u.test(before.slice(0, -head.length))) continue;
    if (count === 1 && (!heads.has(head) || partOfWord.test(before.slice(0, -head.length)))) continue;
    return words
      .slice(count)
      .join(' ')
      .replace(/^[, ]+/, '');
  }
  return entry.spoken;
}
