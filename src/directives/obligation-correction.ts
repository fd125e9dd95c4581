import { DomainError } from '../shared/domain-error.js';
import { hashOf } from '../shared/ids.js';
import { isLocalDate, type LocalDate } from '../shared/local-time.js';
import { FIRST_DAY, LAST_DAY } from '../channels/rules.dto.js';
import type { Obligation } from './obligation.entity.js';

const MAX_PLAYS = 48;

/**
 * The fields that the reader may have misread and a person may correct; the units and the channel stay as they were
 * read.
 */
export type ObligationFields = Pick<Obligation, 'minPlaysPerDay' | 'maxPlaysPerDay' | 'from' | 'until' | 'reportDue'>;

export function fieldsOf(obligation: ObligationFields): ObligationFields {
  const { minPlaysPerDay, maxPlaysPerDay, from, until, reportDue } = obligation;
  return { minPlaysPerDay, maxPlaysPerDay, from, until, reportDue };
}

/**
 * The version of an obligation that a person has seen: a hash of its fields, so that an edit cannot overwrite an unseen
 * change.
 */
export function obligationVersion(obligation: ObligationFields): string {
  return hashOf(fieldsOf(obligation)).slice(0, 16);
}

/** Throws `bad-plays`, `bad-date`, `bad-period` (422) with the field. */
export function requireFields({ minPlaysPerDay, maxPlaysPerDay, from, until, reportDue }: ObligationFields): void {
  requirePlays('minPlaysPerDay', minPlaysPerDay);
  requirePlays('maxPlaysPerDay', maxPlaysPerDay);
  if (minPlaysPerDay !== null && maxPlaysPerDay !== null && minPlaysPerDay > maxPlaysPerDay) {
    throw wrong(
      'bad-plays',
      'maxPlaysPerDay',
      'Số lần nhiều nhất không được nhỏ hơn số lần ít nhất.',
      'The most plays a day cannot be fewer than the least.',
    );
  }
  for (const [field, date] of Object.entries({ from, until, reportDue })) requireDay(field, date);
  if (from !== null && until !== null && from > until)
    throw wrong('bad-period', 'until', 'Ngày cuối trước ngày đầu.', 'The last day comes before the first.');
}

/** 409: another correction was saved first, and must be read before it is overwritten. */
export function obligationChanged(): DomainError {
  return new DomainError('stale', 'obligation-changed', {
    vi: 'Nhiệm vụ này vừa được người khác sửa. Xin xem lại nội dung mới rồi lưu.',
    en: 'Somebody has corrected this obligation since you looked. See what it says now, then save.',
  });
}

function requirePlays(field: string, plays: number | null): void {
  if (plays === null || (Number.isInteger(plays) && plays >= 1 && plays <= MAX_PLAYS)) return;
  throw wrong(
    'bad-plays',
    field,
    `Số lần mỗi ngày phải là số nguyên từ 1 đến ${MAX_PLAYS}, hoặc để trống.`,
    `Plays a day must be a whole number from 1 to ${MAX_PLAYS}, or left empty.`,
  );
}

function requireDay(field: string, date: LocalDate | null): void {
  if (date === null || (isLocalDate(date) && date >= FIRST_DAY && date <= LAST_DAY)) return;
  throw wrong(
    'bad-date',
    field,
    'Phải là ngày có thật từ 2000 đến 2099, dạng 2026-11-24, hoặc để trống.',
    'Must be a real day from 2000 to 2099 like 2026-11-24, or left empty.',
  );
}

function wrong(code: string, field: string, vi: string, en: string): DomainError {
  return new DomainError('invalid', code, { vi, en }, { field, fields: [{ field, problem: vi }] });
}
