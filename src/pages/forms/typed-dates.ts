import { isLocalDate, type LocalDate } from '../../shared/local-time.js';

/**
 * A day as a person types it ('30/11/2026', '1.2.2027', '30112026') as 'YYYY-MM-DD'. What is no day of the calendar is
 * returned as typed, so that the form shows it again beside the sentence that refuses it.
 */
export function readDay(typed: string): LocalDate | string {
  const text = typed.trim();
  const parts =
    /^(\d{1,2})\s*[/.\s-]\s*(\d{1,2})\s*[/.\s-]\s*(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!parts) return text;
  const [, day = '', month = '', year = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : text;
}

/** The reverse of `readDay`: '2026-11-30' as '30/11/2026'; other text stays as it is. */
export function typedDay(value: string): string {
  return isLocalDate(value) ? value.split('-').reverse().join('/') : value;
}

/** A time as a person types it ('7h30', '7:30', '19h', '0730', '7h30h') as 'HH:MM', with seconds when they are typed; else as typed. */
export function readTime(typed: string): string {
  const text = typed.trim();
  const parts =
    /^(\d{1,2})\s*(?:[h:.]|giờ)\s*(?:(\d{2})(?:\s*[:.]\s*(\d{2}))?\s*(?:h|phút)?)?$/i.exec(text) ??
    /^(\d{2})(\d{2})$/.exec(text);
  if (!parts) return text;
  const [, hour = '', minute = '00', second] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return text;
  return [hour.padStart(2, '0'), minute, ...(second === undefined ? [] : [second])].join(':');
}
