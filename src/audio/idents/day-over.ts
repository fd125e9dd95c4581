import { DomainError } from '../../shared/domain-error.js';

/** A station ident is useful only on its day and before. */
export function dayOver(): DomainError {
  return new DomainError(
    'invalid',
    'day-over',
    { vi: 'Ngày này đã qua nên không cần lời giới thiệu đài nữa.', en: 'That day is over and needs no call.' },
    { field: 'date' },
  );
}

/** Each day is a render: a request for every day of the calendar would fill the disk. */
export function tooFar(): DomainError {
  return new DomainError(
    'invalid',
    'day-too-far',
    {
      vi: 'Lời giới thiệu đài chỉ làm trước được tối đa 60 ngày.',
      en: 'A call is made at most 60 days ahead.',
    },
    { field: 'date' },
  );
}
