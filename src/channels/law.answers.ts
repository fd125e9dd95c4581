import { z } from 'zod';
import { localDateSchema, localTimeSchema, named } from '../http/api/schemas.js';
import { unitKinds } from '../people/units/unit-kind.js';
import { holidayKinds } from './entities/holiday.entity.js';
import { policyHolidays } from './entities/policy.entity.js';

export const hours = named(
  'Hours',
  z
    .strictObject({ from: localTimeSchema, until: localTimeSchema })
    .describe(
      'From `from`, before `until`, of the local day. `until` at or before `from` runs over midnight; equal is the whole day.',
    ),
);

const rules = {
  permitted: z.array(hours).describe('When loudspeakers may sound.'),
  quiet: z.array(hours).describe('When they may not.'),
  weekdays: z.array(z.int()).nullable().describe('1 Monday … 7 Sunday; null for every day.'),
  sessionsPerDay: z.int().nullable(),
  minutesPerSession: z.int().nullable(),
  holidays: z
    .enum(policyHolidays)
    .describe(
      '`open`: days off and flag days are special occasions, the weekdays do not hold. `silent`: on days off only special programmes.',
    ),
};

export const policyFields = {
  id: z.string(),
  unitKind: z.enum(unitKinds),
  effectiveFrom: localDateSchema,
  name: z.string(),
  ...rules,
  source: z.string().nullable().describe('The document that says so.'),
};
const place = z.strictObject({ code: z.string(), name: z.string() }).describe('The unit whose tree it governs.');
export const policy = named('Policy', z.strictObject({ ...policyFields, place }));

export const policyList = z.strictObject({
  version: z.string().describe('For `If-Match` of a change to any policy.'),
  policies: z.array(z.strictObject({ ...policyFields, place, inForce: z.boolean().describe('It holds today.') })),
  presets: z.array(
    named('PolicyPreset', z.strictObject({ code: z.string(), name: z.string(), source: z.string(), ...rules })),
  ),
});

export const holiday = named(
  'Holiday',
  z.strictObject({
    id: z.string(),
    date: localDateSchema,
    name: z.string(),
    kind: z.enum(holidayKinds),
    dayOff: z.boolean(),
    flagDay: z.boolean(),
    source: z.string(),
  }),
);
export const holidayList = z.array(holiday);
export const importedHolidays = z.strictObject({ added: z.int(), kept: z.int() });
