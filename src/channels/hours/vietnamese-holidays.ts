import Holidays from 'date-holidays';
import { addDays, type LocalDate, localDateOf, VIETNAM } from '../../shared/local-time.js';

export interface KnownHoliday {
  date: LocalDate;
  name: string;
  kind: 'public' | 'observance';
  dayOff: boolean;
  flagDay: boolean;
  /** Identifies the same day of the same rule and year, whatever its name and wherever people moved it. */
  ruleKey: string;
}

/**
 * National days on which flags are flown everywhere by custom; days that a local committee announces are added by hand.
 */
const FLAG_DAYS = new Set(['04-30', '05-01', '09-02']);
const TET = /vietnamese 1-0-1(?!\d)/;

/**
 * The Vietnamese holidays of a year (UTC+7: in some years Tết is a day before the Chinese one), one row for each day:
 * the eve of Tết and the four days after it. Days that the government adds or moves from year to year are not included:
 * people edit the table.
 */
export function vietnameseHolidays(year: number): KnownHoliday[] {
  const found: KnownHoliday[] = [];
  for (const { name, type, rule, start, end } of new Holidays('VN', { languages: 'vi' }).getHolidays(year)) {
    const first = localDateOf(start.getTime(), VIETNAM);
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let nth = 0; nth < days; nth++) {
      const date = addDays(first, nth);
      const isTet = TET.test(rule);
      // The first day of Tết has a rule of its own and is also part of the eve's row.
      if (isTet && found.some((other) => other.date === date && other.kind === 'public')) continue;
      found.push({
        date,
        name: isTet && nth > 0 ? `Tết Nguyên Đán, mùng ${nth}` : name,
        kind: type === 'public' ? 'public' : 'observance',
        dayOff: type === 'public',
        flagDay: isTet || FLAG_DAYS.has(rule),
        ruleKey: `${year}|${rule}|${nth}`,
      });
    }
  }
  return found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.name < b.name ? -1 : 1));
}
