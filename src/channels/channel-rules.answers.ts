import { z } from 'zod';
import { instantSchema, localDateSchema, localTimeSchema, named } from '../http/api/schemas.js';
import { holidayRules } from './hours/window-days.js';
import { overrideKinds } from './entities/window-override.entity.js';

export const channelWindow = named(
  'ChannelWindow',
  z.strictObject({
    id: z.string(),
    version: z.string().describe('For `If-Match` of a change.'),
    name: z.string(),
    weekdays: z.array(z.int()).describe('1 Monday … 7 Sunday.'),
    rrule: z
      .string()
      .nullable()
      .describe("Days by a rule of the calendar: 'FREQ=MONTHLY;BYMONTHDAY=1,-1'. Null: every week on `weekdays`."),
    start: localTimeSchema,
    minutes: z.int(),
    from: localDateSchema.nullable(),
    until: localDateSchema.nullable(),
    season: z
      .strictObject({ from: z.string(), until: z.string() })
      .nullable()
      .describe('A part of every year, MM-DD, both ends included.'),
    holidays: z.enum(holidayRules).describe('`any` day, `skip` holidays, `only` holidays, or `flag-days` only.'),
  }),
);
export const channelWindows = z.array(channelWindow);

const overrideFields = {
  id: z.string(),
  windowId: z.string(),
  date: localDateSchema,
  kind: z.enum(overrideKinds),
  start: z.string().nullable(),
  minutes: z.int().nullable(),
  title: z.string().nullable(),
  reason: z.string(),
  createdAt: instantSchema,
};
export const windowOverride = named('WindowOverride', z.strictObject(overrideFields));
export const windowOverrides = z.array(
  z.strictObject({ ...overrideFields, window: z.string().describe('Name of the window.') }),
);
export const undoneOverride = z.strictObject({
  override: windowOverride.nullable().describe('What holds now; null for the series.'),
});
