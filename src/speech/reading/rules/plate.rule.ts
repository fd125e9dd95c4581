import { digitWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { behind, END, endOf, sticky, type Rule } from '../words/rule-context.js';

/** 38A-123.45, 38B1-234.56, 38-H1 567.89: province, series, number; read character by character. */
const plate = sticky(String.raw`(\d{2})\s?-?\s?(\p{Lu}{1,2}\d?)(\s?-\s?|\s)?(\d{3}\.\d{2}|\d{4,5})${END}`);
const named = /(?:biển|biển số|biển kiểm soát|bks|bs|xe|số)\s*:?\s*$/;

export const plateRule: Rule = {
  name: 'plate',
  pattern: plate,
  say(match, context) {
    const [, province = '', series = '', mark, number = ''] = match;
    const sure =
      number.includes('.') ||
      named.test(behind(context, match.index)) ||
      (mark?.includes('-') && number.length >= 4 && (number.length === 5 || !/\d$/.test(series)));
    if (!sure || Number(province) < 11) return undefined;
    const letters = spell(series.replace(/\d/g, ''));
    if (letters === undefined) return undefined;
    const digit = /\d/.exec(series)?.[0];
    return {
      end: endOf(match),
      spoken: `${digitWords(province)} ${letters}${digit ? ` ${digitWords(digit)}` : ''}, ${number.split('.').map(digitWords).join(', ')}`,
    };
  },
};
