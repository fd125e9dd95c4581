import { z } from 'zod';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { isLocalDate } from '../../shared/local-time.js';

const ID = /^[0-9a-f-]{36}$/;
const CODE = /^[a-z0-9-]{1,100}$/;

export const entityId = z.string().regex(ID, 'an id');

export const localDate = z.string().refine(isLocalDate, 'YYYY-MM-DD');

export const channelCodeField = z.string().regex(CODE, 'a channel code');

/** A malformed id gets the same 404 as a missing one, and never reaches the database. */
export function pathId(text: string): string {
  if (ID.test(text)) return text;
  throw notFound();
}

/** The same for the code of a channel. */
export function pathCode(text: string): string {
  if (CODE.test(text)) return text;
  throw notFound();
}

export const reason = z.string().max(500);

export const reasonBody = z.strictObject({ reason });

export const version = z.int().min(1);

/** The version in `If-Match: "3"`; undefined when there is none. Throws `bad-version` for a malformed one. */
export function seenVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, number] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  if (number !== undefined) return Number(number);
  throw new DomainError(
    'malformed',
    'bad-version',
    {
      vi: 'If-Match phải là phiên bản của lượt phát, ví dụ "3".',
      en: 'If-Match must be the version of the slot, as in "3".',
    },
    { field: 'If-Match' },
  );
}

export const daysQuery = z
  .strictObject({ date: localDate.optional(), from: localDate.optional(), until: localDate.optional() })
  .refine(
    ({ date, from, until }) => (date === undefined ? from !== undefined && until !== undefined : !from && !until),
    'either date, or from and until',
  );
