import type { ChannelKind } from '../../shared/channel-kind.js';
import type { Assignment, ObligationDraft } from './text/letter.js';
import { addresseesOf } from './text/addressees.js';
import { type Block, printed } from './text/blocks.js';
import { unservedIn } from './terms/channels-in-text.js';
import { generalTerms, type GeneralTerms } from './terms/general-terms.js';
import type { Frequency } from './terms/frequency.js';
import { isTimesOnly } from './outline.js';
import type { Point, Outline } from './text/points.js';
import { distinct, lower, type Passage, passage, tidy } from './text/passage.js';
import { type LetterContext, placeChannels } from './terms/placed-channels.js';
import { noTerms, type Terms, termsOf } from './terms/point-terms.js';
import { levelOfUnit, levelsOfUnits } from './text/speaker-levels.js';

export interface Orders {
  assignments: Assignment[];
  obligations: ObligationDraft[];
  warnings: string[];
}

interface ReadPoint {
  assignment: Assignment;
  text: Passage;
  terms: Map<ChannelKind, Terms>;
  /** The point itself names units. */
  named: boolean;
  /** The point only sets times for the others: "Thời gian, tần suất: …". */
  setsTimes: boolean;
  /** It is in a section that assigns nothing, and names no unit. */
  optional: boolean;
  warnings: string[];
}

/**
 * Assignments and obligations of a letter: one obligation for each channel kind of each point. Paragraphs that address
 * all units fill what a point leaves open: a period or frequency there holds for every obligation that has none (of the
 * kinds it names, otherwise loudspeakers for a frequency and all kinds for a period); a report date for every one that
 * has none.
 */
export function ordersOf(outline: Outline, context: LetterContext): Orders {
  const fallback = introAddressees(outline, context);
  const read = outline.points.map((point) => readPoint(point, fallback, context));
  const served = new Set(read.filter((p) => !p.setsTimes && !p.optional).flatMap((p) => [...p.terms.keys()]));
  // A section on forms of publicity that only repeats what the units below are asked is no order of its own.
  const repeats = (p: ReadPoint) => p.optional && [...p.terms.keys()].every((kind) => served.has(kind));
  const points = numberedOnce(read.filter((p) => !repeats(p)));
  const someNamed = points.some((p) => p.named);
  const wide = points.filter((p) => p.setsTimes || (someNamed && !p.named) || speaksToAll(p));
  const everywhere = [...read.filter(repeats), ...wide].map((p) => p.text);
  const general = generalTerms([...outline.general, ...everywhere], context.issuedOn);
  const obligations = points.flatMap((point) =>
    [...point.terms]
      .filter(([kind]) => !(point.setsTimes || point.optional) || !served.has(kind))
      .map(([kind, terms]) => obligation(point, kind, terms, general)),
  );
  const open = obligations.some((o) => o.minPlaysPerDay === null && o.maxPlaysPerDay === null);
  const own = points.flatMap((p) => p.warnings);
  const wider = open ? general.warnings.filter((sentence) => !own.some((warning) => warning.endsWith(sentence))) : [];
  const warnings = [...own, ...wider];
  return { assignments: points.map((p) => p.assignment), obligations, warnings };
}

/**
 * The printed numbers when they ascend through the letter; otherwise a running count, so that each identifies one
 * point.
 */
function numberedOnce(points: ReadPoint[]): ReadPoint[] {
  const rising = points.every((p, i) => i === 0 || p.assignment.n > points[i - 1]!.assignment.n);
  if (!rising) points.forEach((p, i) => (p.assignment.n = i + 1));
  for (const p of points) p.warnings = p.warnings.map((sentence) => `Mục ${p.assignment.n}: ${sentence}`);
  return points;
}

function obligation(point: ReadPoint, channelKind: ChannelKind, own: Terms, general: GeneralTerms): ObligationDraft {
  const terms = { ...own };
  for (const frequency of general.frequencies) {
    if (!holdsFor(frequency.kind, frequency.unit, channelKind)) continue;
    if (terms.min === null && terms.max === null) Object.assign(terms, { min: frequency.min, max: frequency.max });
  }
  for (const { from, until, kind } of general.periods) {
    if (kind !== null && kind !== channelKind) continue;
    if (terms.from === null && terms.until === null) Object.assign(terms, { from, until });
  }
  for (const { due, level } of general.reports) {
    if (level === null || point.assignment.addressees.some((name) => levelOfUnit(lower(name)) === level))
      terms.reportDue ??= due;
  }
  return {
    assignment: point.assignment.n,
    channelKind,
    minPlaysPerDay: terms.min,
    maxPlaysPerDay: terms.max,
    from: terms.from,
    until: terms.until,
    reportDue: terms.reportDue,
  };
}

/**
 * A frequency that names no channel applies to what is played; one counted in "bài" or "tin" applies to what is
 * published.
 */
