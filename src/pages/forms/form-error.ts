import { DomainError } from '../../shared/domain-error.js';
import { type ErrorBody, errorAnswer } from '../../http/requests/error-body.js';
import { currentLanguage } from '../language/language.js';

/**
 * Returns a domain error that a screen can show beside its form. Throws any other error, 404 and 401 included, on to
 * the filter.
 */
export function asFormError(error: unknown): DomainError {
  if (error instanceof DomainError && error.kind !== 'not-found' && error.kind !== 'unauthenticated') return error;
  throw error;
}

/** The error's sentence by the name of its field, for a page with several forms of the same fields. */
export function fieldProblems(problem: unknown): Record<string, string> {
  return problem === undefined ? {} : problemsByField(errorAnswer(problem).body);
}

/** The sentence of an error in the language of the page. */
export function errorSentence(error: ErrorBody): string {
  return currentLanguage() === 'en' ? error.messageEn : error.message;
}

/** The error's sentence by the name of its field; empty when the error names no field. */
export function problemsByField(error?: ErrorBody): Record<string, string> {
  const field = error?.details?.['field'];
  return error && typeof field === 'string' ? { [field]: errorSentence(error) } : {};
}
