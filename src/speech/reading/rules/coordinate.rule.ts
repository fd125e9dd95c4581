import { integerWords } from '../words/integer-words.js';
import { NUMBER, numberWords } from '../words/number-forms.js';
import { sticky, type Rule } from '../words/rule-context.js';

const sides: Readonly<Record<string, string>> = {
  N: 'vĩ Bắc',
  S: 'vĩ Nam',
  E: 'kinh Đông',
  W: 'kinh Tây',
  B: 'vĩ Bắc',
  Đ: 'kinh Đông',
};

/** 18°20'N, 105°54'30"E: a position at sea in degrees, minutes and seconds. */
const place = sticky(
  String.raw`(\d{1,3})\s?[°oº]\s?(?:(${NUMBER})\s?['’′](?:\s?(${NUMBER})\s?(?:["”″]|''|’’))?)\s?(?:([NSEWBĐ])(?![\p{L}\p{N}]))?`,
);

export const coordinateRule: Rule = {
  name: 'measure',
  pattern: place,
  say(match, context) {
    const [, degrees = '', minutes = '', seconds, side] = match;
    const said = [`${integerWords(degrees, context.settings)} độ ${numberWords(minutes, context.settings)} phút`];
    if (seconds !== undefined) said.push(`${numberWords(seconds, context.settings)} giây`);
    if (side !== undefined) said.push(sides[side] ?? '');
    return said.join(' ');
  },
};
