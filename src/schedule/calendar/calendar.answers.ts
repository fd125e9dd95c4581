import { z } from 'zod';
import { exactly } from '../../http/api/answers.js';
import { instantSchema, localDateSchema, named } from '../../http/api/schemas.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { slotStates } from '../slots/slot.transitions.js';
import { windowFillAnswer } from '../slots/window-fill.answers.js';
import type { Board } from './calendar.view.js';

const minutes = z.number().describe('Minutes, to a tenth.');

const resource = named(
  'CalendarResource',
  z
    .strictObject({
      id: z.string(),
      title: z.string(),
      extendedProps: z.strictObject({ code: z.string(), kind: z.string(), unit: z.string(), zone: z.string() }),
    })
    .describe('A channel, as a row of the board.'),
);

const slotProps = z.strictObject({
  kind: z.literal('slot'),
  version: z.int().describe('For `If-Match` of whatever is done to it.'),
  startsAt: instantSchema,
  endsAt: instantSchema,
  state: z.enum(slotStates),
  stateName: z.string().describe('In Vietnamese.'),
  reason: z.string().nullable(),
  why: z.string(),
  campaignId: z.string().nullable(),
  campaign: z.string(),
  bulletinClass: z.enum(bulletinClasses),
  obligationId: z.string().nullable(),
  windowId: z.string().nullable(),
});

const windowProps = z.strictObject({
  kind: z.literal('window'),
  startsAt: instantSchema,
  endsAt: instantSchema,
  windowId: z.string(),
  filledMinutes: minutes,
  shortMinutes: minutes,
  overMinutes: minutes,
  fill: z.enum(['filled', 'short', 'over']),
});

const event = named(
  'CalendarEvent',
  z
    .strictObject({
      id: z.string(),
      resourceIds: z.tuple([z.string()]).describe("The channel's id."),
      start: z.string().describe('Local time of the channel, ISO 8601.'),
      end: z.string(),
      title: z.string(),
      display: z
        .enum(['auto', 'background'])
        .describe('`background` for the openings of windows, which lie behind the slots.'),
      editable: z.boolean().describe('A slot that has not begun. Who may move it is a matter of roles.'),
      classNames: z
        .array(z.string())
        .describe('`slot slot-<state, or no-word> class-<bulletin class>`, or `window window-<fill>`.'),
      extendedProps: z.discriminatedUnion('kind', [slotProps, windowProps]),
    })
    .describe('One thing on a calendar, in the shape that @event-calendar takes.'),
);

const summary = {
  date: localDateSchema,
  weekday: z.string(),
  counts: z
    .strictObject({
      planned: z.int(),
      played: z.int(),
      missed: z.int(),
      replaced: z.int(),
      cancelled: z.int(),
      'no-word': z.int(),
    })
    .describe('Slots by state; `no-word` is missed for now: a log may still come.'),
  filledMinutes: minutes,
  shortMinutes: minutes,
  overMinutes: minutes,
  state: z.enum(['silent', 'filled', 'short', 'over']).describe('The worst of its windows; `silent` when none opens.'),
  silence: z.string().nullable().describe('Why nothing opens, in Vietnamese; null when something does.'),
  windows: z.array(windowFillAnswer),
};

export const calendarAnswer = named(
  'ChannelCalendar',
  z.strictObject({
    from: localDateSchema,
    until: localDateSchema,
    resources: z.tuple([resource]),
    events: z.array(event).describe('Openings of windows first, slots after them; cancelled and replaced slots too.'),
    days: z.array(named('DaySummary', z.strictObject(summary))),
  }),
);

export const boardAnswer = named(
  'Board',
  exactly<Board>()(
    z.strictObject({
      date: localDateSchema,
      total: z.int().describe('How many channels were found.'),
      page: z.int(),
      pages: z.int().describe('One when none was asked for.'),
      resources: z.array(resource).describe('By code.'),
      events: z.array(event),
      channels: z
        .array(z.strictObject({ ...summary, channelId: z.string(), code: z.string() }))
        .describe('One for each resource.'),
    }),
  ),
);

export const metSlots = z.strictObject({
  meets: z.array(z.strictObject({ id: z.string(), startsAt: instantSchema, endsAt: instantSchema })),
});
