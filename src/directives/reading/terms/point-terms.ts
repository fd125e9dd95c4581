import type { ChannelKind } from '../../../shared/channel-kind.js';
import type { LocalDate } from '../../../shared/local-time.js';
import { type Frequency, frequenciesIn } from './frequency.js';
import type { Passage } from '../text/passage.js';
import { type Period, periodsIn } from './period.js';
import { reportDueIn } from './report-due.js';
import { holds, type ClausePart, partsOf, sentencesOf, type TextSpan } from '../text/clauses.js';

export interface Terms {
  min: number | null;
  max: number | null;
  from: LocalDate | null;
  until: LocalDate | null;
  reportDue: LocalDate | null;
}

export function noTerms(): Terms {
  return { min: null, max: null, from: null, until: null, reportDue: null };
}

/** Parts are computed only when a number or date needs its channel. */
interface Sentence extends TextSpan {
  low: string;
  parts: () => ClausePart[];
}

/** A channel at its place in the point; whose loudspeakers it means is known. */
export interface PlacedChannel extends TextSpan {
  kinds: ChannelKind[];
}

export interface PointTerms {
  terms: Map<ChannelKind, Terms>;
  /** Frequencies for which the point names no channel. */
  loose: Frequency[];
  warnings: string[];
}

/**
 * What a point says of each channel it names.
 * - A frequency belongs to the channels that its clause names before it (otherwise after it), otherwise to those of the
 * nearest clause of its sentence, otherwise to all that the point has named so far. Leaflets are not played: they take
 * a frequency only when they are the only channel in its clause.
 * - A period belongs to the channels of its part of the sentence, otherwise of its sentence, otherwise to the whole
 * point.
 * - A report date belongs to the whole point.
 */
export function termsOf(p: Passage, channels: readonly PlacedChannel[], issuedOn: LocalDate | null): PointTerms {
  const result: PointTerms = { terms: new Map(), loose: [], warnings: [] };
  for (const kind of kindsOf(channels)) result.terms.set(kind, noTerms());
  let passed = 0;
  const before = new Map<string, PlacedChannel>();
  for (const span of sentencesOf(p)) {
    const low = p.low.slice(span.start, span.end);
    let parts: ClausePart[] | undefined;
    const sentence: Sentence = { ...span, low, parts: () => (parts ??= partsOf(p, span)) };
    const named: PlacedChannel[] = [];
    while (passed < channels.length && channels[passed]!.start < sentence.end) named.push(channels[passed++]!);
    for (const channel of named) before.set(channel.kinds.join(), channel);
    const known = before.size > 0 ? [...before.values()] : channels;
    const { perDay, unread } = frequenciesIn(low);
    for (const phrase of unread) result.warnings.push(`"${phrase}" không phải số lượt mỗi ngày nên số lượt để trống.`);
    const placed = perDay.map((f) => ({ ...f, start: f.start + sentence.start, end: f.end + sentence.start }));
    for (const f of placed) {
      if (f.per === 'assumed')
        result.warnings.push(
          `"${p.text.slice(f.start, f.end)}" không ghi rõ mỗi ngày; được hiểu là mỗi ngày, hãy kiểm tra.`,
        );
      applyFrequency(f, target(f, placed, sentence, named, known), result);
    }
    const { periods, warnings } = periodsIn(low, issuedOn);
    result.warnings.push(...warnings);
    for (const period of periods) {
      const at = { ...period, start: period.start + sentence.start, end: period.end + sentence.start };
      applyPeriod(at, periodTarget(at, periods.length, sentence, named, channels, p.low), result);
    }
    const report = reportDueIn(low, issuedOn);
    result.warnings.push(...report.warnings);
    if (report.due !== null) for (const terms of result.terms.values()) terms.reportDue ??= report.due;
  }
  return result;
}

export function kindsOf(channels: readonly PlacedChannel[]): ChannelKind[] {
  return [...new Set(channels.flatMap((c) => c.kinds))];
}

const trailing =
  /(?:đảm bảo|bảo đảm|với tần suất|tần suất|thời lượng|số lần|mỗi nội dung|tất cả|các kênh)[^,;]{0,40}$/u;

function target(
  f: Frequency,
  all: readonly Frequency[],
  sentence: Sentence,
  named: readonly PlacedChannel[],
  known: readonly PlacedChannel[],
): ChannelKind[] {
  const others = all.filter((other) => other.start !== f.start);
  const part = sentence.parts().find((span) => holds(span, f)) ?? sentence.parts().at(-1)!;
  const index = part.clauses.findIndex((clause) => holds(clause, f));
  const clause = part.clauses[index]!;
  const lead = sentence.low.slice(Math.max(0, clause.start - sentence.start), f.start - sentence.start);
  const inPart = named.filter((c) => holds(part, c));
  const own = nearest(
    f,
    others,
    inPart.filter((c) => holds(clause, c)),
    clause,
  );
  if (own.length > 0 && !(trailing.test(lead) && /,\s[^,]*$/u.test(lead))) return played(own);
  if (own.length > 0)
    return played(
      inPart.filter((c) => c.start < f.start && !others.some((o) => o.start > c.start && o.start < f.start)),
    );
  const byDistance = part.clauses
    .map((span, i) => ({ span, gap: i < index ? index - i : i > index ? 100 + i : 1000 }))
    .sort((a, b) => a.gap - b.gap);
  if (trailing.test(lead) && inPart.some((c) => c.start < f.start))
    return played(inPart.filter((c) => c.start < f.start));
  for (const { span } of byDistance) {
    const there = inPart.filter((c) => holds(span, c));
    if (there.length > 0 && !others.some((o) => holds(span, o))) return played(there);
  }
  const partIndex = sentence.parts().indexOf(part);
  for (let i = partIndex - 1; i >= 0; i--) {
    const there = named.filter((c) => holds(sentence.parts()[i]!, c));
    if (there.length > 0)
      return others.some((o) => holds(sentence.parts()[i]!, o)) ? [] : fitting(played(there), f, sentence);
  }
  return fitting(played(known), f, sentence);
}

