import { DomainError } from '../shared/domain-error.js';
import { hashOf } from '../shared/ids.js';
import { isLocalDate } from '../shared/local-time.js';
import { FIRST_DAY, LAST_DAY } from '../channels/rules.dto.js';
import type { Directive } from './directive.entity.js';

/** The head of a letter as a person may correct it. */
export type DirectiveHead = Pick<Directive, 'number' | 'issuedOn' | 'issuer' | 'place' | 'subject'>;

const MAX_LENGTH = { number: 100, issuer: 300, place: 100, subject: 1_000 } as const;

export function headOf({ number, issuedOn, issuer, place, subject }: DirectiveHead): DirectiveHead {
  return { number, issuedOn, issuer, place, subject };
}

/** The version of the head that a person has seen. */
export function directiveVersion(directive: DirectiveHead): string {
  return hashOf(headOf(directive)).slice(0, 16);
}

/** The head without stray spaces. Throws `bad-head` (422) with the field. */
export function requireHead(fields: DirectiveHead): DirectiveHead {
  const even = (text: string | null) => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  const { issuedOn } = fields;
  const [number, issuer, place, subject] = [fields.number, fields.issuer, fields.place, fields.subject].map(even) as [
    string,
    string,
    string,
    string,
  ];
  if (number === '') throw wrong('number', 'Xin ghi số, ký hiệu.', 'The number is needed.');
  if (issuer === '') throw wrong('issuer', 'Xin ghi cơ quan ban hành.', 'The issuer is needed.');
  if (!isLocalDate(issuedOn) || issuedOn < FIRST_DAY || issuedOn > LAST_DAY)
    throw wrong('issuedOn', 'Ngày ban hành phải là ngày có thật.', 'The date must be a real day.');
  for (const [field, text] of Object.entries({ number, issuer, place, subject })) {
    const most = MAX_LENGTH[field as keyof typeof MAX_LENGTH];
    if (text.length > most) throw wrong(field, `Nhiều nhất ${most} ký tự.`, `At most ${most} characters.`);
  }
  return { number, issuedOn, issuer, place: place || null, subject: subject || null };
}

/** 412: another correction was saved first, and must be read before it is overwritten. */
export function changedHead(): DomainError {
  return new DomainError('stale', 'directive-changed', {
    vi: 'Văn bản này vừa được người khác sửa. Xin xem lại nội dung mới rồi lưu.',
    en: 'Somebody has corrected this letter since you looked. See what it says now, then save.',
  });
}

function wrong(field: string, vi: string, en: string): DomainError {
  return new DomainError('invalid', 'bad-head', { vi, en }, { field });
}
