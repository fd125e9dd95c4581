import type { LocalDate } from '../../shared/local-time.js';
import { type DayRule, namesDay } from './day-rule.js';

/** 'MM-DD' of every year, both included; `until` before `from` runs over New Year. */
export interface YearlySeason {
  from: string;
  until: string;
}

/** What a window does on days off and flag days (see the table of holidays). Most windows have `any`. */
export const holidayRules = ['any', 'skip', 'only', 'flag-days'] as const;
export type HolidayRule = (typeof holidayRules)[number];

/** What restricts the days of a window besides its weekdays and its dated season. All given conditions must hold. */
export interface WindowDays {
  rule?: DayRule;
  season?: YearlySeason;
  /** Never open on these days. */
  except?: ReadonlySet<LocalDate>;
  /** Open on these days only. */
  only?: ReadonlySet<LocalDate>;
}

export function leavesDay({ rule, season, except, only }: WindowDays, date: LocalDate): boolean {
  if (except?.has(date)) return false;
  if (only && !only.has(date)) return false;
  return (season === undefined || isInSeason(season, date)) && (rule === undefined || namesDay(rule, date));
}

export function isInSeason({ from, until }: YearlySeason, date: LocalDate): boolean {
  const day = date.slice(5);
  return from <= until ? from <= day && day <= until : from <= day || day <= until;
}