/**
 * In a clause: the channels since the number before it, otherwise those up to the next number. A clause that opens with
 * a number ("3 lần/ngày trên loa, 1 bài/ngày trên Fanpage") is read forward.
 */
function nearest(
  f: Frequency,
  others: readonly Frequency[],
  there: readonly PlacedChannel[],
  clause: TextSpan,
): PlacedChannel[] {
  const before = there.filter((c) => c.start < f.start && !others.some((o) => o.start > c.start && o.start < f.start));
  const after = there.filter((c) => c.start > f.start && !others.some((o) => o.start > f.start && o.start < c.start));
  const first = there[0]?.start ?? Number.POSITIVE_INFINITY;
  const forward = f.start < first || others.some((o) => holds(clause, o) && o.start < first);
  const [wanted, other] = forward ? [after, before] : [before, after];
  return wanted.length > 0 ? wanted : other;
}

function played(channels: readonly PlacedChannel[]): ChannelKind[] {
  const kinds = kindsOf(channels);
  const without = kinds.filter((kind) => kind !== 'leaflet');
  return without.length > 0 ? without : kinds;
}

/** "Phát ít nhất 2 lần/ngày" applies to what is broadcast; "1 bài/ngày" to what is published. */
function fitting(kinds: ChannelKind[], f: Frequency, sentence: Sentence): ChannelKind[] {
  const lead = sentence.low.slice(Math.max(0, f.start - sentence.start - 40), f.end - sentence.start);
  const speakers = kinds.filter((kind) => kind.endsWith('loudspeaker'));
  const pages = kinds.filter((kind) => !kind.endsWith('loudspeaker'));
  if (/(?<!p)phát(?! (?:hành|động|huy|triển|tờ|hiện))|buổi|phiên/u.test(lead) && speakers.length > 0) return speakers;
  if (/^(?:bài|tin)$/u.test(f.unit) && pages.length > 0) return pages;
  return kinds;
}

function applyFrequency(f: Frequency, kinds: readonly ChannelKind[], result: PointTerms): void {
  if (kinds.length === 0) {
    result.loose.push(f);
    return;
  }
  for (const kind of kinds) {
    const terms = result.terms.get(kind)!;
    if (terms.min === null && terms.max === null) Object.assign(terms, { min: f.min, max: f.max });
    else if (terms.min === null && f.max === null && f.min !== null && f.min <= terms.max!) terms.min = f.min;
    else if (terms.max === null && f.min === null && f.max !== null && f.max >= terms.min!) terms.max = f.max;
    else if (terms.min !== f.min || terms.max !== f.max) {
      result.warnings.push('Một kênh được nêu hai số lượt khác nhau trong cùng một mục; số nêu trước được ghi nhận.');
    }
  }
}

function periodTarget(
  period: Period,
  count: number,
  sentence: Sentence,
  named: readonly PlacedChannel[],
  channels: readonly PlacedChannel[],
  low: string,
): readonly PlacedChannel[] {
  // "…; đăng Fanpage 1 bài/ngày, từ nay đến hết tháng 01/2027.": a period set off at the end applies to the whole
  // sentence.
  const lead = low.slice(Math.max(sentence.start, period.start - 40), period.start);
  const closes = /^[\s.)/]*$/u.test(low.slice(period.end, sentence.end));
  if (
    closes &&
    named.length > 0 &&
    /[,;(]\s?(?:thời gian|thực hiện|bắt đầu|kể|áp dụng|liên tục|từ|nay|ngày|đến|hết|cho|\s|:)*$/u.test(lead)
  ) {
    return named.filter((c) => c.start < period.start);
  }
  const part = sentence.parts().find((span) => holds(span, period)) ?? sentence.parts()[0]!;
  if (count > 1) {
    const clause = part.clauses.find((span) => holds(span, period));
    const there = clause === undefined ? [] : named.filter((c) => holds(clause, c));
    if (there.length > 0) return there;
  }
  const inPart = named.filter((c) => holds(part, c));
  if (inPart.length > 0) return inPart;
  return named.length > 0 ? named : channels;
}

function applyPeriod(period: Period, channels: readonly PlacedChannel[], result: PointTerms): void {
  for (const kind of kindsOf(channels)) {
    const terms = result.terms.get(kind)!;
    if (terms.from === null && terms.until === null) Object.assign(terms, { from: period.from, until: period.until });
    else if (terms.from === null && period.until === null) terms.from = period.from;
    else if (terms.until === null && period.from === null) terms.until = period.until;
  }
}
