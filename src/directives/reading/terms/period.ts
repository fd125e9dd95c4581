import { addDays, type LocalDate } from '../../../shared/local-time.js';
import { dateOf, type DayMention, daysIn, lastDay, leadTo, yearFor } from './days.js';

/** From and until, both days included; null where the letter does not name that end. */
export interface Period {
  start: number;
  end: number;
  from: LocalDate | null;
  until: LocalDate | null;
}

export interface Periods {
  periods: Period[];
  warnings: string[];
}

const fromWord =
  /(?:từ|kể từ|bắt đầu|bắt đầu từ|từ đầu|thời gian|thời gian thực hiện|thời gian phát|:|giai đoạn|các|trong)$/u;
const untilWord = /(?<!tính |cập nhật |số liệu )(?:đến|tới)(?: hết| cuối| hết thời gian)?$|(?<!trước )(?:^|\s)hết$/u;
const nowWord =
  /(?:từ nay|từ ngày (?:ký|ban hành)|kể từ (?:nay|khi ký|ngày ký|ngày ban hành|khi ban hành))[^.;\n]{0,24}$/u;
const onlyNow = /từ (?:nay|ngày ký|ngày ban hành)(?! đến| cho đến| tới)/u;
const join =
  /^\s{0,3}\)?\s{0,3}(?:-|đến|tới|cho đến|và)\s{0,3}(?:hết\s|cuối\s)?\s{0,3}(?:\d{1,2}\s?(?:h|giờ|g|:)\s?\d{0,2}\s?(?:phút)?,?\s)?(?:hết\s)?(?:ngày|mùng)?\s{0,3}$/u;
const length =
  /(?<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)\s?(?:\([^()]{0,20}\)\s?)?(?<unit>ngày|tuần|tháng),?\s(?:liên tục,?\s|liền,?\s)?(?:tính\s|kể\s|bắt đầu\s)?từ$/u;
const lengthFromIssue =
  /(?<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)\s?(?:\([^()]{0,20}\)\s?)?(?<unit>ngày|tuần|tháng),?\s(?:tính\s|kể\s)?từ\s(?:ngày\s|khi\s)?(?<when>nay|ký|ban hành|nhận được|nhận)/u;
/** "từ 01-15/12/2026" */
const shortRange = /(?:từ|từ ngày|:|\()\s{0,2}(\d{1,2})\s?-\s?$/u;
const listed = /(?:^|\s)các ngày\s{1,2}(?<first>\d{1,2})(?:\s?(?:,|và|-|đến)\s?\d{1,2}){0,8}\s?(?:,|và|-|đến)\s?$/u;
const words = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];

/** Events with dates of their own; a day of vaccination is not a day of broadcasting. */
const eventWord =
  /diễn ra|được tổ chức|tổ chức(?! tuyên| phát| thông| thực)|khai mạc|bế mạc|nghỉ|xảy ra|dự kiến|tiêm|mất điện|cắt điện|ngừng|tạm dừng|mở cửa|kỷ niệm|đăng ký|ảnh hưởng|đổ bộ|sinh năm|nhiệm kỳ|năm học|học kỳ|thu phí|nộp|hiệu lực|áp dụng|treo cờ|ra quân|dâng hương|bầu cử|hội thi|tính/gu;
const broadcastWord =
  /phát|tuyên truyền|truyền thanh|loa|đăng|thời gian (?:tuyên|phát|thực|triển)|thực hiện|triển khai|tần suất|thời lượng|cao điểm|tiếp âm|tiếp sóng|duy trì|liên tục|thông báo|chiến dịch|đợt|fanpage|lần\s?\//gu;

/**
 * Periods of broadcasting in `low`. Rules: a missing year or month is taken from the other end of the same range,
 * otherwise the year follows `yearFor`; "từ nay" and "từ ngày ký" are the day of issue; a month, quarter or year is its
 * first to last day; "N ngày kể từ ngày D" counts D as the first day; a range that runs backwards is not read and adds
 * a warning; dates of the event itself ("diễn ra từ ngày …") are not periods.
 */
