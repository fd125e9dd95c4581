import type { HeadCell } from '../text/cell.js';
import { isCapitals, titleOf } from './subject.js';
import { lower, tidy } from '../text/passage.js';

const office =
  /^(?:ủy ban|ubnd|ub mttq|ubmttq|hội đồng|hđnd|sở|phòng(?!,? ?(?:chống|thủ|ngừa|dịch|cháy|,))|ban(?! nhân dân)|trung tâm|công an|đài|bộ|văn phòng|hội|đảng (?:bộ|ủy)|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|mặt trận|chủ tịch|thủ tướng|chính phủ|trạm|trường|bệnh viện|chi cục|cục|tổng cục|tiểu ban|liên đoàn|đoàn|tỉnh đoàn|thành đoàn|bch|bcđ|công ty|tổng công ty|điện lực|chi nhánh|bảo hiểm|bhxh|tòa án|viện|hạt|kho bạc|ngân hàng|bưu điện|viễn thông|thường trực|hội đồng)(?!\p{L})/u;
const levels = ['tỉnh', 'thành phố', 'thị xã', 'huyện', 'quận', 'phường', 'xã', 'thị trấn', 'tp.', 'tp', 'tx.', 'tx'];

/** Words that stay capitalised inside a name in lower case. */
const proper: ReadonlyArray<[RegExp, string]> = [
  [/việt nam/gu, 'Việt Nam'],
  [/mặt trận tổ quốc/gu, 'Mặt trận Tổ quốc'],
  [/hồ chí minh/gu, 'Hồ Chí Minh'],
  [/thành ủy/gu, 'Thành ủy'],
  [/tỉnh ủy/gu, 'Tỉnh ủy'],
  [/huyện ủy/gu, 'Huyện ủy'],
  [/trung ương/gu, 'Trung ương'],
  [/tìm kiếm cứu nạn/gu, 'Tìm kiếm cứu nạn'],
];

/** Office names that contain no proper name: the word after the office's first word stays in lower case. */
const plainNames = /^(?:ủy ban nhân dân|hội đồng nhân dân)/u;

/**
 * The offices of the head's left column; the last one issues the letter ("UBND TỈNH … / SỞ …": the Sở). Joins a name
 * that runs over several lines. Capitals become the usual case: "Ủy ban nhân dân thành phố Hà Tĩnh".
 */
export function officesOf(cells: readonly HeadCell[], numberLine: number | null): string[] {
  const offices: string[] = [];
  let line = -1;
  for (const cell of withJoinedCells(cells)) {
    if (numberLine !== null && cell.line >= numberLine && offices.length > 0) break;
    if (/^(?:v\s?\/\s?v|về việc|kính gửi)/u.test(cell.low) || titleOf(cell) !== null) {
      if (offices.length > 0) break;
      continue;
    }
    if (office.test(cell.low) && isNameLike(cell)) {
      offices.push(cell.text);
      line = cell.line;
    } else if (offices.length > 0 && continuesName(offices.at(-1)!, cell, cell.line - line)) {
      offices[offices.length - 1] += ` ${cell.text}`;
      line = cell.line;
    } else if (offices.length > 0 && numberLine === null) break;
  }
  return offices.map((name) => usualCase(tidy(name).replace(/[\s*.:,_-]+$/u, '')));
}

/** "ỦY" / "BAN NHÂN DÂN": a table cell split off the first word. */
function withJoinedCells(cells: readonly HeadCell[]): HeadCell[] {
  const out: HeadCell[] = [];
  for (const cell of cells) {
    const last = out.at(-1);
    if (last !== undefined && /^(?:ủy|hội|văn|trung|công)$/u.test(last.low)) {
      out[out.length - 1] = { text: `${last.text} ${cell.text}`, low: `${last.low} ${cell.low}`, line: cell.line };
    } else out.push(cell);
  }
  return out;
}

