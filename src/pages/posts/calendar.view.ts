import type { Instant } from '../../shared/clock.js';
import {
  addDays,
  daysBetween,
  type LocalDate,
  localDateOf,
  localTimeOf,
  monthOf,
  showDate,
  type TimeZone,
  weekdayOf,
} from '../../shared/local-time.js';
import type { ShownPost } from '../../posts/post-list.service.js';
import { postStateNames } from '../../posts/state/post.transitions.js';
import { translate, weekday } from '../language/language.js';
import { upperFirst, postTones } from '../language/words.js';
import { messageOpening } from './post.view.js';

export type CalendarSpan = 'month' | 'week';

export interface CalendarRange {
  from: LocalDate;
  until: LocalDate;
}

/** The whole weeks, Monday to Sunday, that cover the month of `date`; or the week of `date`. */
export function calendarRange(span: CalendarSpan, date: LocalDate): CalendarRange {
  const { first, last } = span === 'month' ? monthOf(date) : { first: date, last: date };
  return { from: addDays(first, 1 - weekdayOf(first)), until: addDays(last, 7 - weekdayOf(last)) };
}

export function calendarView(
  span: CalendarSpan,
  date: LocalDate,
  posts: readonly ShownPost[],
  zone: TimeZone,
  now: Instant,
) {
  const days = calendarRange(span, date);
  const today = localDateOf(now, zone);
  const month = monthOf(date);
  const byDay = new Map<LocalDate, ShownPost[]>();
  for (const one of posts) {
    const day = localDateOf(one.post.dueAt, zone);
    byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  const [before, after] =
    span === 'month' ? [addDays(month.first, -1), addDays(month.last, 1)] : [addDays(date, -7), addDays(date, 7)];
  const name = span === 'month' ? 'thang' : 'tuan';
  const address = (day: LocalDate) => `/bai-dang?xem=${name}&ngay=${day}`;
  return {
    week: span === 'week',
    title:
      span === 'month'
        ? translate('Tháng {month}', { month: `${date.slice(5, 7)}/${date.slice(0, 4)}` })
        : translate('Tuần {from} – {until}', { from: showDate(days.from).slice(0, 5), until: showDate(days.until) }),
    before: address(before),
    after: address(after),
    now: address(today),
    weekdays: daysBetween(days.from, addDays(days.from, 6)).map(weekday),
    days: daysBetween(days.from, days.until).map((day) => ({
      date: day,
      name: `${weekday(day)} ${showDate(day).slice(0, 5)}`,
      n: String(Number(day.slice(8))),
      today: day === today,
      outside: span === 'month' && day.slice(0, 7) !== date.slice(0, 7),
      posts: (byDay.get(day) ?? []).map((one) => entry(one, zone, span === 'week')),
    })),
    count: String(posts.length),
    none: posts.length === 0,
  };
}

function entry({ post, channelName }: ShownPost, zone: TimeZone, long: boolean) {
  return {
    id: post.id,
    time: localTimeOf(post.dueAt, zone),
    opening: messageOpening(post.message, long ? 160 : 48),
    channel: channelName,
    state: upperFirst(translate(postStateNames[post.state])),
    tone: postTones[post.state],
    byHand: post.adapter === 'manual',
  };
}
