import type { ChannelKind } from '../../../shared/channel-kind.js';
import type { LocalDate } from '../../../shared/local-time.js';
import { channelsIn } from './channels-in-text.js';
import { sentencesOf } from '../text/clauses.js';
import { type Frequency, frequenciesIn } from './frequency.js';
import { cut, type Passage } from '../text/passage.js';
import { periodsIn } from './period.js';
import { type PlacedChannel, termsOf } from './point-terms.js';
import { reportDueIn } from './report-due.js';
import { levelOfUnit, type SpeakerLevel } from '../text/speaker-levels.js';

/** Terms of the paragraphs that address all units; they fill what a point leaves open. `kind` null: every kind. */
export interface GeneralTerms {
  frequencies: Array<{ min: number | null; max: number | null; unit: string; kind: ChannelKind | null }>;
  periods: Array<{ from: LocalDate | null; until: LocalDate | null; kind: ChannelKind | null }>;
  /** `level`: the sentence asks only the wards. */
  reports: Array<{ due: LocalDate; level: SpeakerLevel | null }>;
  warnings: string[];
}

const aboutBroadcasting =
  /tuyên truyền|(?<!\p{L})phát(?!\p{L})|truyền thanh|(?<!\p{L})loa(?!\p{L})|fanpage|đăng|thời gian|thời lượng|tần suất|số lần|đợt|chiến dịch|cao điểm|thực hiện|triển khai|đến hết|duy trì/u;
const citation =
  /^(?:căn cứ|thực hiện (?:công văn|kế hoạch|chỉ thị|quyết định|văn bản|nghị quyết|thông báo|công điện|ý kiến|nghị định)|theo (?:công văn|văn bản|kế hoạch|đề nghị|bản tin|dự báo)|xét|nguồn|đăng|cập nhật|ngày đăng)/u;
const everyone = /các (?:phòng|ban|cơ quan|đơn vị|địa phương|ngành|sở)|toàn thể|tất cả/u;

export function generalTerms(paragraphs: readonly Passage[], issuedOn: LocalDate | null): GeneralTerms {
  const result: GeneralTerms = { frequencies: [], periods: [], reports: [], warnings: [] };
  for (const paragraph of paragraphs) {
    if (!/\d|lần|buổi|từ nay|báo cáo/.test(paragraph.low)) continue;
    for (const { start, end } of sentencesOf(paragraph)) read(cut(paragraph, start, end), issuedOn, result);
  }
  return result;
}

function read(sentence: Passage, issuedOn: LocalDate | null, result: GeneralTerms): void {
  const low = sentence.low;
  if (aboutBroadcasting.test(low) && !citation.test(low.trim())) {
    const channels = channelsIn(low).map((c) => ({ ...c, kinds: kindsOf(c.kind, c.levels) }));
    if (channels.length > 0) readNamed(sentence, channels, issuedOn, result);
    else readPlain(low, issuedOn, result);
  }
  const report = reportDueIn(low, issuedOn);
  result.warnings.push(...report.warnings);
  if (report.due !== null) result.reports.push({ due: report.due, level: reportLevel(low) });
}

function readNamed(
  sentence: Passage,
  channels: readonly PlacedChannel[],
  issuedOn: LocalDate | null,
  result: GeneralTerms,
): void {
  const { terms, warnings } = termsOf(sentence, channels, issuedOn);
  result.warnings.push(...warnings);
  for (const [kind, { min, max, from, until }] of terms) {
    if (min !== null || max !== null) result.frequencies.push({ min, max, unit: 'lần', kind });
    if (from !== null || until !== null) result.periods.push({ from, until, kind });
  }
}

function readPlain(low: string, issuedOn: LocalDate | null, result: GeneralTerms): void {
  const { perDay, unread } = frequenciesIn(low);
  for (const { min, max, unit } of perDay.filter((f: Frequency) => f.per === 'day')) {
    result.frequencies.push({ min, max, unit, kind: null });
  }
  for (const phrase of unread) result.warnings.push(`"${phrase}" không phải số lượt mỗi ngày nên số lượt để trống.`);
  const { periods, warnings } = periodsIn(low, issuedOn);
  for (const { from, until } of periods) result.periods.push({ from, until, kind: null });
  result.warnings.push(...warnings);
}

function kindsOf(kind: ReturnType<typeof channelsIn>[number]['kind'], levels: readonly SpeakerLevel[]): ChannelKind[] {
  if (kind !== 'loudspeaker') return [kind];
  const askedLevels: readonly SpeakerLevel[] = levels.length > 0 ? levels : ['city', 'ward'];
  return askedLevels.map((level) => `${level}-loudspeaker` as const);
}

function reportLevel(low: string): SpeakerLevel | null {
  const before = low.slice(0, Math.max(0, low.search(/báo cáo|gửi/u)));
  return everyone.test(before) || levelOfUnit(before) !== 'ward' ? null : 'ward';
}
