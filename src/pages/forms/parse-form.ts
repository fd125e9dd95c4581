import type { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { wording } from '../language/language.js';
import { upperFirst } from '../language/words.js';

/**
 * What a form means, by the rules that the API has for the same matter. Throws 422 `bad-form` with the first thing that is
 * wrong, so that it stands beside its field; the sentence of the rule is the key of its English one.
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

/** Ticked boxes of one name: none, one or many. */
export function checkedValues(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
