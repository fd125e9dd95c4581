import { z } from 'zod';
import { isLocalDate, isLocalTime, type LocalDate } from '../shared/local-time.js';
import { holidayKinds } from './entities/holiday.entity.js';
import { policyHolidays } from './entities/policy.entity.js';
import { holidayRules } from './hours/window-days.js';

/** The first and last day that Loa plans; planner and playlists use the same bounds. */
export const FIRST_DAY: LocalDate = '2000-02-01';
export const LAST_DAY: LocalDate = '2099-11-30';

const LEAP_YEAR = '2024';
const MAX_MINUTES = 24 * 60;

const dateProblem = 'phải là ngày có thật từ 2000 đến 2099, dạng 2026-11-24';
const timeProblem = 'phải là giờ địa phương dạng 05:30';
export const localDay = z
  .string()
  .refine((text) => isLocalDate(text) && text >= FIRST_DAY && text <= LAST_DAY, dateProblem)
  .describe('A local day from 2000-02-01 to 2099-11-30.');
const localTime = z.string().refine(isLocalTime, timeProblem).describe('A local time, HH:MM.');
const yearDay = z
  .string()
  .refine((text) => isLocalDate(`${LEAP_YEAR}-${text}`), 'phải là ngày trong năm dạng 06-01')
  .describe('A day of every year, MM-DD.');
const minutes = z
  .int('phải là số phút nguyên')
  .min(1, 'phải từ 1 đến 1440 phút')
  .max(MAX_MINUTES, 'phải từ 1 đến 1440 phút');
const weekdays = z
  .array(z.int().min(1, 'thứ từ 1 (thứ Hai) đến 7').max(7, 'thứ từ 1 (thứ Hai) đến 7'))
  .min(1, 'cần ít nhất một thứ')
  .max(7, 'mỗi thứ ghi một lần')
  .refine((days) => new Set(days).size === days.length, 'mỗi thứ ghi một lần');
const hours = z
  .array(z.strictObject({ from: localTime, until: localTime }))
  .max(24)
  .describe('`until` at or before `from` runs over midnight.');
const name = z.string().trim().min(1, 'không được để trống').max(100);
const reason = z.string().trim().min(1, 'xin ghi lý do').max(300);

/** A complete window: an omitted field is cleared, not kept. */
export const windowBody = z
  .strictObject({
    name,
    weekdays: weekdays.optional().describe('1 Monday … 7 Sunday; either these or a `rrule`.'),
    rrule: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'FREQ (DAILY … YEARLY), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH; what counts (an interval, a missing BYDAY) counts from `from`.',
      ),
    start: localTime,
    minutes,
    from: localDay.optional(),
    until: localDay.optional(),
    season: z
      .strictObject({ from: yearDay, until: yearDay })
      .optional()
      .describe('A part of every year, both ends included.'),
    holidays: z
      .enum(holidayRules)
      .default('any')
      .describe('`any` day, `skip` holidays, `only` on holidays, or on `flag-days`.'),
  })
  .refine((body) => (body.weekdays === undefined) !== (body.rrule === undefined), {
    path: ['weekdays'],
    message: 'ghi "weekdays" hoặc "rrule", một trong hai',
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'ngày cuối trước ngày đầu',
  })
  .meta({
    examples: [
      { name: 'Buổi sáng', weekdays: [1, 2, 3, 4, 5, 6, 7], start: '05:30', minutes: 60 },
      {
        name: 'Đầu tháng',
        rrule: 'FREQ=MONTHLY;BYMONTHDAY=1,-1',
        start: '17:00',
        minutes: 30,
        season: { from: '09-01', until: '01-15' },
      },
    ],
  });
export type WindowBody = z.infer<typeof windowBody>;

export const overrideBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skip'), reason }),
  z
    .strictObject({ kind: z.literal('move'), start: localTime.optional(), minutes: minutes.optional(), reason })
    .refine((body) => body.start !== undefined || body.minutes !== undefined, {
      path: ['start'],
      message: 'ghi giờ mới hoặc số phút mới',
    }),
  z.strictObject({
    kind: z.literal('special'),
    start: localTime.optional(),
    minutes: minutes.optional(),
    title: name.optional(),
    reason,
  }),
]);
export type OverrideBody = z.infer<typeof overrideBody>;

export const ruleDaysQuery = z
  .strictObject({ from: localDay, until: localDay })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'ngày cuối trước ngày đầu' });

export const hoursBody = z.strictObject({ permitted: hours });

const place = z
  .string()
  .max(100)
  .optional()
  .describe('Code of the unit whose tree it governs; may be left out while one unit alone is at the top of the tree.');

/** A complete policy; `effectiveFrom` defaults to today. */
export const policyBody = z
  .strictObject({
    name,
    permitted: hours,
    quiet: hours.default([]),
    weekdays: weekdays.nullable().default(null),
    sessionsPerDay: z
      .int('phải là số nguyên')
      .min(1, 'phải từ 1 đến 48')
      .max(48, 'phải từ 1 đến 48')
      .nullable()
      .default(null),
    minutesPerSession: minutes.nullable().default(null),
    holidays: z
      .enum(policyHolidays)
      .default('usual')
      .describe(
        '`open`: days off and flag days are special occasions, the weekdays do not hold. `silent`: on days off only special programmes.',
      ),
    source: z.string().trim().min(1).max(500).nullable().default(null),
    effectiveFrom: localDay.optional(),
    place,
  })
  .meta({
    examples: [
      {
        name: 'Loa phường',
        permitted: [
          { from: '05:30', until: '07:00' },
          { from: '17:00', until: '18:30' },
        ],
        sessionsPerDay: 2,
        minutesPerSession: 15,
        holidays: 'usual',
      },
    ],
  });
export const presetBody = z.strictObject({ preset: z.string().max(100), effectiveFrom: localDay.optional(), place });
export type PolicyBody = z.infer<typeof policyBody>;

/** The file of presets: scripts-content/seed/policies.yaml. */
export const policySeeds = z.strictObject({
  presets: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9-]+$/),
      name,
      source: z.string().min(1),
      permitted: hours,
      quiet: hours.default([]),
      weekdays: weekdays.nullable().default(null),
      sessionsPerDay: z.int().min(1).max(48).nullable().default(null),
      minutesPerSession: minutes.nullable().default(null),
      holidays: z.enum(policyHolidays).default('usual'),
    }),
  ),
});
export type PolicyPreset = z.infer<typeof policySeeds>['presets'][number];

export const holidayBody = z.strictObject({
  date: localDay,
  name,
  kind: z.enum(holidayKinds).default('local'),
  dayOff: z.boolean(),
  flagDay: z.boolean(),
});
export type HolidayBody = z.infer<typeof holidayBody>;

const year = z.int().min(2001, 'từ 2001 đến 2098').max(2098, 'từ 2001 đến 2098');
export const importBody = z.strictObject({ year });
export const yearQuery = z.strictObject({
  year: z
    .string()
    .regex(/^20\d{2}$/, 'năm từ 2001 đến 2098')
    .optional(),
});
