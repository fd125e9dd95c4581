import type { LocalDate } from '../../../shared/local-time.js';
import { dateOf, daysIn } from '../terms/days.js';
import { cut, listItem, type Passage, tidy } from '../text/passage.js';
import { dateAfter, numbersIn } from '../terms/references.js';
import { startsWithUnit } from '../text/addressees.js';
import { usualCase } from './issuer-name.js';

/** The head of a letter as running text quotes it: "… Cục Thông tin cơ sở vừa có công văn số 801/… ngày …". */
export interface QuotedHead {
  number: string;
  issuedOn: LocalDate | null;
  issuer: string | null;
  subject: string | null;
}

const issuing =
  /(?:ban hành|phát hành|ký|có|ra|gửi|nguồn:? (?:từ )?)\s?(?:\s?\p{L}+){0,2}?\s?(?:công văn|văn bản|kế hoạch|chỉ thị|công điện|thông báo|quyết định|hướng dẫn)(?:\s(?:khẩn|hỏa tốc|điện))?(?:\ssố)?\s?:?\s?$/u;
const citing =
  /(?:thực hiện|căn cứ|theo|tại|triển khai|tiếp theo|trên cơ sở|của)\s(?:[^\s,;.]+\s){0,2}?(?:công văn|văn bản|kế hoạch|chỉ thị|công điện|thông báo|quyết định|hướng dẫn)[^,;.]{0,20}$/u;

/** The first letter that the text says was issued; letters that it merely cites ("Thực hiện Công văn số …") do not count. */
export function quotedHead(p: Passage): QuotedHead | null {
  const head = cut(p, 0, 20_000);
  const hits = [...numbersIn(head)].sort((a, b) => a.start - b.start);
  for (const [i, hit] of hits.entries()) {
    const before = head.low.slice(Math.max(0, hit.start - 80), hit.start);
    const verb = issuing.exec(before);
    if (verb === null || citing.test(before)) continue;
    const sentence = sentenceBefore(head, hit.start);
    const verbAt = sentence.start + head.low.slice(sentence.start, hit.start).lastIndexOf(verb[0].split(' ')[0] ?? '');
    return {
      number: hit.number,
      issuedOn:
        dateAfter(head.low, hit.end, hits[i + 1]?.start ?? head.low.length) ??
        dateBefore(head.low.slice(sentence.start, hit.start)),
      issuer: issuerBefore(cut(head, sentence.start, Math.max(sentence.start, verbAt))),
      subject: subjectAfter(cut(head, hit.end, hit.end + 400)),
    };
  }
  return null;
}

function sentenceBefore(p: Passage, at: number): { start: number } {
  const from = Math.max(0, at - 400);
  const text = p.text.slice(from, at);
  const ends = [...text.matchAll(/[.;!?](?=\s+\p{Lu})|\n/gu)].map((m) => m.index + m[0].length);
  return { start: from + (ends.at(-1) ?? 0) };
}

function dateBefore(low: string): LocalDate | null {
  for (const day of daysIn(low)) if (day.unit === 'day') return dateOf(day.day, day.month, day.year);
  return null;
}

/** "Ngày 05/8/2020, Sở Thông tin và Truyền thông (TT và TT) vừa" → the Sở. */
function issuerBefore(p: Passage): string | null {
  const pieces = tidy(p.text)
    .replace(/\([^()]{0,60}\)/gu, ' ')
    .split(/,\s|;\s/u);
  for (const piece of pieces.reverse()) {
    const name = listItem(piece)
      .replace(/\s(?:vừa|đã|mới|cũng|tiếp tục|cho biết|vừa qua)(?:\s(?:qua|có|ban|ký|mới))*$/giu, '')
      .trim();
    if (name.length > 3 && name.length <= 120 && startsWithUnit(name.toLowerCase()))
      return usualCase(withoutPerson(name));
  }
  return null;
}

const surname =
  'Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Mai|Cao|Trương|Lương|Thái|Tô|Hà';
const person = new RegExp(
  `(?<!(?:phường|xã|thị trấn|huyện|quận|Phường|Xã))\\s(?:${surname})(?:\\s\\p{Lu}\\p{Ll}+){2,3}$`,
  'u',
);

/** "Chủ tịch UBND TP Hà Tĩnh Nguyễn Văn A ký …": the office signs, not the person. */
function withoutPerson(name: string): string {
  return /^(?:Phó )?(?:Chủ tịch|Giám đốc|Bí thư|Trưởng|Cục trưởng|Bộ trưởng|Thủ tướng)/iu.test(name)
    ? name.replace(person, '')
    : name;
}

function subjectAfter(p: Passage): string | null {
  const match = /^[^.;\n]{0,140}?\s(?:về việc|v\/v|về)\s/u.exec(p.low);
  if (match === null) return null;
  const rest = p.text.slice(match[0].length);
  const end =
    /[.;\n]|,\s(?=(?:đề nghị|yêu cầu|gửi|trong đó|theo đó|giao|UBND|Sở))|\s(?=(?:gửi|trong đó|theo đó)\s)/u.exec(rest)
      ?.index ?? rest.length;
  const subject = tidy(rest.slice(0, end)).replace(/[\s,;:"”]+$/u, '');
  return subject.length < 5 || end === 400 ? null : subject;
}
