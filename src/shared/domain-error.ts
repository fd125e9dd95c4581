/** The kind of refusal; the HTTP filter maps it to a status and the CLI to an exit code. */
export type ErrorKind =
  | 'malformed' // 400: the request does not match the schema
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404: missing, or of another unit; both answer alike
  | 'conflict' // 409: conflicts with existing data
  | 'stale' // 412: based on an older version
  | 'too-large' // 413
  | 'invalid' // 422: well formed, but not possible
  | 'too-many' // 429
  | 'unavailable' // 503: a dependency is missing or broken
  | 'insufficient-storage'; // 507: the disk is full

export interface Sentence {
  vi: string;
  en: string;
}

/**
 * The one error that services throw: a stable code, a sentence for a person in two languages, and facts for a program.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly sentence: Sentence,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(sentence.en, options);
    this.name = 'DomainError';
  }
}

/** For every 429: `seconds` until another try makes sense, which is also the answer's `Retry-After`. */
export function tooMany(code: string, seconds: number, sentence: Sentence): DomainError {
  return new DomainError('too-many', code, sentence, { seconds });
}

/** A missing entity and one of another unit get this same answer. */
export function notFound(): DomainError {
  return new DomainError('not-found', 'not-found', { vi: 'Không tìm thấy nội dung này.', en: 'Not found.' });
}
