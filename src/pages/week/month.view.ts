import { addDays, type LocalDate, showDate } from '../../shared/local-time.js';
import type { DaySummary } from '../../schedule/calendar/calendar.view.js';
import { translate, weekday } from '../language/language.js';
import { decimal, type Tone } from '../language/words.js';

const tones: Record<DaySummary['state'], Tone> = { filled: 'good', short: '', over: 'bad', silent: 'off' };

/** The whole weeks that cover a month, with figures for each day. */
export function monthView(
  days: readonly DaySummary[],
  { first, last, today }: { first: LocalDate; last: LocalDate; today: LocalDate },
) {
  return {
    month: showDate(first).slice(3),
    previous: addDays(first, -1),
    next: addDays(last, 1),
    weekdays: days.slice(0, 7).map(({ date }) => weekday(date)),
    days: days.map((day) => ({
      date: day.date,
      label: showDate(day.date).slice(0, 5),
      weekday: weekday(day.date),
      isToday: day.date === today,
      outside: day.date < first || day.date > last,
      silence: day.silence ?? '',
      tone: tones[day.state],
      filled: String(day.filledMinutes),
      length: String(day.filledMinutes + day.shortMinutes),
      text: day.silence
        ? ''
        : translate('{n}/{m} phút', {
            n: decimal(day.filledMinutes),
            m: decimal(day.filledMinutes + day.shortMinutes),
          }),
      plays: translate('{n} lượt', {
        n: day.counts.planned + day.counts.played + day.counts.missed + day.counts['no-word'],
      }),
      noWord: day.counts['no-word'] > 0 ? translate('{n} chưa có tin', { n: day.counts['no-word'] }) : '',
      missed: day.counts.missed > 0 ? translate('{n} không phát', { n: day.counts.missed }) : '',
    })),
  };
}
