import { B, E, type Passage } from './passage.js';

export interface TextSpan {
  start: number;
  end: number;
}

/** The text between two semicolons of a sentence, and its clauses, each opened by a new verb of publishing. */
export interface ClausePart extends TextSpan {
  clauses: TextSpan[];
}

// Matched only at the first sign of a run: tried at every sign, a run that ends no sentence would cost its square.
const sentenceEnd = /(?<![.!?…])[.!?…]+(?=\s{1,4}["“'(]?[\p{Lu}\d])|\n+/gu;
/** A dot after these does not end a sentence: "TP. Hà Tĩnh", "TX. Kỳ Anh", "v.v." */
const abbreviation = /(?:^|[\s(.])(?:TP|Tp|T\.P|TX|Tx|TT|Q|P|H|ThS|TS|BS|GS|PGS|KT|TM|TL|St|đ\/c|Đ\/c)$/u;

/**
 * A new verb of publishing starts a clause: in "đăng Fanpage, phát trên loa 2 lần/ngày" the number belongs to the
 * loudspeaker.
 */
const newVerb = new RegExp(
  `(?:,|${B}(?:và|đồng thời|kết hợp|cùng với|cũng như)${E})\\s{0,2}(?:đồng thời\\s)?(?:(?:tiến hành|tổ chức|thực hiện|chỉ đạo|tăng cường|chủ động|kịp thời)\\s)?(?=(?:đăng|phát(?! thanh(?:${E})(?! (?:ít|tối|trên|tuyên|nội)))|tuyên truyền|thông tin (?:về|đến|tới|trên|qua|kịp|rộng)|thông báo|chia sẻ|cập nhật|viết|in ấn|in và|treo|đưa tin|đưa lên|niêm yết|gửi|báo cáo|đi (?:từng|đến|tới)|đến từng|tiếp (?:âm|sóng)|biên tập|truyền tải)${E})`,
  'gu',
);

/**
 * Maximum length of a sentence, longer than any that people write; bounds the cost of assigning numbers to channels.
 */
const longest = 2000;

export function sentencesOf(p: Passage): TextSpan[] {
  const sentences: TextSpan[] = [];
  let start = 0;
  const push = (end: number) => {
    for (; end - start > longest; start += longest) sentences.push({ start, end: start + longest });
    if (p.text.slice(start, end).trim() !== '') sentences.push({ start, end });
    start = end;
  };
  for (const match of p.text.matchAll(sentenceEnd)) {
    if (match[0] === '.' && abbreviation.test(p.text.slice(Math.max(0, match.index - 6), match.index))) continue;
    push(match.index + match[0].length);
  }
  push(p.text.length);
  return sentences;
}

export function partsOf(p: Passage, sentence: TextSpan): ClausePart[] {
  return spans(p.low, sentence.start, sentence.end, /;/gu).map((part) => ({
    ...part,
    clauses: spans(p.low, part.start, part.end, newVerb),
  }));
}

function spans(low: string, start: number, end: number, separator: RegExp): TextSpan[] {
  const found: TextSpan[] = [];
  let from = start;
  for (const match of low.slice(start, end).matchAll(separator)) {
    const at = start + match.index + match[0].length;
    if (at > from) found.push({ start: from, end: at });
    from = at;
  }
  if (from < end) found.push({ start: from, end });
  return found;
}

export function holds(span: TextSpan, inner: TextSpan): boolean {
  return span.start <= inner.start && inner.start < span.end;
}
