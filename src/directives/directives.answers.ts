import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { instantSchema, localDateSchema, named } from '../http/api/schemas.js';
import { directiveKinds } from './directive.entity.js';

const id = z.string();
const urgency = z
  .string()
  .nullable()
  .describe(
    "'Khẩn', 'Thượng khẩn', 'Hỏa tốc' or 'Hỏa tốc hẹn giờ' (Nghị định 30/2020, Phụ lục I); null for an ordinary letter.",
  );
const kind = z
  .enum(directiveKinds)
  .describe('`announcement`: without a letter; its number is a running one of its issuer and year.');
const withdrawnAt = instantSchema.nullable().describe('Null while it is in force.');
const version = z.string().describe('To be sent back as `seen` with a correction of the head.');
const missing = z
  .array(z.string())
  .describe('Names of the fields that the letter does not state, of the directive first, then of its obligations.');

export const directiveSummary = named(
  'DirectiveSummary',
  z.strictObject({
    id,
    kind,
    number: z.string(),
    issuedOn: localDateSchema,
    issuer: z.string(),
    subject: z.string().nullable(),
    urgency,
    withdrawnAt,
  }),
);
export const directives = z.array(directiveSummary);

const reference = named(
  'DirectiveReference',
  z
    .strictObject({
      number: z.string(),
      date: localDateSchema.nullable().describe('Null when the letter gives none, or one without its year.'),
    })
    .describe('A document that the letter cites.'),
);

const assignment = named(
  'Assignment',
  z
    .strictObject({
      n: z
        .int()
        .describe(
          'The printed number; a running count when the letter numbers its points in more than one series, or not at all.',
        ),
      addressees: z.array(z.string()),
      text: z.string(),
      channels: z.array(z.enum(channelKinds)),
    })
    .describe('One numbered point: what is ordered, of whom, through which channels.'),
);

const obligationFields = {
  assignment: z.int().describe('The point of the letter that asks for it.'),
  channelKind: z.enum(channelKinds),
  minPlaysPerDay: z.int().nullable(),
  maxPlaysPerDay: z.int().nullable(),
  from: localDateSchema.nullable(),
  until: localDateSchema.nullable(),
  reportDue: localDateSchema.nullable(),
};

export const obligation = named(
  'Obligation',
  z
    .strictObject({
      id,
      ...obligationFields,
      addressees: z.array(z.string()),
      version: z.string().describe('To be sent back as `seen` with a correction.'),
    })
    .describe(
      'One thing asked of one set of units on one channel kind. Dates are inclusive; null means that the letter does not say.',
    ),
);

export const directive = named(
  'Directive',
  z.strictObject({
    id,
    kind,
    number: z.string(),
    issuedOn: localDateSchema,
    place: z.string().nullable(),
    issuer: z.string(),
    subject: z.string().nullable(),
    urgency,
    version,
    elsewhere: z.boolean().describe('A letter of another place, which obliges nobody here.'),
    withdrawnAt,
    withdrawReason: z.string().nullable(),
    to: z.array(z.string()).describe('Kính gửi.'),
    references: z.array(reference),
    assignments: z.array(assignment),
    recipients: z.array(z.string()).describe('Nơi nhận.'),
    missing,
    obligations: z.array(obligation),
  }),
);

export const directiveHead = named(
  'DirectiveHead',
  z.strictObject({
    id,
    number: z.string(),
    issuedOn: localDateSchema,
    issuer: z.string(),
    place: z.string().nullable(),
    subject: z.string().nullable(),
    version,
  }),
);

const letterFields = {
  directive: named(
    'DirectiveDraft',
    z
      .strictObject({
        number: z.string().nullable(),
        issuedOn: localDateSchema.nullable(),
        place: z.string().nullable(),
        issuer: z.string().nullable(),
        subject: z.string().nullable(),
        urgency,
        to: z.array(z.string()).describe('Kính gửi.'),
        references: z.array(reference),
        assignments: z.array(assignment),
        recipients: z.array(z.string()).describe('Nơi nhận.'),
      })
      .describe('The letter as a document. What was not found is null or empty and named in `missing`.'),
  ),
  obligations: z.array(named('ObligationDraft', z.strictObject(obligationFields))),
  missing,
  warnings: z.array(z.string()).describe('Vietnamese sentences for the person who checks the reading.'),
};

export const letterReading = named(
  'LetterReading',
  z.strictObject({
    ...letterFields,
    elsewhere: z.boolean().describe('It seems to be a letter of another place; registering it asks for `place`.'),
  }),
);

export const registeredLetter = named(
  'RegisteredLetter',
  z.strictObject({ id, already: z.boolean().describe('This very letter was registered before.'), ...letterFields }),
);
