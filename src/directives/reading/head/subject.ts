import type { HeadCell } from '../text/cell.js';
import { startsWithUnit } from '../text/addressees.js';
import { tidy } from '../text/passage.js';

const title =
  /^(?:công văn|kế hoạch|chỉ thị|công điện|thông báo|quyết định|hướng dẫn|tờ trình|báo cáo|nghị quyết|kết luận|thông tri|lời kêu gọi|phương án|chương trình|đề án|giấy mời|quy chế|quy định)(?:\s(?:khẩn|hỏa tốc|hỏa tốc khẩn))?(?:\s(?:số|liên tịch)[^:]{0,40})?$/u;
const subjectMark = /(?:^|\s)(?:v\s?\/\s?v|vv|về việc)(?!\p{L})\s?[:.]?\s{0,2}/u;

/** 'kế hoạch', 'công điện khẩn' …: the kind of document, alone in its cell. "QUYẾT ĐỊNH:" with a colon opens the decision itself. */
export function titleOf(cell: HeadCell): string | null {
  return title.test(cell.low) ? cell.low : null;
}

/** Trích yếu: after "V/v" or "Về việc", otherwise the lines under the kind of document. */
export function subjectOf(cells: readonly HeadCell[], numberLine: number | null): string | null {
  for (const [i, cell] of cells.entries()) {
    const match = subjectMark.exec(cell.low);
    if (match === null || (match.index > 0 && !/v\s?\/\s?v/u.test(match[0]))) continue;
    return joined(cell.text.slice(match.index + match[0].length), cell, cells.slice(i + 1));
  }
  const at = cells.findIndex((cell) => titleOf(cell) !== null && /^\p{Lu}/u.test(cell.text));
  if (at < 0 || (numberLine !== null && cells[at]!.line < numberLine && cells.length > at + 12)) return null;
  const next = cells[at + 1];
  return next === undefined || startsOther(next, false) ? null : joined(next.text, next, cells.slice(at + 2));
}

/** A subject may run over several lines; a blank line ends it unless the next line continues in lower case. */
function joined(first: string, from: HeadCell, following: readonly HeadCell[]): string | null {
  const lines = [first];
  let line = from.line;
  const capitals = isCapitals(first);
  for (const cell of following.slice(0, 6)) {
    const goesOn = /^[\p{Ll}\d("“]/u.test(cell.text) || (capitals && isCapitals(cell.text));
    if (capitals && lines.join(' ').length > 8 && !isCapitals(cell.text)) break;
    if (startsOther(cell, goesOn) || (cell.line - line > 1 && !goesOn)) break;
    if (cell.line === line && !goesOn) break;
    lines.push(cell.text);
    line = cell.line;
    if (/\.\/?\.?$/u.test(cell.text)) break;
  }
  const subject = tidy(lines.join(' '))
    .replace(/^Về\s(?=\p{Ll})/u, '')
    .replace(/[\s.;:,/*_-]+$/u, '');
  return subject === '' ? null : subject;
}

function startsOther(cell: HeadCell, goesOn: boolean): boolean {
  if (/^(?:kính (?:gửi|gởi)|số\s?:|cộng hòa|độc lập|căn cứ|nơi nhận|điện\s?:|thời gian\s?:)/u.test(cell.low))
    return true;
  if (titleOf(cell) !== null && isCapitals(cell.text)) return true;
  if (/^(?:\(?ban hành kèm|\(kèm)/u.test(cell.low)) return true;
  return !goesOn && isCapitals(cell.text) && startsWithUnit(cell.low);
}

export function isCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}
