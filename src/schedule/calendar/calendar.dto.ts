import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { addDays, isLocalDate, type LocalDate, weekdayOf } from '../../shared/local-time.js';

/** Six weeks: the most whole weeks that a month can touch. */
export const MAX_CALENDAR_DAYS = 42;

const localDate = z.string().refine(isPlanDay, 'YYYY-MM-DD, 2000–2099');

export const calendarQuery = z
  .strictObject({
    month: z
      .string()
      .regex(/^\d{4}-\d{2}$/, 'YYYY-MM')
      .refine((text) => isPlanDay(`${text}-01`), 'YYYY-MM')
      .optional(),
    week: localDate.optional(),
    from: localDate.optional(),
    until: localDate.optional(),
  })
  .refine(
    ({ month, week, from, until }) =>
      (from === undefined) === (until === undefined) &&
      [month, week, from].filter((part) => part !== undefined).length === 1,
    'either month, or week, or from and until',
  );

export const boardQuery = z.strictObject({
  date: localDate,
  kind: z.enum(['city-loudspeaker', 'ward-loudspeaker']).optional(),
  search: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(10_000).optional(),
});

const instant = z.coerce.number().int().min(Date.UTC(2000)).max(Date.UTC(2100));

export const conflictsQuery = z
  .strictObject({
    startsAt: instant,
    endsAt: instant,
    except: z
      .string()
      .regex(/^[0-9a-f-]{36}$/, 'an id')
      .optional(),
  })
  .refine(
    ({ startsAt, endsAt }) => startsAt < endsAt && endsAt - startsAt <= 86_400_000,
    'endsAt within a day after startsAt',
  );

/**
 * The requested local days, both included. `month`: the whole weeks, Monday to Sunday, that contain its days. `week`:
 * the seven days from Monday that contain that date. Throws `bad-horizon` (422) for more than 42 days.
 */
export function calendarDays({ month, week, from, until }: z.infer<typeof calendarQuery>): {
  from: LocalDate;
  until: LocalDate;
} {
  if (month !== undefined) {
    const first = `${month}-01`;
    const nextMonth = `${addDays(first, 31).slice(0, 7)}-01`;
    const last = addDays(nextMonth, -1);
    return { from: mondayOf(first), until: addDays(mondayOf(last), 6) };
  }
  if (week !== undefined) return { from: mondayOf(week), until: addDays(mondayOf(week), 6) };
  const days = { from: from ?? '', until: until ?? '' };
  if (days.until >= days.from && days.until < addDays(days.from, MAX_CALENDAR_DAYS)) return days;
  throw new DomainError(
    'invalid',
    'bad-horizon',
    {
      vi: `Khoảng ngày phải từ 1 đến ${MAX_CALENDAR_DAYS} ngày.`,
      en: `Ask for 1 to ${MAX_CALENDAR_DAYS} days.`,
    },
    { field: 'until' },
  );
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** Leaves room for a month's neighbouring days inside the bounds of the planner. */
function isPlanDay(text: string): boolean {
  return isLocalDate(text) && text >= '2000-03-01' && text < '2099-10-01';
}
