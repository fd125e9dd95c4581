import { DomainError } from '../../shared/domain-error.js';

/** A call is of use on its own day and before. */
export function dayOver(): DomainError {
  return new DomainError(
    'invalid',
    'day-over',
    { vi: 'Ngày này đã qua nên không cần lời xướng nữa.', en: 'That day is over and needs no call.' },
    { field: 'date' },
  );
}
