import { addresseesOf, startsWithUnit } from './text/addressees.js';
import { channelsIn } from './terms/channels-in-text.js';
import { type Block, printed } from './text/blocks.js';
import { closingStart } from './closing.js';
import { passage, type Passage } from './text/passage.js';
import { prosePoints } from './prose-points.js';
import type { Outline, Point } from './text/points.js';

interface Series {
  heading: Block | null;
  /** Blocks between the heading and the first numbered point. */
  lead: Block[];
  points: Point[];
}

const assigningTitle =
  /tổ chức thực hiện|phân công|nhiệm vụ|trách nhiệm|(?:^|\s)giao(?:\s|$)|tổ chức triển khai|các đơn vị thực hiện|đơn vị thực hiện/u;
const purposeTitle = /^(?:mục đích|yêu cầu|mục tiêu|căn cứ|nội dung tuyên truyền|đối tượng|quan điểm|kinh phí)/u;

const timesTitle =
  /^(?:về )?(?:thời gian|tần suất|thời lượng|số lần|chế độ báo cáo|báo cáo|thời hạn|lịch phát|khung giờ|kết quả thực hiện)/u;

/** A point that only sets times for the others: "Thời gian, tần suất: …". */
export function isTimesOnly(low: string): boolean {
  return timesTitle.test(low.trim());
}

/**
 * Decides which paragraphs are points. One series of numbers: every point counts. Sections (I., Điều 1., A.): a section
 * that names a unit or is a Điều is a point itself; otherwise its numbered points count when one of them names a unit,
 * when the section's title assigns ("Tổ chức thực hiện"), or, individually, when they name a channel. No numbers: see
 * `prosePoints`.
 */
export function outlineOf(source: readonly Block[]): Outline {
  const blocks = settleNumbers(source.flatMap(splitInline));
  const series = seriesOf(blocks);
  const sectioned = series.some((s) => s.heading !== null);
  if (!sectioned && series.every((s) => s.points.length === 0)) {
    const prose = prosePoints(blocks);
    return { ...prose, numbered: false };
  }
  const closing = takeClosing(series);
  const accepted: Point[] = [];
  const general: Passage[] = [];
  const intro: Passage[] = [];
  const single = series.filter((s) => s.points.length > 0 || s.heading !== null).length === 1;
  for (const s of series) {
    if (s.heading === null && s.points.length === 0) {
      intro.push(...s.lead.map((b) => b.body));
      continue;
    }
    addPoints(s, single && s.heading === null, accepted, general, intro);
  }
  if (accepted.length === 0) {
    for (const s of series)
      if (s.heading !== null) accepted.push({ n: s.heading.value, blocks: allBlocks(s), optional: false });
  }
  return {
    points: accepted,
    general: [...intro, ...general, ...closing.map((b) => b.body)],
    intro,
    numbered: true,
  };
}

function addPoints(s: Series, all: boolean, accepted: Point[], general: Passage[], intro: Passage[]): void {
  const { heading } = s;
  if (heading !== null && (heading.marker === 'article' || isAddressed(heading, s))) {
    accepted.push({ n: heading.value, blocks: allBlocks(s), optional: false });
    return;
  }
  if (heading !== null && s.points.length === 0) {
    const whole = allBlocks(s);
    const title = heading.body.low;
    if (!purposeTitle.test(title) && whole.some((b) => channelsIn(b.body.low).length > 0)) {
      accepted.push({ n: heading.value, blocks: whole, optional: true });
    } else general.push(...whole.map((b) => b.body));
    return;
  }
  (accepted.length === 0 && heading === null ? intro : general).push(...s.lead.map((b) => b.body));
  if (heading !== null) general.push(heading.body);
  const assigns =
    all ||
    (heading !== null && assigningTitle.test(heading.body.low)) ||
    (s.points.some((p) => p.blocks.some((b) => startsWithUnit(b.body.low) && addresseesOf(b.body) !== null)) &&
      !(heading !== null && purposeTitle.test(heading.body.low)));
  for (const point of s.points) {
    if (
      assigns ||
      (!purposeTitle.test(heading?.body.low ?? '') && point.blocks.some((b) => channelsIn(b.body.low).length > 0))
    ) {
      accepted.push({ ...point, optional: !assigns });
    } else {
      general.push(...point.blocks.map((b) => b.body));
    }
  }
}

