import { integerWords } from '../words/integer-words.js';
import { behind, END, stickyAnyCase, type Rule } from '../words/rule-context.js';

/** NCT trên 80T, cháu trai khoảng 5t, nữ 18-35t: ages of people; for a load, t would be tonnes. */
const ages = stickyAnyCase(String.raw`(\d{1,3})(?:(\s?t)?\s?(?:-|đến)\s?(\d{1,3}))?\s?t${END}`);
const people =
  /(?<!\p{L})(?:trẻ|trẻ em|te|em|cháu|bé|người|nct|cụ|ông|bà|anh|chị|nam|nữ|trai|gái|công dân|thanh niên|tn|lao động|lđ|học sinh|hs|phụ nữ|pn)(?:\s[^,.;\d]{0,24})?\s*[(:,]?\s*$/u;

/** Người từ đủ 75t, hoặc 70-<75t: an age after an age. */
const anotherAge = /(?<!\p{L})(?:trẻ|người|nct|cụ|công dân)(?!\p{L})[^.;]*\d\s?t(?:uổi)?(?:,|\s)[^.;]{0,14}$/u;

/** 14+ tuổi, 60+ tuổi. */
export const ageAndMoreRule: Rule = {
  name: 'measure',
  pattern: stickyAnyCase(String.raw`(\d{1,3})\s?\+\s?tuổi${END}`),
  say: (match, context) => `${integerWords(match[1] ?? '', context.settings)} tuổi trở lên`,
};

export const ageRule: Rule = {
  name: 'measure',
  pattern: ages,
  say(match, context) {
    const [, from = '', each = '', to] = match;
    const before = behind(context, match.index);
    if (Number(to ?? from) > 120 || !(people.test(before) || anotherAge.test(before))) return undefined;
    const first = integerWords(from, context.settings);
    return `${to === undefined ? first : `${first}${each && ' tuổi'} đến ${integerWords(to, context.settings)}`} tuổi`;
  },
};
