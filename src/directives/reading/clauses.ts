import { B, E, type Passage } from './passage.js';

export interface Span {
  start: number;
  end: number;
}

/** A sentence; its parts (between semicolons); their clauses (where a new verb of publishing begins). */
export interface Sentence extends Span {
  parts: Part[];
}

export interface Part extends Span {
  clauses: Span[];
}

const sentenceEnd = /[.!?…]+(?=\s{1,4}["“'(]?[\p{Lu}\d])|\n+/gu;
/** A dot after these does not end a sentence: "TP. Hà Tĩnh", "TX. Kỳ Anh", "v.v." */
const abbreviation = /(?:^|[\s(.])(?:TP|Tp|T\.P|TX|Tx|TT|Q|P|H|ThS|TS|BS|GS|PGS|KT|TM|TL|St|đ\/c|Đ\/c)$/u;

/** A new verb of publishing starts a clause, so that in "đăng Fanpage, phát trên loa 2 lần/ngày" the number is the loa's. */
const newVerb = new RegExp(
  `(?:,|${B}(?:và|đồng thời|kết hợp|cùng với|cũng như)${E})\\s{0,2}(?:đồng thời\\s)?(?:(?:tiến hành|tổ chức|thực hiện|chỉ đạo|tăng cường|chủ động|kịp thời)\\s)?(?=(?:đăng|phát(?! thanh(?:${E})(?! (?:ít|tối|trên|tuyên|nội)))|tuyên truyền|thông tin (?:về|đến|tới|trên|qua|kịp|rộng)|thông báo|chia sẻ|cập nhật|viết|in ấn|in và|treo|đưa tin|đưa lên|niêm yết|gửi|báo cáo|đi (?:từng|đến|tới)|đến từng|tiếp (?:âm|sóng)|biên tập|truyền tải)${E})`,
  'gu',
);

export function sentencesOf(p: Passage): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of p.text.matchAll(sentenceEnd)) {
    if (match[0] === '.' && abbreviation.test(p.text.slice(Math.max(0, match.index - 6), match.index))) continue;
    const end = match.index + match[0].length;
    push(p, start, end, sentences);
    start = end;
  }
  push(p, start, p.text.length, sentences);
  return sentences;
}

function push(p: Passage, start: number, end: number, sentences: Sentence[]): void {
  if (p.text.slice(start, end).trim() === '') return;
  const parts = spans(p.low, start, end, /;/gu).map((part) => ({
    ...part,
    clauses: spans(p.low, part.start, part.end, newVerb),
  }));
  sentences.push({ start, end, parts });
}

function spans(low: string, start: number, end: number, separator: RegExp): Span[] {
  const found: Span[] = [];
  let from = start;
  for (const match of low.slice(start, end).matchAll(separator)) {
    const at = start + match.index + match[0].length;
    if (at > from) found.push({ start: from, end: at });
    from = at;
  }
  if (from < end) found.push({ start: from, end });
  return found;
}

export function holds(span: Span, inner: Span): boolean {
  return span.start <= inner.start && inner.start < span.end;
}
