import { channelKindNames } from '../../shared/channel-kind.js';
import { type LocalDate, showDate } from '../../shared/local-time.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { campaignStateNames } from '../../campaigns/campaign.transitions.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { DirectiveHead } from '../../directives/head-correction.js';
import type { Letter } from '../../directives/reading/text/letter.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { translate } from '../language/language.js';
import { campaignTones } from '../language/words.js';

/** Display names of the fields that a letter may leave out. */
export const directiveFieldNames: Record<string, string> = {
  number: 'số, ký hiệu',
  issuedOn: 'ngày ban hành',
  place: 'nơi ban hành',
  issuer: 'cơ quan ban hành',
  subject: 'trích yếu',
  urgency: 'độ khẩn',
  to: 'kính gửi',
  references: 'văn bản căn cứ',
  assignments: 'các điểm giao việc',
  recipients: 'nơi nhận',
  obligations: 'nhiệm vụ trên kênh',
};

export function directiveRow(directive: Directive) {
  const { id, kind, number, issuedOn, subject, issuer, urgency, withdrawReason } = directive;
  const head = {
    id,
    number,
    issuedOn: showDate(issuedOn),
    subject: subject ?? translate('(không nêu)'),
    issuer,
    urgency,
  };
  return { ...head, isAnnouncement: kind === 'announcement', withdrawn: withdrawReason ?? '' };
}

/** The head as the fields of a form; `issuedAt` is the place in the letter's date line. */
export interface HeadForm {
  number: string;
  issuedOn: string;
  issuer: string;
  issuedAt: string;
  subject: string;
}

export function headForm(
  head: Record<'number' | 'issuedOn' | 'issuer' | 'place' | 'subject', string | null>,
): HeadForm {
  const { number, issuedOn, issuer, place, subject } = head;
  return {
    number: number ?? '',
    issuedOn: issuedOn ?? '',
    issuer: issuer ?? '',
    issuedAt: place ?? '',
    subject: subject ?? '',
  };
}

export function parseHead({ issuedAt, ...head }: HeadForm): DirectiveHead {
  return { ...head, place: issuedAt || null, subject: head.subject || null };
}

/** What the reader found, before it is registered. `typed` is the refused form. */
export function letterReadingView(
  { directive, obligations, missing, warnings, elsewhere }: Letter & { elsewhere: boolean },
  typed?: { head: HeadForm; place?: string; chosen: readonly string[] },
) {
  const addresseesOf = (n: number) => directive.assignments.find((one) => one.n === n)?.addressees ?? [];
  return {
    head: typed?.head ?? headForm(directive),
    elsewhere,
    here: typed?.place === 'here',
    notHere: typed?.place === 'elsewhere',
    missing: missingText(missing),
    warnings,
    obligations: obligations.map((one) => ({
      key: obligationKey(one),
      chosen: typed ? typed.chosen.includes(obligationKey(one)) : true,
      assignment: one.assignment,
      channel: translate(channelKindNames[one.channelKind]),
      addressees: addresseesOf(one.assignment).join('; '),
      plays: playsText(one),
      period: periodText(one.from, one.until),
    })),
  };
}

export function obligationKey({ assignment, channelKind }: Pick<Obligation, 'assignment' | 'channelKind'>): string {
  return `${assignment}:${channelKind}`;
}

/**
 * `formOf` gives the correction form of an obligation, for those who may correct it; `mayClose`: the reader may end and
 * cancel campaigns.
 */
export function directiveView(
  directive: Directive,
  obligations: Obligation[],
  campaigns: Campaign[],
  formOf: (obligation: Obligation) => object | null,
  mayClose: boolean,
) {
  return {
    ...directiveRow(directive),
    elsewhere: directive.elsewhere,
    place: directive.place ? `${directive.place},` : '',
    to: directive.to.join('; '),
    references: directive.references
      .map((one) => one.number + (one.date ? ` ngày ${showDate(one.date)}` : ''))
      .join('; '),
    recipients: directive.recipients.join('; '),
    missing: missingText(directive.missing),
    assignments: directive.assignments.map(({ n, addressees, text }) => ({
      n,
      addressees: addressees.join('; '),
      text,
    })),
    obligations: obligations.map((one) => ({
      assignment: one.assignment,
      channel: translate(channelKindNames[one.channelKind]),
      addressees: one.addressees.join('; '),
      plays: playsText(one),
      period: periodText(one.from, one.until),
      reportDue: one.reportDue ? showDate(one.reportDue) : translate('không nêu'),
      form: formOf(one),
    })),
    body: directive.body,
    campaigns: campaigns.map((one) => ({ ...campaignRow(one, mayClose), period: periodText(one.from, one.until) })),
  };
}

/**
 * A campaign with its state. `close` is the target of the forms that end or cancel it, '' when the campaign cannot be
 * closed.
 */
function campaignRow({ id, directiveId, name, state, closeReason }: Campaign, mayClose: boolean) {
  const status = { state: translate(campaignStateNames[state]), tone: campaignTones[state], reason: closeReason ?? '' };
  return { id, name, ...status, close: mayClose && state === 'open' ? `/cong-van/${directiveId}/dot/${id}` : '' };
}

/**
 * The table of obligations shows the missing fields of each row; a notice for the whole letter would contradict the
 * other rows.
 */
const inTable = new Set(['minPlaysPerDay', 'maxPlaysPerDay', 'from', 'until', 'reportDue']);

export function missingText(missing: readonly string[]): string {
  const names = missing.map((name) => name.split('.').pop() ?? name).filter((name) => !inTable.has(name));
  return names.map((name) => translate(directiveFieldNames[name] ?? name)).join(', ');
}

export function playsText({
  minPlaysPerDay: min,
  maxPlaysPerDay: max,
}: Pick<Obligation, 'minPlaysPerDay' | 'maxPlaysPerDay'>) {
  if (min === null && max === null) return translate('không nêu');
  if (min === max) return `${min}`;
  if (max === null) return translate('ít nhất {n}', { n: min ?? 0 });
  return min === null ? translate('nhiều nhất {n}', { n: max }) : `${min}–${max}`;
}

export function periodText(from: LocalDate | null, until: LocalDate | null): string {
  if (from && until) return `${showDate(from)} – ${showDate(until)}`;
  if (until) return translate('đến hết {date}', { date: showDate(until) });
  return from ? translate('từ {date}', { date: showDate(from) }) : translate('không nêu');
}
