import { DomainError, type ErrorKind } from '../shared/domain-error.js';

const broken: ReadonlySet<ErrorKind> = new Set(['unavailable', 'insufficient-storage']);

/** 2 when the input cannot be used, 1 when something failed. */
export function exitCodeOf(error: unknown): number {
  return error instanceof DomainError && !broken.has(error.kind) ? 2 : 1;
}

/** Prints one sentence in each language and the facts; a stack only for an unexpected error. */
export function sayError(error: unknown): void {
  if (error instanceof DomainError) {
    process.stderr.write(`Lỗi: ${error.sentence.vi}\nError: ${error.sentence.en}\n`);
    const facts = Object.entries(error.details);
    for (const [name, value] of facts) process.stderr.write(`  ${name}: ${JSON.stringify(value)}\n`);
    return;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
