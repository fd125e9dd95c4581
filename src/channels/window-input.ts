import { addDays, type LocalDate, weekdayOf } from '../shared/local-time.js';
import { type DayRule, parseDayRule } from './hours/day-rule.js';
import { LAST_DAY, type WindowBody } from './rules.dto.js';
import { badField } from './rules-sentences.js';
import { leavesDay } from './hours/window-days.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** The columns of a window. */
export interface WindowColumns {
  name: string;
  weekdays: number[];
  start: string;
  minutes: number;
  from: LocalDate | null;
  until: LocalDate | null;
  rrule: string | null;
  seasonFrom: string | null;
  seasonUntil: string | null;
  holidays: WindowBody['holidays'];
}

/** Throws `bad-rule`, and `never-opens` (422) for a rule that names no day from `today` on. */
export function windowColumns(body: WindowBody, today: LocalDate): WindowColumns {
  const { name, weekdays = everyDay, start, minutes, from, until, rrule, season, holidays } = body;
  const rule = rrule === undefined ? undefined : parseDayRule(rrule, from);
  if (!everOpens({ weekdays, from, until, rule, season }, today)) {
    const field = rrule !== undefined ? 'rrule' : until !== undefined && until < today ? 'until' : 'weekdays';
    throw badField(
      'never-opens',
      field,
      'Từ nay trở đi quy tắc này không có ngày nào',
      'From today on this rule has no day',
    );
  }
  return {
    name,
    weekdays: [...weekdays].sort((a, b) => a - b),
    start,
    minutes,
    from: from ?? null,
    until: until ?? null,
    rrule: rrule ?? null,
    seasonFrom: season?.from ?? null,
    seasonUntil: season?.until ?? null,
    holidays,
  };
}

type Days = { weekdays: readonly number[]; rule?: DayRule } & Pick<WindowBody, 'from' | 'until' | 'season'>;

/** Within the days that Loa plans, the calendar repeats itself after 28 years. */
const LONGEST_CYCLE_DAYS = 28 * 366;

function everOpens({ weekdays, from, until, rule, season }: Days, today: LocalDate): boolean {
  const first = from !== undefined && from > today ? from : today;
  const cycle = addDays(first, LONGEST_CYCLE_DAYS);
  const last = [until ?? LAST_DAY, LAST_DAY, cycle].sort()[0]!;
  let weekday = weekdayOf(first);
  const day = new Date(`${first}T00:00:00Z`);
  for (let date = first; date <= last; weekday = (weekday % 7) + 1) {
    if (weekdays.includes(weekday) && leavesDay({ rule, season }, date)) return true;
    day.setUTCDate(day.getUTCDate() + 1);
    date = day.toISOString().slice(0, 10);
  }
  return false;
}
