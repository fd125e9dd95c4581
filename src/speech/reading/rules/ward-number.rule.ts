import { integerWords } from '../words/integer-words.js';
import { ahead, behind, endOf, sticky, type Rule } from '../words/rule-context.js';

const office = /(?:ubnd|hđnd|đảng ủy|mttq|công an|ca|tyt|trạm y tế|địa bàn|các|phường|p\d{1,2},?)\s?$/;
const district = /^,?\s?(?:q\.?\s?\d|q\.\s?\p{L}|quận|tp\.?(?!\p{L})|thành phố)/u;
const wardBefore = /(?:p\.?\s?\d{1,2}|phường [\p{L}\d\s]{1,16})(?:,\s?|\s)$/u;

/** UBND P12, hẻm 5 P4, Q8: a ward and a district by number; a house would have a letter and a number too. */
export const wardNumberRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`([PQ])(\d{1,2})(?![\p{L}\p{N}]|[.,/-]\d)`),
  say(match, context) {
    const [, letter = '', number = ''] = match;
    const before = behind(context, match.index);
    const sure =
      office.test(before) ||
      (letter === 'Q' && Number(number) < 13 && number[0] !== '0') ||
      (letter === 'P' ? district.test(ahead(context, endOf(match))) : wardBefore.test(before));
    if (!sure) return undefined;
    return `${letter === 'P' ? 'phường' : 'quận'} ${integerWords(number, context.settings)}`;
  },
};
