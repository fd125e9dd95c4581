import { addresseesOf, startsWithUnit } from './text/addressees.js';
import type { Block } from './text/blocks.js';
import { channelsIn } from './terms/channels-in-text.js';
import { sentencesOf } from './text/clauses.js';
import type { Point, Outline } from './text/points.js';
import { cut, type Passage } from './text/passage.js';

const orderVerb = /(?<!\p{L})(?:đề nghị|yêu cầu|giao|chỉ đạo)\s(?:cho\s)?/gu;
const opener =
  /^(?:theo đó|trong đó|đồng thời|bên cạnh đó|ngoài ra|cụ thể|riêng|cùng với đó|tiếp đó|tại (?:văn bản|công văn)[^,]{0,60}),?\s{1,2}/u;
/** Additions by a reporter. */
const aside = /^(?:tính đến|đến nay|hiện nay|trước đó|được biết|theo thống kê|nguồn|ảnh|pv)(?!\p{L})/u;

/** A report of what was done, not an order. */
const report = /^[^.;]{0,90}?(?:đã|vừa|nhận được|có (?:công văn|văn bản|báo cáo)|ban hành)(?!\p{L})/u;

/** "UBND thành phố yêu cầu: …": the named unit gives the order. */
const issues = /^\s{0,2}(?:yêu cầu|đề nghị|giao|trân trọng|kính|thông báo\s?:|thông báo[^.;]{0,90}:\s*$|chỉ đạo\s?:)/u;

/**
 * Points of a letter without numbers, or of one quoted in running text. Each sentence or bullet that addresses a unit
 * ("UBND các xã …", "Sở … đề nghị UBND …") opens a point; the rest of its paragraph belongs to it. The numbers are a
 * running count.
 */
export function prosePoints(blocks: readonly Block[]): Omit<Outline, 'numbered'> {
  const points: Point[] = [];
  const general: Passage[] = [];
  const intro: Passage[] = [];
  for (const block of blocks) {
    let inBlock: Point | null = block.marker === null ? null : (points.at(-1) ?? null);
    for (const body of piecesOf(block)) {
      const speaks = openingOf(body);
      if (speaks !== null) {
        inBlock = { n: points.length + 1, blocks: [{ ...block, body: speaks }], optional: false };
        points.push(inBlock);
      } else if (inBlock !== null && !aside.test(body.low)) {
        inBlock.blocks.push({ ...block, body });
      } else if (channelsIn(body.low).length > 0 && !report.test(body.low)) {
        const previous = points.at(-1);
        if (previous === undefined) points.push((inBlock = { n: 1, blocks: [{ ...block, body }], optional: false }));
        else previous.blocks.push({ ...block, body });
      } else {
        general.push(body);
        if (points.length === 0) intro.push(body);
      }
    }
  }
  const ordering = points.filter((p) => p.blocks.some((b) => b.marker === 'bullet' || isOrder(b.body)));
  const rest = points.filter((p) => !ordering.includes(p)).flatMap((p) => p.blocks.map((b) => b.body));
  return { points: ordering.map((p, i) => ({ ...p, n: i + 1 })), general: [...general, ...rest], intro };
}

/** Sentences, and the parts of a sentence that address further units: "… giao Trung tâm …; UBND các phường, xã …". */
function piecesOf(block: Block): Passage[] {
  return sentencesOf(block.body).flatMap(({ start, end }) => {
    const sentence = cut(block.body, start, end);
    const pieces: Passage[] = [];
    let from = 0;
    for (const match of sentence.low.matchAll(/;\s/gu)) {
      const at = match.index + match[0].length;
      const rest = cut(sentence, at);
      if (!startsWithUnit(rest.low) || addresseesOf(rest) === null) continue;
      pieces.push(cut(sentence, from, at));
      from = at;
    }
    return [...pieces, cut(sentence, from)].map(trimmed);
  });
}

function trimmed(p: Passage): Passage {
  const start = p.text.length - p.text.trimStart().length;
  return cut(p, start, p.text.trimEnd().length);
}

/** The sentence from the unit's name on, or null when it addresses no unit. */
function openingOf(p: Passage): Passage | null {
  const rest = cut(p, opener.exec(p.low)?.[0].length ?? 0);
  const own = startsWithUnit(rest.low) && !report.test(rest.low) ? addresseesOf(rest) : null;
  // "Phòng Giáo dục chỉ đạo các trường" addresses the Phòng. "Sở … đề nghị UBND …" and "UBND tỉnh chỉ đạo các sở"
  // address the other units.
  if (own !== null && !orders(rest.low, own.end)) return rest;
  for (const match of rest.low.slice(0, 700).matchAll(orderVerb)) {
    const after = cut(rest, match.index);
    if (startsWithUnit(after.low) && addresseesOf(after) !== null && !cites(rest.low, match.index)) return after;
  }
  return null;
}

/** Whether the first named unit gives the order. */
function orders(low: string, end: number): boolean {
  const verb = low.slice(end);
  return issues.test(verb) || (/^\s?chỉ đạo/u.test(verb) && commands.test(low));
}

const commands = /^(?:chủ tịch\s)?(?:ubnd|ủy ban nhân dân)\s(?:tỉnh|thành phố|tp|huyện|thị xã|quận)(?!\p{L}|\s?,)/u;

/** "Thực hiện ý kiến chỉ đạo của …", "theo đề nghị của …": a noun, not an order. */
function cites(low: string, at: number): boolean {
  return /(?:ý kiến|sự|theo|công tác|nội dung|thực hiện|lời)\s$/u.test(low.slice(Math.max(0, at - 12), at));
}

function isOrder(p: Passage): boolean {
  return (
    channelsIn(p.low).length > 0 ||
    /(?<!\p{L})(?:đề nghị|yêu cầu|giao|chỉ đạo|tuyên truyền|thông báo|phát|triển khai|thực hiện|báo cáo|cập nhật|tổ chức)(?!\p{L})/u.test(
      p.low,
    )
  );
}
