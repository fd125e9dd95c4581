import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';
import { sentence, spanFields, warningKind } from '../reading/reading.answers.js';

export const scriptReading = named(
  'ScriptReading',
  z.strictObject({
    versionId: z.string(),
    unitId: z.string().nullable().describe('The unit whose ways of speaking hold; null is the centre.'),
    text: z.string(),
    spoken: z.string(),
    seconds: z.number().describe('Estimated.'),
    spans: z
      .array(
        z.strictObject({
          ...spanFields,
          ruleName: z.string().describe('In Vietnamese.'),
          warning: z.strictObject({ kind: warningKind, message: sentence }).nullable(),
          decision: z.string().nullable().describe('The id of the decision that fixed it.'),
        }),
      )
      .describe('In order.'),
    blocking: z.int().describe('How many stretches bar submission.'),
    decisions: z.array(
      z.strictObject({
        id: z.string(),
        source: z.string(),
        spoken: z.string().nullable().describe('Null: the stretch is passed over.'),
        where: z.string().describe('`here` only this time, `script` wherever it stands in this script.'),
        decidedAt: instantSchema,
        decidedBy: z.string(),
        holds: z.boolean().describe('False where the text no longer has the place.'),
      }),
    ),
    mayDecide: z.boolean(),
  }),
);
