import { lower } from '../text/passage.js';
import { startsWithUnit } from '../text/addressees.js';
import { markerOf } from '../text/blocks.js';
import { isCapitals } from './subject.js';
import type { HeadCell } from '../text/cell.js';

export interface HeadZone {
  cells: HeadCell[];
  /** Where in the letter "Kính gửi" (or the body, without one) begins. */
  end: number;
  addressed: boolean;
  motto: boolean;
}

const motto =
  /c[ộ]ng\s+h[òo][àa]?\s+x[ãa]\s*hội\s+chủ\s+nghĩa\s+việt\s*nam|cộng\s+hòa\s+xhcn\s+việt\s+nam|đ[ộ]c\s*l[ậ]p\s*[-–—]\s*t[ựự]\s*do\s*[-–—]\s*h[ạ]nh\s*ph[úu]c|đảng\s+cộng\s+sản\s+việt\s+nam/giu;
const toLine = /^\s*["“]?(?:kính (?:gửi|gởi|chuyển)|nơi gửi)\s*:?/u;
const telegramTo = /(?:^|\s)(?:điện|gửi)\s?:/u;
const bodyOpener =
  /^(?:Căn cứ|Thực hiện|Theo|Để|Nhằm|Hiện nay|Trong|Ngày|Thời gian|Vừa qua|Trước|Triển khai|Tiếp|Hưởng ứng|Xét|Qua|Nhân|Từ|Hồi|Với|Do|Những|Sau|Ủy ban nhân dân|UBND|Chủ tịch|Tiếp nhận|Hôm nay|Dự báo|Chấp hành|Trên cơ sở)[\s,]/u;

const maxLines = 120;
const maxChars = 9000;

/**
 * Cuts the head from the letter. Reads at most the first 9,000 characters: a head is never longer. A text without any
 * line of a head (an excerpt, a novel) has an empty one; text of a web page above the head is skipped.
 */
export function headZone(letter: string): HeadZone {
  const lines = unflattened(letter.slice(0, maxChars)).split('\n');
  const first = lines.findIndex((line) => isHeadItem(line));
  if (first < 0) return { cells: [], end: 0, addressed: false, motto: false };
  const start = officesAbove(lines, first);
  let end = lines.slice(0, start).reduce((sum, line) => sum + line.length + 1, 0);
  let taken = start;
  let telegram = false;
  let addressed = false;
  let awaitsSubject = false;
  let sinceItem = 0;
  for (; taken < Math.min(lines.length, start + maxLines); taken++) {
    const line = lines[taken]!.trim();
    const low = lower(line);
    if (toLine.test(low) || (telegram && telegramTo.test(low) && low.length < 200)) {
      addressed = true;
      break;
    }
    if (/^(?:nơi nhận|điều 1)/u.test(low)) break;
    if (/công điện/u.test(low)) telegram = true;
    const item = taken < first || isHeadItem(line);
    if (!item && line !== '' && !(awaitsSubject && !line.startsWith('Căn cứ'))) {
      if (opensBody(line) || sinceItem > 8) break;
      sinceItem++;
    }
    if (item) sinceItem = 0;
    if (line !== '') awaitsSubject = isTitle(low);
    end += lines[taken]!.length + 1;
  }
  const text = lines.slice(start, taken).join('\n');
  const bare = text.replace(motto, '\t');
  return { cells: cellsOf(bare), end: Math.min(end, letter.length), addressed, motto: bare !== text };
}

function opensBody(line: string): boolean {
  if (/^ngày\s[\d\s/.-]{6,14}$/iu.test(line)) return false;
  if (bodyOpener.test(line) && (line.length > 50 || /số\s?:?\s?\d|ngày\s\d|\d\//u.test(line))) return true;
  if (line.length > 260) return true;
  return /^(?:arabic|roman|article)$/.test(markerOf(line)?.marker ?? '');
}

/** The office's name may be above the first line that is recognised as part of a head. */
function officesAbove(lines: readonly string[], first: number): number {
  let start = first;
  for (let i = first - 1, seen = 0; i >= 0 && seen < 6; i--) {
    const line = lines[i]!.trim();
    if (line === '' || /^[-_*=|]+$/u.test(line)) continue;
    if (line.length > 120 || !(isCapitals(line) || startsWithUnit(lower(line)))) break;
    start = i;
    seen++;
  }
  return start;
}

function isTitle(low: string): boolean {
  return /^(?:kế hoạch|chỉ thị|công điện|thông báo|quyết định|hướng dẫn|nghị quyết|phương án|chương trình|đề án)(?: khẩn| hỏa tốc)?$/u.test(
    low,
  );
}

function isHeadItem(line: string): boolean {
  const low = lower(line).trim();
  if (low === '') return false;
  if (new RegExp(motto.source, 'iu').test(low)) return true;
  if (
    /(?:^|[\t|]|\s{3})\s*số\s?:?\s{0,24}(?:[\d._…]{0,24}\s?\d{0,6}(?:\s?\/\s?\d{4})?\s?[/-]\s?\p{L}|\d{1,6}$)/u.test(
      low,
    )
  )
    return true;
  if (/^v\s?\/\s?v(?!\p{L})|^về việc\s/u.test(low) && low.length < 300) return true;
  if (isTitle(low) && isCapitals(line)) return true;
  return (
    low.length < 260 &&
    /(?:^|[\t|]|\s{3}|\S\s)[^\t|.;:]{1,40},\s?(?:(?:vào\s)?(?:hồi|lúc)\s[^,]{1,24})?ngày\s[^\n]{0,16}tháng\s[^\n]{0,14}năm/u.test(
      low,
    ) &&
    isCapitals(line.trim().charAt(0))
  );
}

/**
 * Inserts line breaks that a flattened letter lost (before "Kính gửi", "Số:", "V/v") and removes those that a table
 * cell put inside a date or number. Every change keeps the length, so that a position here is a position in the letter.
 */
function unflattened(text: string): string {
  return text
    .replace(/[^\S\n](?=Kính gửi)/gu, '\n')
    .replace(/(?<=[\p{L}\d)])[^\S\n](?=(?:Số\s?:\s{0,3}[\d/._…]|V\/v\s|CỘNG H))/gu, '\t')
    .replace(/(ngày\s{0,3}\d{1,2})(\s*)(?=tháng)/giu, (_all, day: string, gap: string) => day + ' '.repeat(gap.length))
    .replace(
      /(tháng\s{0,3}\d{1,2})(\s*)(?=năm)/giu,
      (_all, month: string, gap: string) => month + ' '.repeat(gap.length),
    )
    .replace(
      /((?:ngày|tháng|năm)\s?)([ \t]{2,})(?=(?:tháng|năm|\d))/giu,
      (_all, word: string, gap: string) => word + '.'.repeat(gap.length),
    )
    .replace(/(Số\s?:)(\s+)(?=\d)/gu, (_all, label: string, gap: string) => label + ' '.repeat(gap.length));
}

function cellsOf(text: string): HeadCell[] {
  const cells: HeadCell[] = [];
  text.split('\n').forEach((line, index) => {
    for (const part of line.split(/\t+|\s{3,}|\|/u)) {
      const cell = part.replace(/^[\s*_=~-]+(?=\S)|[\s*_=~]+$/gu, '').trim();
      if (cell !== '' && !/^[-–—.*_=\s]+$/u.test(cell)) cells.push({ text: cell, low: lower(cell), line: index });
    }
  });
  return cells;
}
