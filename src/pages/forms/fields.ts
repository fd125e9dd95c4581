import { z } from 'zod';
import { isLocalDate } from '../../shared/local-time.js';
import { readDay, readTime } from './typed-dates.js';

/** An id from a path or a form. A malformed id becomes '', which no row has, so the answer is 404 and not 400. */
export const rowId = z.string().transform((text) => (/^[0-9a-f-]{36}$/.test(text) ? text : ''));

/** A channel's code; as with `rowId`, a malformed one becomes ''. */
export const channelCode = z.string().transform((text) => (/^[a-z0-9-]{1,100}$/.test(text) ? text : ''));

/** A unit's code, with the same rule. */
export const unitCode = channelCode;

/** A date in a query string; a malformed date or one outside this century counts as absent. */
export const dayInAddress = z
  .string()
  .max(20)
  .transform(readDay)
  .refine((text) => isLocalDate(text) && text > '2000-02-01' && text < '2099-11-30')
  .optional()
  .catch(undefined);

/**
 * Text of a form, with CR LF from browsers turned into LF and without NUL, which PostgreSQL cannot store. `max` is the
 * form's own wide limit, so that the service refuses a text that is too long and its author gets it back.
 */
export const formText = (max: number) =>
  z
    .string()
    .max(2 * max)
    .transform(tidy)
    .pipe(z.string().max(max));

/** One line of a form, without the spaces around it. */
export const formLine = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) =>
      tidy(text)
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
    );

/** A day field: 'YYYY-MM-DD', or the typed text when it is no day; the rule of the resource refuses that with its sentence. */
export const formDay = formLine(20).transform(readDay);

/** A time field: 'HH:MM' or 'HH:MM:SS', or the typed text, as with `formDay`. */
export const formTime = formLine(20).transform(readTime);

function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}
