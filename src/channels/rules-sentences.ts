import { DomainError } from '../shared/domain-error.js';
import { type LocalDate, showDate } from '../shared/local-time.js';

/**
 * An error in one field of a rule: 422 with `details.field` and, as for a body of the wrong shape, `details.fields`.
 */
export function badField(code: string, field: string, vi: string, en: string): DomainError {
  const details = { field, fields: [{ field, problem: vi }] };
  return new DomainError('invalid', code, { vi: `${vi} (${field}).`, en: `${en} (${field}).` }, details);
}

export function inThePast(field: string, date: LocalDate): DomainError {
  return badField(
    'in-the-past',
    field,
    `Ngày ${showDate(date)} đã qua, không đổi được nữa`,
    `${date} is over and cannot be changed`,
  );
}

const weekdayNames = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'];

/** 'T2, T3, CN'. */
export function showWeekdays(days: readonly number[]): string {
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => weekdayNames[day - 1])
    .join(', ');
}
