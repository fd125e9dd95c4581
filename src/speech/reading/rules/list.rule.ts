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
    startsLine(context, match.index) || inline(match, context) || carriesOn(match, context)
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

/** Numbers of these stand before a slash too: 'tổ 2/ Khu phố 3', 'ngõ 5/ Trần Phú'. */
const numberedPlace =
  /(?<!\p{L})(?:tổ|tdp|tổ dân phố|khu|khu phố|khối|thôn|xóm|ấp|ngõ|ngách|hẻm|kiệt|số|số nhà|phòng|tầng|lô|thửa|cụm|quận)\s*$/u;
const numberedOther =
  /(?<!\p{L})(?:lớp|quý|tháng|ngày|năm|đợt|khóa|kỳ|lần|thứ|điều|khoản|điểm|mục|phường|bài|câu|(?<!khẩu )trang|tập|đội|tuyến|cấp|nhóm|loại|hạng|giải)\s*$/u;
/** How far away in the line the mark before or after this one may stand. */
const LIST_REACH = 600;
const headed = /^\s+\p{Lu}[\p{L}\p{M}\s]{1,30}:/u;

/**
 * '… Mặt trận Tổ quốc 2/ Thời gian:', 'cần nhớ 1/ Đeo khẩu trang 2/ Rửa tay': a mark inside a line, where the mark
 * before it or after it stands in the same line, or where a heading with a colon follows.
 */
function carriesOn(match: RegExpExecArray, context: RuleContext): boolean {
  const [mark, number = ''] = match;
  const sign = mark.slice(number.length);
  const before = behind(context, match.index);
  const after = context.text.slice(endOf(match), endOf(match) + LIST_REACH).split(LINE)[0] ?? '';
  if (!/^[)/]$/.test(sign) || !/\s$/.test(before) || !/^\s+\p{Lu}/u.test(after) || numberedPlace.test(before))
    return false;
  if (headed.test(after) && !numberedOther.test(before)) return true;
  const line =
    context.text
      .slice(Math.max(0, match.index - LIST_REACH), match.index)
      .split(LINE)
      .at(-1) ?? '';
  const marked = (n: number) => new RegExp(String.raw`(?:^|[\s:;,.])0?${n}\s?[${sign}]\s?\p{Lu}`, 'u');
  return marked(Number(number) - 1).test(line) || (number === '1' && marked(2).test(after));
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