export function periodsIn(low: string, issuedOn: LocalDate | null): Periods {
  const result: Periods = { periods: [], warnings: [] };
  const mentions = daysIn(low);
  for (let i = 0; i < mentions.length; i++) {
    const mention = mentions[i]!;
    const lead = leadTo(low, mention.start);
    const next = mentions[i + 1];
    const chain = listOfDays(low, mentions, i);
    if (chain > i) {
      if (!isEvent(low, mention.start)) pushRange(result, mention, mentions[chain]!, low, issuedOn);
      i = chain;
      continue;
    }
    const joined =
      next !== undefined && join.test(low.slice(mention.end, next.start)) && isOpening(lead, low, mention, next);
    if (isEvent(low, mention.start)) {
      if (joined) i++;
      continue;
    }
    if (joined) {
      pushRange(result, mention, next, low, issuedOn);
      i++;
      continue;
    }
    const single = singlePeriod(low, lead, mention, issuedOn);
    if (single !== null) check(result, { ...single, start: mention.start, end: mention.end }, low);
  }
  if (result.periods.length === 0) fromIssue(result, low, issuedOn);
  return result;
}

/** "trong các ngày 30/11, 01/12 và 02/12/2026": index of the last day of the list, or `i` when it is no list. */
function listOfDays(low: string, mentions: readonly DayMention[], i: number): number {
  if (!/các ngày\s?:?\s?$/u.test(low.slice(Math.max(0, mentions[i]!.start - 14), mentions[i]!.start))) return i;
  let last = i;
  for (let next = mentions[last + 1]; next !== undefined; next = mentions[last + 1]) {
    if (!/^\s?(?:,|và|, và|;)\s?(?:ngày\s)?$/u.test(low.slice(mentions[last]!.end, next.start))) break;
    last++;
  }
  return last;
}

function isOpening(lead: string, low: string, mention: DayMention, next: DayMention): boolean {
  const between = low.slice(mention.end, next.start);
  if (/và/u.test(between))
    return /các ngày$|các$/u.test(low.slice(Math.max(0, mention.start - 24), mention.start).trimEnd());
  return fromWord.test(lead) || /đến|tới/u.test(between) || (mention.unit === 'day' && next.unit === 'day');
}

function pushRange(result: Periods, a: DayMention, b: DayMention, low: string, issuedOn: LocalDate | null): void {
  const untilMonth = b.month ?? a.month;
  let untilYear = b.year ?? a.year ?? (untilMonth === null ? null : yearFor(untilMonth, issuedOn));
  const fromMonth = a.month ?? b.month;
  let fromYear = a.year ?? untilYear;
  if (
    fromMonth !== null &&
    untilMonth !== null &&
    fromMonth > untilMonth &&
    fromYear !== null &&
    fromYear === untilYear
  ) {
    if (a.year === null && b.year !== null) fromYear--;
    else if (b.year === null && untilYear !== null) untilYear++;
  }
  const from = firstOf(a, fromMonth, fromYear);
  const until = lastOf(b, untilMonth, untilYear);
  if (from === null && until === null && (fromYear === null || untilYear === null)) {
    result.warnings.push(`Chưa rõ năm của thời gian "${low.slice(a.start, b.end)}".`);
    return;
  }
  check(result, { start: a.start, end: b.end, from, until }, low);
}

function check(result: Periods, period: Period, low: string): void {
  const { from, until } = period;
  if (from !== null && until !== null && from > until) {
    result.warnings.push(
      `Thời gian "${low.slice(period.start, period.end)}" có ngày đầu sau ngày cuối nên không được ghi nhận.`,
    );
    return;
  }
  if (from !== null || until !== null) result.periods.push(period);
}

