import { distinct, listItem, lower, tidy } from '../text/passage.js';
import { startsWithUnit } from '../text/addressees.js';

const signature =
  /^(?:TM\.?|KT\.?|TL\.?|TUQ\.?|T\/M|Q\.|QUYỀN)\s?\p{Lu}|^(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG (?:PHÒNG|BAN)|CHÁNH VĂN PHÒNG|BÍ THƯ|HIỆU TRƯỞNG|THỦ TƯỚNG)$/u;
const bullet = /^[-–—+*•·●○▪■]\s?/u;
const sentenceOpener =
  /^(?:Căn cứ|Thực hiện|Theo|Để|Nhằm|Hiện nay|Trong|Ngày|Thời gian|Vừa qua|Trước|Triển khai|Tiếp|Hưởng ứng|Xét|Qua|Nhân|Từ|Hồi|Với|Do|Những|Sau|Chấp hành|Trên cơ sở|Dự báo|Được|Nội dung|Lực lượng)[\s,]/u;

/** Where the body ends: at "Nơi nhận", the signature, or the closing mark "./." */
export function bodyEnd(letter: string, from: number): number {
  let at = from;
  for (const line of letter.slice(from).split('\n')) {
    const cells = line.split(/\t+|\s{3,}|\|/u).map((cell) => cell.trim());
    if (cells.some((cell) => /^nơi nhận(?!\p{L})/iu.test(cell) || signature.test(cell))) return at;
    const inline = /\sNơi nhận\s?:/u.exec(line);
    if (inline !== null) return at + inline.index;
    at += line.length + 1;
    const mark = /\.\/\./u.exec(line);
    if (mark !== null && !/\p{L}/u.test(line.slice(mark.index))) return at;
  }
  return letter.length;
}

/** Nơi nhận: one entry a line, without bullets and end marks; ends after "Lưu: …". */
export function recipientsIn(letter: string, from: number): string[] {
  const lines = letter.slice(from, from + 8000).split('\n');
  const items: string[] = [];
  let inside = false;
  let open = false;
  for (const line of lines) {
    for (const cell of line.split(/\t+|\s{3,}|\|/u).map((part) => part.trim())) {
      const head = /(?:^|\s)nơi nhận(?!\p{L})\s?[:.]?/iu.exec(cell);
      if (!inside && head === null) continue;
      const text = head === null ? cell : cell.slice(head.index + head[0].length).trim();
      inside = true;
      if (text === '' || /^[-–—_*=.]+$/u.test(text)) continue;
      if (signature.test(text) || (/^[\p{Lu}\s.-]+$/u.test(text) && text.length > 8)) continue;
      open = take(text, items, open);
      if (isFile(items.at(-1) ?? '')) return finished(items);
    }
    if (inside && items.length > 60) break;
  }
  return finished(items);
}

function isFile(item: string): boolean {
  return /^[-–+*\s]*lưu(?!\p{L})/u.test(lower(item)) && /[\p{L}\d]/u.test(item.slice(5));
}

function take(text: string, items: string[], open: boolean): boolean {
  const parts = text.split(/;\s*(?=[-–+*\p{L}])|(?<=[;.,])\s(?=[-–+*]\s)/u);
  for (const [i, part] of parts.entries()) {
    const starts = bullet.test(part) || i > 0;
    // The signer's name is in the other column, without a bullet.
    if (!starts && items.length > 0 && !open) {
      const named = startsWithUnit(lower(part)) || /^(?:như|lưu)/u.test(lower(part));
      if (!named) return open;
      items.push(part);
    } else if (starts || items.length === 0) items.push(part);
    else items[items.length - 1] += ` ${part}`;
    open = !/[;.,]\s*$/u.test(part);
  }
  return open && bullet.test(items.at(-1) ?? '') && /[\p{Ll},&]$/u.test(text);
}

function finished(items: string[]): string[] {
  return distinct(items.map(listItem).filter((item) => item !== '' && item.length <= 240));
}

/** Kính gửi (or "điện:" of a telegram), and where the list ends. */
export function addressedTo(letter: string, from: number): { to: string[]; end: number } {
  const lines = letter.slice(from, from + 6000).split('\n');
  const items: string[] = [];
  let at = from;
  let gapSince = false;
  for (const [i, raw] of lines.entries()) {
    const line = i === 0 ? raw.replace(/^.*?(?:kính (?:gửi|gởi|chuyển)|nơi gửi|điện|gửi)\s?:?/iu, '') : raw;
    const text = tidy(line);
    if (text === '') {
      gapSince = true;
    } else {
      const inline = inlineBody(text);
      const item = inline === null ? text : text.slice(0, inline);
      if (i > 0 && !bullet.test(item) && !isNumberedUnit(item, items) && endsBefore(item, items, gapSince))
        return { to: listed(items), end: at };
      if (item.trim() !== '') addTo(items, item);
      if (inline !== null) return { to: listed(items), end: at + raw.length - (text.length - inline) };
      gapSince = false;
    }
    at += raw.length + 1;
  }
  return { to: listed(items), end: Math.min(at, letter.length) };
}

function inlineBody(text: string): number | null {
  const match =
    /[.;]\s+(?=(?:Căn cứ|Thực hiện|Theo|Để|Nhằm|Hiện nay|Trong|Ngày|Vừa qua|Trước|Triển khai|Tiếp|Hưởng ứng|Xét|Qua)\s)/u.exec(
      text,
    );
  return match === null ? null : match.index + 1;
}

function endsBefore(line: string, items: readonly string[], gap: boolean): boolean {
  if (sentenceOpener.test(line) || line.length > 200 || /^(?:\d{1,2}|[IVX]+)\s?[.)]\s|^Điều \d/u.test(line))
    return true;
  const last = items.at(-1);
  if (last === undefined) return !startsWithUnit(lower(line));
  if (/\.$/u.test(last) && !/(?:TP|Tp)\.$/u.test(last)) return true;
  if (!/[;,]$/u.test(last) && gap && !/^\p{Ll}/u.test(line)) return true;
  return !/^\p{Ll}/u.test(line) && !startsWithUnit(lower(line));
}

/** "Kính gửi: / 1. Các phòng, ban; / 2. UBND các phường." – a numbered list of units, not yet the points. */
function isNumberedUnit(line: string, items: readonly string[]): boolean {
  const number = numbered.exec(line);
  if (number === null || line.length > 140 || line.includes(':') || !/[;.,]$/u.test(line)) return false;
  return startsWithUnit(lower(line.slice(number[0].length))) && items.every((item) => numbered.test(item));
}

const numbered = /^\d{1,2}\s?[.)]\s/u;

function addTo(items: string[], line: string): void {
  const last = items.at(-1);
  const continues =
    last !== undefined && !bullet.test(line) && !numbered.test(line) && (!/[;.]$/u.test(last) || /^\p{Ll}/u.test(line));
  if (continues) items[items.length - 1] += ` ${line}`;
  else items.push(line);
}

function listed(items: readonly string[]): string[] {
  const parts = items.flatMap((item) =>
    item.split(/;\s*|(?<=[.,])\s(?=[-–+]\s)|\s(?=[-–]\s(?:Các|Ủy ban|UBND|Phòng|Ban|Trung tâm|Công an)\s)/u),
  );
  return distinct(parts.map((part) => listItem(part.trim().replace(numbered, ''))).filter((item) => item !== ''));
}
