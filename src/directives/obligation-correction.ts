import { DomainError } from '../shared/domain-error.js';
import { hashOf } from '../shared/ids.js';
import { isLocalDate, type LocalDate } from '../shared/local-time.js';
import { FIRST_DAY, LAST_DAY } from '../channels/rules.dto.js';
import type { Obligation } from './obligation.entity.js';

const MAX_PLAYS = 48;

const MAX_ADDRESSEES = 300;

/** The fields that the reader may have misread and a person may correct. */
export type ObligationFields = Pick<
  Obligation,
  'channelKind' | 'addressees' | 'minPlaysPerDay' | 'maxPlaysPerDay' | 'from' | 'until' | 'reportDue'
>;

/** A correction; the channel kind and the units stay where they are left out. */
export type CorrectedObligation = Omit<ObligationFields, 'channelKind' | 'addressees'> &
  Partial<Pick<ObligationFields, 'channelKind' | 'addressees'>>;

export function fieldsOf(obligation: ObligationFields): ObligationFields {
  const { channelKind, addressees, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue } = obligation;
  return { channelKind, addressees, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue };
}

/**
 * The version of an obligation that a person has seen: a hash of its fields, so that an edit cannot overwrite an unseen
 * change.
 */
export function obligationVersion(obligation: ObligationFields): string {
  return hashOf(fieldsOf(obligation)).slice(0, 16);
}

/** The addressees without doubles and stray spaces. */
export function tidyAddressees(addressees: readonly string[]): string[] {
  return [...new Set(addressees.map((one) => one.normalize('NFC').replace(/\s+/g, ' ').trim()).filter(Boolean))];
}

/** Throws `bad-plays`, `bad-date`, `bad-period`, `bad-addressees` (422) with the field. */
export function requireFields(fields: ObligationFields): void {
  const { addressees, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue } = fields;
  if (addressees.length > MAX_ADDRESSEES || addressees.some((one) => one.length > 300))
    throw wrong(
      'bad-addressees',
      'addressees',
      `Nhiều nhất ${MAX_ADDRESSEES} đơn vị, mỗi dòng một đơn vị, mỗi tên không quá 300 ký tự.`,
      `At most ${MAX_ADDRESSEES} units, one a line, of 300 characters each.`,
    );
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
