import { DomainError } from '../../shared/domain-error.js';
import { type ErrorBody, errorAnswer } from '../../http/requests/error-body.js';
import { currentLanguage } from '../language/language.js';

/** Lets a screen show a domain error beside the form; anything else goes on to the filter. */
export function asFormError(error: unknown): DomainError {
  if (error instanceof DomainError && error.kind !== 'not-found' && error.kind !== 'unauthenticated') return error;
  throw error;
}

/** The sentence of an error under the name of the field that it is about: for a page with several forms of the same fields. */
export function fieldProblems(problem: unknown): Record<string, string> {
  return problem === undefined ? {} : problemsByField(errorAnswer(problem).body);
}

/** The sentence of an error in the language of the page. */
export function errorSentence(error: ErrorBody): string {
  return currentLanguage() === 'en' ? error.messageEn : error.message;
}

/** The sentence under the name of the field that the error names; empty when it names none. */
export function problemsByField(error?: ErrorBody): Record<string, string> {
  const field = error?.details?.['field'];
  return error && typeof field === 'string' ? { [field]: errorSentence(error) } : {};
}