function holdsFor(kind: ChannelKind | null, unit: string, channelKind: ChannelKind): boolean {
  if (kind !== null) return kind === channelKind;
  if (/^(?:bài|tin)$/u.test(unit)) return channelKind === 'fanpage' || channelKind === 'website';
  return channelKind.endsWith('loudspeaker');
}

function readPoint(point: Point, fallback: readonly string[], context: LetterContext): ReadPoint {
  const own = addresseesOfPoint(point.blocks);
  const addressees = own.length > 0 ? own : [...fallback];
  const text = passage(point.blocks.map((b, i) => tidy(i === 0 ? b.body.text : printed(b))).join('\n'));
  const unlevelled: string[] = [];
  const channels = placeChannels(text, point.blocks, addressees, context, unlevelled);
  const { terms, loose, warnings: found } = termsOf(text, channels, context.issuedOn);
  const warnings = distinct(found);
  if (unlevelled.length > 0) {
    warnings.push(`"${unlevelled[0]}" không nói rõ cấp; được hiểu là cả cấp thành phố và cơ sở, hãy kiểm tra.`);
  }
  const other = unservedIn(text.low);
  if (other.length > 0) warnings.push(`có nêu ${other.join(', ')}; Loa không phục vụ các hình thức này.`);
  const setsTimes = own.length === 0 && isTimesOnly(text.low);
  if (loose.length > 0 && !setsTimes) implied(addressees, text, loose, terms, warnings);
  return {
    assignment: { n: point.n, addressees, text: orderOnly(text, point.blocks), channels: [...terms.keys()] },
    text,
    terms,
    named: own.length > 0,
    optional: point.optional && own.length === 0,
    setsTimes,
    warnings,
  };
}

/**
 * "UBND các xã … thông báo đến người dân 3-5 lần/ngày" names no channel, but a ward can inform its people that often a
 * day only through its loudspeakers. Read so, with a warning, rather than losing the order.
 */
function implied(
  addressees: readonly string[],
  text: Passage,
  loose: readonly Frequency[],
  terms: Map<ChannelKind, Terms>,
  warnings: string[],
): void {
  const first = loose.find((f) => /^(?:lần|lượt|buổi)$/u.test(f.unit));
  const levels = levelsOfUnits(addressees.map(lower));
  if (first === undefined || terms.size > 0 || levels.length === 0) return;
  if (!/tuyên truyền|thông báo|phát/u.test(text.low)) return;
  for (const level of levels) terms.set(`${level}-loudspeaker`, { ...noTerms(), min: first.min, max: first.max });
  warnings.push(
    'nêu số lượt mỗi ngày nhưng không nêu kênh; được hiểu là phát trên hệ thống truyền thanh, hãy kiểm tra.',
  );
}

function addresseesOfPoint(blocks: readonly Block[]): string[] {
  const head = blocks[0] === undefined ? null : addresseesOf(blocks[0].body);
  if (head !== null) return distinct(head.names);
  return distinct(blocks.slice(1).flatMap((b) => addresseesOf(b.body)?.names ?? []));
}

/** The point without the names of its units, where a colon or the end of the line separates them. */
function orderOnly(text: Passage, blocks: readonly Block[]): string {
  const end = blocks[0] === undefined ? undefined : addresseesOf(blocks[0].body)?.end;
  const after = end === undefined ? '' : blocks[0]!.body.text.slice(end);
  const parted = /^\s?:/u.test(after) || (after.trim() === '' && blocks.length > 1);
  if (end === undefined || !parted) return text.text;
  const rest = [blocks[0]!.body.text.slice(end).replace(/^[\s:]+/u, ''), ...text.text.split('\n').slice(1)];
  return rest
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * A point that names no unit addresses the units of the paragraph before the points: "… đề nghị UBND các xã thực
 * hiện:".
 */
function introAddressees(outline: Outline, context: LetterContext): string[] {
  if (!outline.numbered) return [];
  for (const paragraph of [...outline.intro].reverse()) {
    const verbs = [...paragraph.low.matchAll(/(?<!\p{L})(?:đề nghị|yêu cầu|giao)\s/gu)].map((m) => m.index);
    for (const at of verbs) {
      const naming = addresseesOf(passage(paragraph.text.slice(at, at + 600)));
      if (naming !== null && naming.names.every((name) => name !== context.issuer)) return naming.names;
    }
  }
  return [];
}

/** A point without a channel whose unit collects reports: its report date holds for all units. */
function speaksToAll(point: ReadPoint): boolean {
  if (point.terms.size > 0) return false;
  const { addressees, text } = point.assignment;
  const low = text.toLowerCase();
  if (addressees.length === 0) return true;
  if (addressees.some((name) => /^các (?:phòng|ban|cơ quan|đơn vị|sở|ngành)/u.test(name.toLowerCase()))) return true;
  return /(?:các (?:phòng|ban|cơ quan|đơn vị|địa phương)|ubnd các|các phường|các xã)[^.;\n]{0,80}(?:báo cáo|gửi)/u.test(
    low,
  );
}
