import { DomainError } from '../../shared/domain-error.js';

/** Why a person decides otherwise than the machine: one line of 3 to 300 characters. Throws `needs-reason` (422). */
export function requireReason(text: string): string {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (line.length >= 3 && line.length <= 300) return line;
  throw new DomainError('invalid', 'needs-reason', {
    vi: 'Xin ghi lý do, từ 3 đến 300 ký tự.',
    en: 'A reason of 3 to 300 characters is needed.',
  });
}
