import { z } from 'zod';
import { isLocalDate } from '../../shared/local-time.js';

/** An id out of a path or a form. What cannot be one becomes '', which no row has: it is missing, not malformed. */
export const rowId = z.string().transform((text) => (/^[0-9a-f-]{36}$/.test(text) ? text : ''));

/** A channel's code; as `rowId`, what cannot be one is simply not there. */
export const channelCode = z.string().transform((text) => (/^[a-z0-9-]{1,100}$/.test(text) ? text : ''));

/** A unit's code; likewise. */
export const unitCode = channelCode;

/** A day in an address; one that is none, or not of this century, is as good as none. */
export const dayInAddress = z
  .string()
  .refine((text) => isLocalDate(text) && text > '2000-02-01' && text < '2099-11-30')
  .optional()
  .catch(undefined);

/**
 * Text of a form: line ends as everywhere else in Loa, although browsers send CR LF, and no NUL, which PostgreSQL cannot
 * keep. The limit is the form's own, wide, so that a text that the service finds too long comes back to its writer.
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

function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}
