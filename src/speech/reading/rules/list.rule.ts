import { integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { classAt, LAYOUT } from '../text/char-class.js';
import { LINE } from '../text/clean.js';
import { behind, endOf, sticky, type Found, type Rule, type RuleContext } from '../words/rule-context.js';

/** '1. ', '2) ', '3/ ' at the start of a line; a comma prevents the falling tone of a sentence end. */
const number = sticky(String.raw`(\d{1,2})(?:\.\)?|\)|\/(?!\p{Lu}{2,}\d?-))(?=\s+[^\s\u001e]|[^\s\u001e\d.,/%])`);
const letter = sticky(String.raw`\p{L}(?![\p{L}\p{M}\p{N}])`);

export const listNumberRule: Rule = {
  name: 'list',
  pattern: number,
  say: (match, context) =>
    startsLine(context, match.index) || inline(match, context)
      ? `${integerWords(match[1] ?? '', context.settings)},`
      : undefined,
};

/** 'mời các ông: 1/ Nguyễn Văn A; 2/ Trần Văn B': a list that continues within the line. */
function inline(match: RegExpExecArray, context: RuleContext): boolean {
  return (
    /[)/]$/.test(match[0]) &&
    /[:;,]\s*$/.test(behind(context, match.index)) &&
    /^\s+\p{L}/u.test(context.text.slice(endOf(match), endOf(match) + 4))
  );
}

export const listLetterRule: Rule = {
  name: 'list',
  pattern: letter,
  say(match, context): Found | undefined {
    const end = endOfLayout(context.text, endOf(match));
    const marks = context.text.slice(endOf(match), end);
    const closed = marks.startsWith(')') || marks.startsWith('/ ');
    const small = /^\p{Ll}$/u.test(match[0]) && marks.includes('.');
    if (!(closed || small) || !startsLine(context, match.index)) return undefined;
    if (end === context.text.length || context.text[end] === LINE) return undefined;
    const name = spell(match[0]);
    const mark = Math.max(marks.lastIndexOf('.'), marks.lastIndexOf(')')) + 1;
    return name === undefined ? undefined : { end: endOf(match) + mark, spoken: `${name},` };
  },
};

export function startsLine(context: RuleContext, at: number): boolean {
  return /^[^\p{L}\p{N}]*$/u.test(behind(context, at));
}

function endOfLayout(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== LINE && (text[end] === '/' || classAt(text, end) === LAYOUT)) end++;
  return end;
}