function singlePeriod(
  low: string,
  lead: string,
  m: DayMention,
  issuedOn: LocalDate | null,
): Omit<Period, 'start' | 'end'> | null {
  const year = m.year ?? (m.month === null ? null : yearFor(m.month, issuedOn));
  const counted = length.exec(lead);
  if (counted !== null) {
    const from = firstOf(m, m.month, year);
    return from === null ? null : { from, until: after(from, counted) };
  }
  const short = shortRange.exec(low.slice(Math.max(0, m.start - 16), m.start));
  if (short !== null && m.unit === 'day') {
    return { from: dateOf(Number(short[1]), m.month, year), until: dateOf(m.day, m.month, year) };
  }
  const list = listed.exec(low.slice(Math.max(0, m.start - 60), m.start));
  if (list !== null && m.unit === 'day') {
    return { from: dateOf(Number(list.groups!['first']), m.month, year), until: dateOf(m.day, m.month, year) };
  }
  if (untilWord.test(lead)) {
    return { from: nowWord.test(lead) ? issuedOn : null, until: lastOf(m, m.month, year) };
  }
  if (/(?:^|\s)(?:từ|bắt đầu|từ đầu)$/u.test(lead)) return { from: firstOf(m, m.month, year), until: null };
  if (m.unit !== 'day' && /(?:trong|cả|suốt|trọn)$/u.test(lead)) {
    return { from: firstOf(m, m.month, year), until: lastOf(m, m.month, year) };
  }
  if (
    m.unit === 'day' &&
    /(?:phát|tuyên truyền|truyền thanh|tiếp âm|tiếp sóng)\s?(?:trong|vào)?$|thời gian (?:phát|tuyên truyền)\s?:$/u.test(
      lead,
    )
  ) {
    const day = dateOf(m.day, m.month, year);
    return day === null ? null : { from: day, until: day };
  }
  if (m.unit === 'day' && /(?:^|\s)trong$/u.test(lead)) {
    const day = dateOf(m.day, m.month, year);
    return day === null ? null : { from: day, until: day };
  }
  return null;
}

function fromIssue(result: Periods, low: string, issuedOn: LocalDate | null): void {
  const counted = lengthFromIssue.exec(low);
  if (counted !== null) {
    if (/nhận/.test(counted.groups!['when']!) || issuedOn === null) {
      result.warnings.push(`Thời hạn "${counted[0]}" tính từ một ngày mà văn bản không ghi.`);
      return;
    }
    const [start, end] = [counted.index, counted.index + counted[0].length];
    result.periods.push({ start, end, from: issuedOn, until: after(issuedOn, counted) });
    return;
  }
  const now = onlyNow.exec(low) ?? /từ nay (?:cho )?(?:đến|tới) khi/u.exec(low);
  if (now !== null && issuedOn !== null && !isEvent(low, now.index)) {
    result.periods.push({ start: now.index, end: now.index + now[0].length, from: issuedOn, until: null });
  }
}

function after(from: LocalDate, counted: RegExpExecArray): LocalDate {
  const printed = counted.groups!['n']!;
  const n = /^\d/.test(printed) ? Number(printed) : words.indexOf(printed) + 1;
  const unit = counted.groups!['unit'];
  if (n === 0) return from;
  if (unit !== 'tháng') return addDays(from, (unit === 'tuần' ? n * 7 : n) - 1);
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const then = month - 1 + n;
  const [y, mo] = [year + Math.floor(then / 12), (then % 12) + 1];
  return addDays(dateOf(Math.min(day, lastDay(mo, y)), mo, y) ?? from, -1);
}

function firstOf(m: DayMention, month: number | null, year: number | null): LocalDate | null {
  if (m.unit === 'day') return dateOf(m.day, month, year);
  if (m.unit === 'year') return dateOf(1, 1, year);
  return dateOf(1, m.unit === 'quarter' && month !== null ? month - 2 : month, year);
}

function lastOf(m: DayMention, month: number | null, year: number | null): LocalDate | null {
  if (m.unit === 'day') return dateOf(m.day, month, year);
  if (m.unit === 'year') return dateOf(31, 12, year);
  return month === null || year === null || month > 12 ? null : dateOf(lastDay(month, year), month, year);
}

/** Whether the nearest verb before the date is about the event and not about broadcasting. */
function isEvent(low: string, start: number): boolean {
  const before =
    low
      .slice(Math.max(0, start - 110), start)
      .split(/[.;\n]/u)
      .at(-1) ?? '';
  return lastIndex(before, eventWord) > lastIndex(before, broadcastWord);
}

function lastIndex(text: string, words: RegExp): number {
  let at = -1;
  for (const match of text.matchAll(words)) at = match.index;
  return at;
}
