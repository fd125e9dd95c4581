import { addresseesOf, startsWithUnit } from './addressees.js';
import type { Block } from './blocks.js';
import { channelsIn } from './channels-in-text.js';
import { sentencesOf } from './clauses.js';
import type { Outline, Point } from './outline.js';
import { cut, type Passage } from './passage.js';

const orderVerb = /(?<!\p{L})(?:đề nghị|yêu cầu|giao|chỉ đạo)\s(?:cho\s)?/gu;
const opener =
  /^(?:theo đó|trong đó|đồng thời|bên cạnh đó|ngoài ra|cụ thể|riêng|cùng với đó|tiếp đó|tại (?:văn bản|công văn)[^,]{0,60}),?\s{1,2}/u;
/** News of what was done, not an order. */
const report = /^[^.;]{0,90}?(?:đã|vừa|nhận được|có (?:công văn|văn bản|báo cáo)|ban hành)(?!\p{L})/u;

/** "UBND thành phố yêu cầu: …" – the unit named is the one that orders. */
const issues = /^\s{0,2}(?:yêu cầu|đề nghị|giao|trân trọng|kính|thông báo\s?:|chỉ đạo\s?:)/u;

/**
 * Points of a letter without numbers, or of one quoted in running text. Each sentence or bullet that speaks to a unit
 * ("UBND các xã …", "Sở … đề nghị UBND …") opens a point; what follows in its paragraph belongs to it. Running count.
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
      } else if (inBlock !== null) {
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

function piecesOf(block: Block): Passage[] {
  return sentencesOf(block.body).map(({ start, end }) => trimmed(cut(block.body, start, end)));
}

function trimmed(p: Passage): Passage {
  const start = p.text.length - p.text.trimStart().length;
  return cut(p, start, p.text.trimEnd().length);
}

/** The sentence from the naming of the unit on, or null when it speaks to none. */
function openingOf(p: Passage): Passage | null {
  const skip = opener.exec(p.low)?.[0].length ?? 0;
  const rest = cut(p, skip);
  const verbs = [...rest.low.slice(0, 700).matchAll(orderVerb)];
  for (const match of verbs) {
    const after = cut(rest, match.index);
    if (startsWithUnit(after.low) && addresseesOf(after) !== null && !cites(rest.low, match.index)) return after;
  }
  if (!startsWithUnit(rest.low) || report.test(rest.low)) return null;
  const naming = addresseesOf(rest);
  return naming === null || issues.test(rest.low.slice(naming.end)) ? null : rest;
}

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
