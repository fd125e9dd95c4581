import { z } from 'zod';
import { csvKinds } from '../../shared/csv.js';

/** Names a schema in the document, where it is written once and referred to. */
export function named<S extends z.ZodType>(id: string, schema: S): S {
  return schema.meta({ id });
}

export const instantSchema = z.int().describe('Milliseconds of UTC since 1970.');
export const localDateSchema = z.string().meta({ format: 'date', description: 'A local day, YYYY-MM-DD.' });
export const localTimeSchema = z.string().describe('A local time of 24 hours, HH:MM.');
export const sha256Schema = z.string().describe('SHA-256 of the bytes in hexadecimal.');

/** Which CSV a download is. */
export const csvKind = z
  .enum(csvKinds)
  .default('plain')
  .describe('`excel`: UTF-16LE with tabs and ISO dates, for the Excel of any locale. `plain`: UTF-8 with `;`.');

/** The answer of a route that makes one thing. */
export const createdId = named('CreatedId', z.strictObject({ id: z.string().describe('Id of what was made.') }));

/** What every error answer of the API looks like; `ErrorBody` of `error-body.ts` is its type. */
export const errorSchema = named(
  'Error',
  z
    .strictObject({
      code: z.string().describe('Stable, for programs.'),
      message: z.string().describe('A sentence in Vietnamese, for a person.'),
      messageEn: z.string().describe('The same sentence in English.'),
      details: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Facts that belong to the code; `fields` names the fields at fault, `seconds` when to try again.'),
      requestId: z.string().optional().describe('Of an error that nobody expected: the log has a line with it.'),
    })
    .describe('What every error answer looks like.'),
);
