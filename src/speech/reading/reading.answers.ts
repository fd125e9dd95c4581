import { z } from 'zod';
import { named } from '../../http/api/schemas.js';

export const sentence = named(
  'Sentence',
  z.strictObject({ vi: z.string(), en: z.string() }).describe('The same in Vietnamese and in English.'),
);

export const warningKind = z.enum([
  'left-over',
  'unknown-capitals',
  'foreign-word',
  'impossible-date',
  'impossible-time',
  'ambiguous',
]);

const start = z.int().describe('Offset in UTF-16 units of the text.');
const end = z.int().describe('Offset behind the stretch.');

/** One stretch of the source and what is said for it. */
export const spanFields = {
  start,
  end,
  source: z.string(),
  spoken: z
    .string()
    .describe("Words only; '' when nothing is said for it, and then there is a warning or a person's decision."),
  rule: z.string().describe("Name of the rule that read it; 'plain' for words that are said as they are written."),
  sure: z.boolean().describe('False where a person should listen.'),
};

export const reading = named(
  'Reading',
  z.strictObject({
    spoken: z.string().describe('The whole text as it will be spoken.'),
    spans: z.array(
      named(
        'ReadingSpan',
        z.strictObject({
          ...spanFields,
          decision: z.string().optional().describe('The id of the decision that fixed it, where a person did.'),
        }),
      ),
    ),
    warnings: z
      .array(
        named(
          'ReadingWarning',
          z.strictObject({ kind: warningKind, start, end, source: z.string(), message: sentence }),
        ),
      )
      .describe("What needs a person's eye."),
    seconds: z.number().describe('Estimated.'),
    lengthWarning: sentence.nullable().describe('From 45 minutes on; a clip has 60 at most.'),
  }),
);
