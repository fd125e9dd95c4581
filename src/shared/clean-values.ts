import { cleanText, requireStorable } from './clean-text.js';
import { DomainError } from './domain-error.js';

/** A password stays exactly as typed, including invisible characters. */
const secrets = new Set(['password', 'current', 'next', 'repeated']);

/** No route stores a longer text: only a letter can be sent this long, and its reader refuses it by its length. */
const MAX_KEPT = 2 * 1024 * 1024;

/**
 * Cleans every text in the value in place and returns the value. Not recursive: the sender decides how deep a body is.
 * Refuses a field name that holds an invisible character.
 */
export function cleanValues(value: unknown): unknown {
  const root: Record<string, unknown> = { '': value };
  const open: { holder: Record<string, unknown>; path: string }[] = [{ holder: root, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { holder, path } = next;
    for (const [key, held] of Object.entries(holder)) {
      const field = path === '' ? key : `${path}.${key}`;
      if (key !== '') requireCleanName(key);
      if (typeof held === 'string' && held.length <= MAX_KEPT) {
        if (secrets.has(key)) requireStorable(held, field);
        else holder[key] = cleanText(held, field || undefined);
      } else if (typeof held === 'object' && held !== null && !ArrayBuffer.isView(held)) {
        // Long paths of deep bodies would cost the square of the depth.
        open.push({ holder: held as Record<string, unknown>, path: field.length < 200 ? field : path });
      }
    }
  }
  return root[''];
}

function requireCleanName(name: string): void {
  if (cleanText(name) === name) return;
  throw new DomainError('malformed', 'malformed', {
    vi: 'Tên của một trường gửi lên có ký tự không nhìn thấy.',
    en: 'The name of a field holds an invisible sign.',
  });
}