function isAddressed(heading: Block, s: Series): boolean {
  return !assigningTitle.test(heading.body.low) && addresseesOf(heading.body) !== null && s.points.length < 12;
}

function allBlocks(s: Series): Block[] {
  return [s.heading, ...s.lead, ...s.points.flatMap((p) => p.blocks)].filter((b): b is Block => b !== null);
}

function seriesOf(blocks: readonly Block[]): Series[] {
  const series: Series[] = [{ heading: null, lead: [], points: [] }];
  const sections = new Set(['article', 'roman', 'upper']);
  for (const block of blocks) {
    const current = series.at(-1)!;
    if (block.marker !== null && sections.has(block.marker)) {
      series.push({ heading: block, lead: [], points: [] });
    } else if (block.marker === 'arabic') {
      const last = current.points.at(-1);
      if (last !== undefined && block.value <= last.n)
        series.push({ heading: null, lead: [], points: [pointOf(block)] });
      else if (current.heading === null && current.points.length === 0 && current.lead.length > 0) {
        series.push({ heading: null, lead: [], points: [pointOf(block)] });
      } else current.points.push(pointOf(block));
    } else if (current.points.length > 0) {
      current.points.at(-1)!.blocks.push(block);
    } else {
      current.lead.push(block);
    }
  }
  return series;
}

/** A number out of sequence ("16. Bắc Hà" inside a table, a year at the start of a line) is text, not a point. */
function settleNumbers(blocks: readonly Block[]): Block[] {
  let due: number | null = null;
  return blocks.map((block) => {
    if (block.marker === 'roman' || block.marker === 'article' || block.marker === 'upper') due = null;
    if (block.marker !== 'arabic') return block;
    const fits: boolean =
      due === null
        ? block.value >= 1 && block.value <= 30
        : block.value === 1 || (block.value >= due && block.value <= due + 2);
    if (!fits) return { marker: null, value: 0, label: '', body: passage(printed(block)) };
    due = block.value + 1;
    return block;
  });
}

/** Points that were flattened into one paragraph: "… như sau: 1. Phòng …; 2. UBND … 3. …". */
function splitInline(block: Block): Block[] {
  const inline = /(?<=[.;:…”"')\]/])\s{1,3}(\d{1,2})\s?[.)]\s{1,2}(?=["“]?\p{Lu})/gu;
  const text = block.body.text;
  if (!/\d\s?[.)]\s/u.test(text)) return [block];
  const hits = [...text.matchAll(inline)];
  let due = block.marker === 'arabic' ? block.value + 1 : 1;
  const cuts: Array<{ at: number; length: number; value: number }> = [];
  for (const hit of hits) {
    if (Number(hit[1]) !== due) continue;
    cuts.push({ at: hit.index, length: hit[0].length, value: due++ });
  }
  // A single "1." in running text is no list, unless a colon announces it.
  if (block.marker !== 'arabic' && cuts.length === 1 && text[cuts[0]!.at - 1] !== ':') return [block];
  if (cuts.length === 0) return [block];
  const parts: Block[] = [{ ...block, body: passage(text.slice(0, cuts[0]!.at)) }];
  cuts.forEach((c, i) => {
    const body = passage(text.slice(c.at + c.length, cuts[i + 1]?.at));
    parts.push({ marker: 'arabic', value: c.value, label: `${c.value}. `, body });
  });
  return parts.filter((p) => p.body.text.trim() !== '');
}

/** Removes and returns what follows the last point without belonging to it. */
function takeClosing(series: Series[]): Block[] {
  const last = series.at(-1)!;
  const groups = series.flatMap((s) =>
    s.points.length > 0 ? s.points.map((p) => p.blocks) : s.heading === null ? [] : [allBlocks(s)],
  );
  const point = last.points.at(-1);
  if (point !== undefined) {
    const at = closingStart(point.blocks, groups.slice(0, -1));
    return point.blocks.splice(at);
  }
  if (last.heading === null) return [];
  const at = closingStart([last.heading, ...last.lead], groups.slice(0, -1));
  return last.lead.splice(Math.max(0, at - 1));
}

function pointOf(block: Block): Point {
  return { n: block.value, blocks: [block], optional: false };
}
