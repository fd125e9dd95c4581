/** What kind of no it is; the HTTP filter makes a status of it and the CLI an exit code. */
export type ErrorKind =
  | 'malformed' // 400: the request is not in the agreed shape
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404: missing, or not yours; the two answer alike
  | 'conflict' // 409: meets something that is there
  | 'stale' // 412: you looked at an older version
  | 'too-large' // 413
  | 'invalid' // 422: well formed, but it cannot be
  | 'too-many' // 429
  | 'unavailable' // 503: something outside is missing or broken
  | 'insufficient-storage'; // 507: the disk is full

export interface Sentence {
  vi: string;
  en: string;
}

/** The one error that services throw: a stable code, a sentence for a person in two languages, and facts for a program. */
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

/** For every 429: `seconds` until it is worth another try, which the answer's `Retry-After` says too. */
export function tooMany(code: string, seconds: number, sentence: Sentence): DomainError {
  return new DomainError('too-many', code, sentence, { seconds });
}

/** What is missing and what belongs to another unit are answered with these same words. */
export function notFound(): DomainError {
  return new DomainError('not-found', 'not-found', { vi: 'Không tìm thấy nội dung này.', en: 'Not found.' });
}
