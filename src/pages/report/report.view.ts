import { channelKindNames } from '../../shared/channel-kind.js';
import { showDate, type TimeZone } from '../../shared/local-time.js';
import { postStateNames } from '../../posts/state/post.transitions.js';
import { type EvidenceGrade, evidenceNames } from '../../proof/evidence.js';
import type {
  Counts,
  DirectiveReport,
  Fulfilment,
  ObligationLine,
  UnitLine,
} from '../../reports/directive/directive-report.js';
import { moment, translate } from '../language/language.js';
import { periodText } from '../directives/directive.view.js';
import type { Tone } from '../language/words.js';

const grades: EvidenceGrade[] = ['A', 'B', 'C', 'D'];

export function reportView(report: DirectiveReport, zone: TimeZone) {
  const { directive, counts } = report;
  return {
    id: directive.id,
    number: directive.number,
    subject: directive.subject ?? '',
    issuer: directive.issuer,
    issuedOn: showDate(directive.issuedOn),
    generated: moment(report.generatedAt, zone),
    campaigns: report.campaigns.map(({ name, from, until }) => ({ name, period: periodText(from, until) })),
    total: countsView(counts),
    sentence: totalSentence(counts),
    evidence: grades.map((grade) => ({
      grade,
      name: translate(evidenceNames[grade]),
      n: String(counts.grades[grade]),
    })),
    obligations: report.obligations.map(obligationView),
  };
}

function obligationView(line: ObligationLine) {
  const kind = translate(channelKindNames[line.channelKind]);
  return {
    heading:
      line.assignment === null
        ? translate('Ngoài nhiệm vụ: {kind}', { kind })
        : translate('Điểm {n}: {kind}', { n: line.assignment, kind }),
    addressees: line.addressees.join('; '),
    period: periodText(line.from, line.until),
    reportDue: line.reportDue ? showDate(line.reportDue) : '',
    measured: line.measured,
    units: line.units.map(unitView),
    total: countsView(line.counts),
    several: line.units.length > 1,
  };
}

function unitView({ unitName, channelName, channelCode, counts, fulfilment, posts }: UnitLine) {
  return {
    unit: unitName,
    channel: channelName,
    code: channelCode,
    ...countsView(counts),
    ...fulfilmentView(fulfilment),
    posts: posts
      ? Object.entries(posts.byState)
          .map(([state, n]) => `${n} ${translate(postStateNames[state as keyof typeof postStateNames] ?? state)}`)
          .join(', ')
      : '',
    links: posts?.links ?? [],
  };
}

function countsView(counts: Counts) {
  const { planned, aired, missed, waiting, cancelled, replaced, lateReported, offPlan } = counts;
  const remarks = [
    cancelled > 0 ? translate('{n} đã hủy', { n: cancelled }) : '',
    replaced > 0 ? translate('{n} bị thay thế', { n: replaced }) : '',
    lateReported > 0 ? translate('{n} báo muộn là có phát', { n: lateReported }) : '',
    offPlan > 0 ? translate('{n} phát ngoài lịch', { n: offPlan }) : '',
  ];
  return {
    planned: String(planned),
    aired: String(aired),
    missed: String(missed),
    waiting: String(waiting),
    someMissed: missed > 0,
    remarks: remarks.filter(Boolean).join(', '),
    grades: grades
      .flatMap((grade) => (counts.grades[grade] > 0 ? [`${grade} ${counts.grades[grade]}`] : []))
      .join(' · '),
  };
}

/** Counts past days only: '3/4 ngày'. Future days are not predicted. */
export function fulfilmentView({ minimumPerDay, daysRequired, daysMet, daysInPeriod }: Fulfilment): {
  minimum: string;
  met: string;
  metTone: Tone;
} {
  const minimum = minimumPerDay === null ? translate('không nêu') : translate('{n} lần mỗi ngày', { n: minimumPerDay });
  if (daysInPeriod === 0) return { minimum, met: '', metTone: '' };
  if (daysRequired === 0) return { minimum, met: translate('chưa đến ngày'), metTone: '' };
  const metTone = daysMet === daysRequired ? 'good' : daysMet === 0 ? 'bad' : 'warn';
  return { minimum, met: translate('{met}/{all} ngày', { met: daysMet, all: daysRequired }), metTone };
}

export function totalSentence({ planned, aired, missed, waiting }: Counts): string {
  if (planned === 0) return translate('Chưa có lượt phát hay bài đăng nào được xếp cho công văn này.');
  const done = aired + missed;
  const figures = { planned, aired, missed, waiting, share: shareText(aired, done) };
  const parts = [
    translate('Đã xếp {planned} lượt: {aired} đã phát, {missed} không phát được, {waiting} chưa có kết quả.', figures),
  ];
  if (done > 0) parts.push(translate('Trong số đã có kết quả, {share} % đã phát.', figures));
  return parts.join(' ');
}

/** Rounding must not hide a small rest: 468 of 470 is 99 %, not 100 %, and 1 of 1000 is not 0 %. */
function shareText(part: number, whole: number): number {
  if (part === 0 || part === whole) return part === 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}