function isNameLike(cell: HeadCell): boolean {
  return (
    cell.text.length <= 140 &&
    !/[.;:?!]\s|[;:]$|\d{1,2}\/\d{1,2}\/\d{4}/u.test(cell.text) &&
    !/(?:yêu cầu|đề nghị|ban hành|thông báo về)/u.test(cell.low)
  );
}

function continuesName(name: string, cell: HeadCell, gap: number): boolean {
  if (cell.text.length > 80 || /[.;:]$/u.test(cell.text)) return false;
  if (isCapitals(name)) return isCapitals(cell.text) && !/^(?:số|hỏa tốc|khẩn|thượng)/u.test(cell.low);
  return (
    gap <= 2 && (levels.some((level) => cell.low.startsWith(`${level} `)) || /^(?:và|-|&|\p{Ll})/u.test(cell.text))
  );
}

export function usualCase(printed: string): string {
  const name = printed
    .replace(/^(Uỷ|UỶ|Uy)(?=\s)/u, (word) => (word === 'UỶ' ? 'ỦY' : 'Ủy'))
    .replace(/(?<=\s)Uỷ(?= ban)/gu, 'Ủy');
  if (!isCapitals(name)) return name.charAt(0).toUpperCase() + name.slice(1);
  const words = name.split(' ');
  const out: string[] = [];
  let inPlace = false;
  let capitalNext = true;
  const plain = plainNames.test(lower(name));
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const low = word.toLowerCase();
    const pair = `${low} ${(words[i + 1] ?? '').toLowerCase()}`;
    const level = pair === 'xã hội' ? undefined : levels.find((l) => l === pair || l === low);
    if (i > 0 && level !== undefined) {
      out.push(level.startsWith('t') && level.length <= 3 && level !== 'tỉnh' ? word.charAt(0) + word.slice(1) : level);
      if (level.includes(' ')) i++;
      inPlace = true;
      capitalNext = false;
      continue;
    }
    if (isAcronym(word)) out.push(word);
    else if (inPlace || capitalNext) out.push(low.charAt(0).toUpperCase() + low.slice(1));
    else out.push(low);
    // Capitalises the first word and the first of the office's own field: "Sở Thông tin và Truyền thông".
    const links =
      word === '-' ||
      word === '–' ||
      word === '&' ||
      low === 'và' ||
      (word.endsWith(',') && !/^(?:chống|ngừa)/iu.test(words[i + 1] ?? ''));
    if (low === 'và' && !inPlace) out[out.length - 1] = 'và';
    capitalNext = !inPlace && !plain && (links || i === headLength(words) - 1);
  }
  return proper.reduce((text, [pattern, to]) => text.replace(new RegExp(pattern, 'giu'), to), out.join(' '));
}

/** How many words name the kind of office: "Trung tâm", "Văn phòng", "Ban" … */
function headLength(words: readonly string[]): number {
  const two = `${words[0] ?? ''} ${words[1] ?? ''}`.toLowerCase();
  return /^(?:trung tâm|thủ tướng|chủ tịch|thường trực|văn phòng|công an|chi cục|tổng cục|tiểu ban|liên đoàn|bệnh viện|công ty|bảo hiểm|ủy ban|kho bạc|ngân hàng|tòa án|viện kiểm|chi nhánh|điện lực|hội đồng|ban thường)$/u.test(
    two,
  )
    ? 2
    : 1;
}

function isAcronym(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, '');
  if (/\d/.test(word) || letters.length < 2) return /\d/.test(word);
  const bare = letters.normalize('NFD').replace(/\p{M}/gu, '');
  return (
    /^(?:UBND|HĐND|UBMTTQ|UBMTTQVN|MTTQ|MTTQVN|TNCS|PCTT|TKCN|PCTT&TKCN|BCH|BCĐ|BHXH|TP|TX|VHTT|TTTT|PTDS|CNTT)$/u.test(
      letters,
    ) || !/[AEIOUY]/u.test(bare)
  );
}
