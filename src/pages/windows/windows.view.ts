import { showDate } from '../../shared/local-time.js';
import type { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { type HolidayRule, holidayRules } from '../../channels/hours/window-days.js';
import {
  type OverrideKind,
  overrideKinds,
  type WindowOverride,
} from '../../channels/entities/window-override.entity.js';
import { day, translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';

export const holidayRuleNames: Record<HolidayRule, string> = {
  any: 'không phân biệt ngày nghỉ',
  skip: 'nghỉ vào ngày nghỉ lễ',
  only: 'chỉ vào ngày nghỉ lễ',
  'flag-days': 'chỉ vào ngày treo cờ',
};
export const overrideKindNames: Record<OverrideKind, string> = {
  skip: 'Không phát ngày đó',
  move: 'Đổi giờ hoặc số phút',
  special: 'Chương trình đặc biệt',
};
export const weekdayNames = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'];

/** The seven days as boxes of a form. */
export function weekdayBoxes(chosen: readonly number[]) {
  return weekdayNames.map((name, index) => ({
    value: String(index + 1),
    name: translate(name),
    chosen: chosen.includes(index + 1),
  }));
}

/** 'hằng ngày', 'T2, T3'. */
export function weekdayText(days: readonly number[]): string {
  if (days.length === 7) return translate('hằng ngày');
  return weekdayNames
    .filter((_, index) => days.includes(index + 1))
    .map((name) => translate(name))
    .join(', ');
}

export function channelRows(channels: readonly Channel[], windows: readonly ChannelWindow[], search: string) {
  const fits = finder(search);
  return channels
    .filter(({ name, code }) => fits(name, code))
    .map(({ id, code, name }) => {
      const own = windows.filter(({ channelId }) => channelId === id);
      return {
        code,
        name,
        windows: own.map(({ start, minutes }) => translate('{start}, {n} phút', { start, n: minutes })).join('; '),
      };
    });
}

export function windowRows(windows: readonly ChannelWindow[]) {
  return windows.map((window) => ({
    id: window.id,
    name: window.name,
    start: window.start,
    minutes: String(window.minutes),
    rule: window.rrule ?? '',
    days: window.rrule === null ? weekdayText(window.weekdays) : '',
    from: window.from ? showDate(window.from) : '',
    until: window.until ? showDate(window.until) : '',
    season:
      window.seasonFrom && window.seasonUntil
        ? `${dayOfYear(window.seasonFrom)} – ${dayOfYear(window.seasonUntil)}`
        : '',
    holidays: window.holidays === 'any' ? '' : translate(holidayRuleNames[window.holidays]),
  }));
}

export function overrideRows(rows: readonly (WindowOverride & { window: string })[], today: string) {
  return rows.map(({ windowId, window, date, kind, start, minutes, title, reason }) => ({
    windowId,
    window,
    date,
    day: day(date),
    kind: translate(overrideKindNames[kind]),
    to: [start, minutes && translate('{n} phút', { n: minutes })].filter(Boolean).join(', '),
    title: title ?? '',
    reason,
    mayUndo: date >= today,
  }));
}

/** The fields of the form of a window. */
export interface WindowForm {
  name: string;
  start: string;
  minutes: string;
  weekdays: number[];
  rrule: string;
  from: string;
  until: string;
  seasonFrom: string;
  seasonUntil: string;
  holidays: string;
}
export const emptyWindow: WindowForm = {
  name: '',
  start: '',
  minutes: '',
  weekdays: [],
  rrule: '',
  from: '',
  until: '',
  seasonFrom: '',
  seasonUntil: '',
  holidays: 'any',
};

export function windowForm(window: ChannelWindow): WindowForm {
  const { name, start, minutes, weekdays, rrule, from, until, seasonFrom, seasonUntil, holidays } = window;
  return {
    name,
    start,
    minutes: String(minutes),
    weekdays: rrule === null ? weekdays : [],
    rrule: rrule ?? '',
    from: from ?? '',
    until: until ?? '',
    seasonFrom: seasonFrom ? dayOfYear(seasonFrom) : '',
    seasonUntil: seasonUntil ? dayOfYear(seasonUntil) : '',
    holidays,
  };
}

/**
 * The form as the schema of a window reads it: empty fields are left out; a calendar rule takes precedence over checked
 * days.
 */
export function parseWindowForm(form: WindowForm) {
  const some = (text: string) => (text === '' ? undefined : text);
  const season = { from: monthFirst(form.seasonFrom), until: monthFirst(form.seasonUntil) };
  return {
    name: form.name,
    start: form.start,
    minutes: Number(form.minutes),
    ...(form.rrule === '' ? { weekdays: form.weekdays } : { rrule: form.rrule }),
    from: some(form.from),
    until: some(form.until),
    season: form.seasonFrom === '' && form.seasonUntil === '' ? undefined : season,
    holidays: form.holidays,
  };
}

export function windowFormView(form: WindowForm) {
  return {
    ...form,
    weekdays: weekdayBoxes(form.weekdays),
    holidayRules: holidayRules.map((rule) => ({
      rule,
      name: translate(holidayRuleNames[rule]),
      chosen: rule === form.holidays,
    })),
  };
}

export interface DayForm {
  date: string;
  kind: OverrideKind;
  start: string;
  minutes: string;
  title: string;
  reason: string;
}

export function dayFormView(form: DayForm) {
  return {
    ...form,
    kinds: overrideKinds.map((kind) => ({
      kind,
      name: translate(overrideKindNames[kind]),
      chosen: kind === form.kind,
    })),
  };
}

/** The form of one day, with only the fields that its kind takes. */
export function parseDayForm({ kind, start, minutes, title, reason }: DayForm) {
  const moved = {
    start: start === '' ? undefined : start,
    minutes: minutes === '' ? undefined : Number(minutes),
  };
  if (kind === 'skip') return { kind, reason };
  if (kind === 'move') return { kind, ...moved, reason };
  return { kind, ...moved, title: title === '' ? undefined : title, reason };
}

/** '09-01' ↔ '01/09', as people write it here. */
function dayOfYear(text: string): string {
  const [month = '', date = ''] = text.split('-');
  return `${date}/${month}`;
}
function monthFirst(text: string): string {
  const [, date = '', month = ''] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
  return date === '' ? text : `${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}
