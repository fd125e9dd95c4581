import { DomainError } from '../shared/domain-error.js';
import { maxLetterBytes, letterTooLarge } from './letter-bytes.js';
import type { DirectiveDraft, Letter, ObligationDraft } from './reading/text/letter.js';
import { blocksOf } from './reading/text/blocks.js';
import { type LetterHead, readHead } from './reading/head/letter-head.js';
import { decodeEntities, looksLikeMarkup, textOfMarkup } from './reading/text/markup.js';
import { ordersOf } from './reading/obligations.js';
import { outlineOf } from './reading/outline.js';
import { cleanPassage, distinct, passage } from './reading/text/passage.js';
import { quotedHead } from './reading/head/quoted-letter.js';
import { addressedTo, bodyEnd, recipientsIn } from './reading/head/recipients.js';
import { referencesIn } from './reading/terms/references.js';

export interface LetterReadOptions {
  /** A letter quoted on a web page: no head, perhaps only the middle, perhaps HTML; everything present is read. */
  partial?: boolean;
}

/**
 * Reads an official letter: its head, the documents it cites, its points with their units and channels, and how often,
 * from when and until when each channel is asked to carry it. Pure: same text, same answer.
 *
 * What the letter does not say is null or empty and its field is named in `missing`; nothing is guessed. Where the
 * wording allows two readings, a warning names the rule that was applied. The rules are documented in `outline.ts`
 * (which paragraphs are points), `point-terms.ts` (which channel a number belongs to), `period.ts` (dates),
 * `obligations.ts` (what general paragraphs fill in).
 *
 * Throws `not-a-letter` (with `details.missing`) when the head has no issuer, no "Số:" line or no date line; a number
 * or day left blank for the seal is no error, only missing. With `partial`, throws it when there is no point, no
 * channel and no letter number. Throws `letter-too-large` above 1 MB.
 */
export function readLetter(text: string, options: LetterReadOptions = {}): Letter {
  if (text.length > maxLetterBytes) throw letterTooLarge(text.length);
  const partial = options.partial ?? false;
  const markup = looksLikeMarkup(text);
  if (markup && !partial) throw notALetter(['number', 'issuedOn', 'issuer'], true);
  const letter = cleanPassage(markup ? textOfMarkup(text) : decodeEntities(text));
  const head = readHead(letter);
  if (!partial) requireHead(head, letter);

  const { to, end: bodyStart } = head.addressed ? addressedTo(letter, head.end) : { to: [], end: head.end };
  const bodyStop = bodyEnd(letter, bodyStart);
  const tooLong = bodyStop - bodyStart > maxBody;
  const blocks = blocksOf(letter.slice(bodyStart, tooLong ? bodyStart + maxBody : bodyStop).split('\n'));
  const whole = blocks.map((block) => block.body);
  if (partial && head.number === null) fillFromProse(head, letter);

  const outline = outlineOf(blocks);
  const orders = ordersOf(outline, { issuedOn: head.issuedOn, issuer: head.issuer, superior: head.superior, to });
  const subject = head.subject === null ? [] : [passage(head.subject)];
  const directive: DirectiveDraft = {
    number: head.number,
    issuedOn: head.issuedOn,
    place: head.place,
    issuer: head.issuer,
    subject: head.subject,
    urgency: head.urgency,
    to,
    references: referencesIn([...subject, ...whole], head.number),
    assignments: orders.assignments,
    recipients: recipientsIn(letter, bodyStop),
  };
  if (partial && !hasSubstance(directive, outline.numbered)) {
    throw notALetter(missingOf(directive, orders.obligations), markup, true);
  }
  return {
    directive,
    obligations: orders.obligations,
    missing: missingOf(directive, orders.obligations),
    warnings: distinct([...(tooLong ? [cutShort] : []), ...head.warnings, ...orders.warnings]),
  };
}

/** Some hundred pages; longer letters continue with tables. */
const maxBody = 200_000;
const cutShort = 'Công văn rất dài; chỉ 200.000 ký tự đầu của phần thân được đọc.';

function requireHead(head: LetterHead, letter: string): void {
  const missing = [
    ...(head.numberLine ? [] : ['number']),
    ...(head.dateLine ? [] : ['issuedOn']),
    ...(head.issuer !== null ? [] : ['issuer']),
  ];
  if (missing.length > 0 || letter.trim() === '') throw notALetter(missing, false);
}

/** A page that says "Sở … có Văn bản số 544 ngày … về …" and then quotes it. */
function fillFromProse(head: LetterHead, letter: string): void {
  const quoted = quotedHead(passage(letter));
  if (quoted === null) return;
  head.number = quoted.number;
  head.issuedOn ??= quoted.issuedOn;
  head.issuer ??= quoted.issuer;
  head.subject ??= quoted.subject;
}

function hasSubstance(directive: DirectiveDraft, numbered: boolean): boolean {
  if (directive.number !== null) return true;
  return directive.assignments.some((a) => a.channels.length > 0) || (numbered && directive.assignments.length > 0);
}

function missingOf(directive: DirectiveDraft, obligations: readonly ObligationDraft[]): string[] {
  const fields = Object.entries(directive) as Array<[string, string | readonly unknown[] | null]>;
  const missing = fields.filter(([, value]) => value === null || value.length === 0).map(([name]) => name);
  if (obligations.length === 0) return [...missing, 'obligations'];
  if (obligations.some((o) => o.minPlaysPerDay === null && o.maxPlaysPerDay === null)) missing.push('minPlaysPerDay');
  for (const name of ['from', 'until', 'reportDue'] as const) {
    if (obligations.some((o) => o[name] === null)) missing.push(name);
  }
  return missing;
}

function notALetter(missing: readonly string[], markup: boolean, partial = false): DomainError {
  const names = missing.map((name) => fieldNames[name] ?? name).join(', ');
  let sentence = {
    vi: `Không nhận ra đây là công văn: không thấy ${names}. Hãy dán toàn văn, từ tên cơ quan ban hành đến nơi nhận.`,
    en: `This is not recognisable as an official letter: no ${missing.join(', ')} found. Give the whole text, from the issuer to the recipients.`,
  };
  if (partial) {
    sentence = {
      vi: 'Không thấy số văn bản, mục giao việc hay kênh tuyên truyền nào trong đoạn trích này.',
      en: 'This excerpt holds no letter number, no numbered point and no channel.',
    };
  } else if (markup) {
    sentence = {
      vi: 'Đây là trang web (HTML), không phải công văn nguyên bản. Hãy mở công văn trên trang rồi chép toàn văn.',
      en: 'This is a web page, not an official letter. Open the letter on it and copy its whole text.',
    };
  }
  return new DomainError('invalid', 'not-a-letter', sentence, { missing: [...missing] });
}

const fieldNames: Record<string, string> = {
  number: 'số, ký hiệu',
  issuedOn: 'ngày ban hành',
  issuer: 'cơ quan ban hành',
};
