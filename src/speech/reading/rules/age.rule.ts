import { integerWords } from '../integer-words.js';
import { behind, END, stickyAnyCase, type Rule } from '../scene.js';

/** NCT trên 80T, cháu trai khoảng 5t, nữ 18-35t: years of people, where a load would be tonnes. */
const ages = stickyAnyCase(String.raw`(\d{1,3})(?:(\s?t)?\s?(?:-|đến)\s?(\d{1,3}))?\s?t${END}`);
const people =
  /(?<!\p{L})(?:trẻ|trẻ em|te|em|cháu|bé|người|nct|cụ|ông|bà|anh|chị|nam|nữ|trai|gái|công dân|thanh niên|tn|lao động|lđ|học sinh|hs|phụ nữ|pn)(?:\s[^,.;\d]{0,24})?\s*[(:,]?\s*$/u;

export const ageRule: Rule = {
  name: 'measure',
  pattern: ages,
  say(match, scene) {
    const [, from = '', each = '', to] = match;
    if (Number(to ?? from) > 120 || !people.test(behind(scene, match.index))) return undefined;
    const first = integerWords(from, scene.settings);
    return `${to === undefined ? first : `${first}${each && ' tuổi'} đến ${integerWords(to, scene.settings)}`} tuổi`;
  },
};
