import type { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { wording } from '../language/language.js';
import { upperFirst } from '../language/words.js';

/**
 * Parses a form by the schema that the API uses for the same resource. Throws 422 `bad-form` with the first issue,
 * whose `field` places the sentence beside the input. The rule's sentence is its own translation key.
 */
export function parseForm<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const message = issue?.message ?? '';
  const sentence = (text: string) => `${upperFirst(text)}.`;
  const said = { vi: sentence(message), en: sentence(wording(message, 'en')) };
  throw new DomainError('invalid', 'bad-form', said, { field: String(issue?.path[0] ?? '') });
}

/** The values of checked boxes of one name: none, one or many. */
export function checkedValues(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
