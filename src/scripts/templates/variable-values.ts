import { z } from 'zod';
import type { Sentence } from '../../shared/domain-error.js';
import { isLocalDate, isLocalTime, showDate } from '../../shared/local-time.js';
import { numberWithDots } from './print-helpers.js';
import type { Variable, VariableType } from './template.js';

/** A value in printed form; a list stays a list. */
export type PrintedValue = string | readonly string[];

export const MAX_LIST_ITEMS = 50;

/** The message of each fault; a schema below refers to it by key. */
const faults: Record<string, (variable: Variable) => Sentence> = {
  'not-text': () => ({ vi: 'phải là chữ', en: 'must be text' }),
  'too-long': (v) => ({ vi: `dài quá ${v.maxLength} ký tự`, en: `is longer than ${v.maxLength} characters` }),
  'not-a-date': () => ({
    vi: 'phải là ngày có thật, viết năm-tháng-ngày, ví dụ 2026-11-24',
    en: 'must be a real date as YYYY-MM-DD',
  }),
  'not-a-time': () => ({ vi: 'phải là giờ viết HH:MM, ví dụ 07:30', en: 'must be a time as HH:MM' }),
  'not-a-number': () => ({ vi: 'phải là số, ví dụ 1200, 1.200 hoặc 1,5', en: 'must be a number such as 1200 or 1,5' }),
  'not-a-list': () => ({ vi: 'phải là danh sách, mỗi dòng một mục', en: 'must be a list, one item a line' }),
  'too-many-items': () => ({ vi: `có quá ${MAX_LIST_ITEMS} mục`, en: `has more than ${MAX_LIST_ITEMS} items` }),
  'not-a-phone': () => ({
    vi: 'phải là số điện thoại, ví dụ 0239 3855 555 hoặc 115',
    en: 'must be a phone number such as 0239 3855 555',
  }),
  'not-a-url': () => ({
    vi: 'phải là địa chỉ trang bắt đầu bằng http:// hoặc https://',
    en: 'must be an address that starts with http:// or https://',
  }),
};

// These characters hide or reorder the visible text, so the approved text might differ from what is heard.
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** NFC, no invisible characters, single spaces, no spaces at line ends, at most one empty line in a row. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** True for a missing value; a form sends '' for an empty field. */
export function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return tidyText(value) === '';
  return Array.isArray(value) && value.every(isMissing);
}

/**
 * The template supplies the punctuation around an item: a final ; , or . is dropped, but not that of 'v.v.' or '...'.
 */
const bareItem = (item: string) => item.replace(/(?<![.,;]|v\.v)[.,;]$/, '').trim();

const aLine = z.string({ error: 'not-text' }).transform((text) => tidyText(text).replace(/\n+/g, ' '));

/** One schema per type: which values are accepted, and how they are printed. */
const schemas: Record<VariableType, (variable: Variable) => z.ZodType<PrintedValue>> = {
  text: ({ maxLength }) =>
    z
      .string({ error: 'not-text' })
      .transform(tidyText)
      .pipe(z.string().max(maxLength, { error: 'too-long' })),
  date: () => aLine.refine(isLocalDate, { error: 'not-a-date' }).transform(showDate),
  time: () => aLine.refine(isLocalTime, { error: 'not-a-time' }),
  number: () =>
    z
      .union([z.number().transform((n) => numberText(n)), aLine], { error: 'not-a-number' })
      .refine((text) => /^-?(\d{1,15}|\d{1,3}(\.\d{3}){1,4})(,\d{1,6})?$/.test(text), { error: 'not-a-number' })
      .transform((text) => numberWithDots(text.replaceAll('.', ''))),
  list: ({ maxLength }) =>
    z
      .union([z.string().transform((text) => tidyText(text).split('\n')), z.array(aLine)], { error: 'not-a-list' })
      .transform((items) => items.map(bareItem).filter((item) => item !== ''))
      .pipe(z.array(z.string().max(maxLength, { error: 'too-long' })).max(MAX_LIST_ITEMS, { error: 'too-many-items' })),
  phone: () => aLine.refine(isPhone, { error: 'not-a-phone' }),
  url: () => aLine.refine(isWebAddress, { error: 'not-a-url' }),
};

/** The printed form of `value` (not missing), or its fault. */
export function readValue(
  variable: Variable,
  value: unknown,
): { printed: PrintedValue } | { fault: Sentence; code: string } {
  const result = schemas[variable.type](variable).safeParse(value);
  if (result.success) return { printed: result.data };
  const code = result.error.issues[0]?.message ?? '';
  return { fault: faults[code]?.(variable) ?? { vi: 'không hợp lệ', en: 'is not valid' }, code };
}

function numberText(n: number): string {
  return Number.isFinite(n)
    ? n
        .toFixed(6)
        .replace(/\.?0+$/, '')
        .replace('.', ',')
    : '';
}

/** Three digits (114, 115) to fifteen (ITU-T E.164), with spaces, dots, hyphens or brackets between. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length <= 30 && digits >= 3 && digits <= 15 && /^\+?[\d(][\d .()-]*\d$/.test(text);
}

function isWebAddress(text: string): boolean {
  if (text.length > 500 || /\s/.test(text) || !/^https?:\/\//i.test(text)) return false;
  try {
    const { hostname, username, password } = new URL(text);
    // User information before @ can make an unknown host look like a known one.
    return hostname.includes('.') && username === '' && password === '';
  } catch {
    return false;
  }
}
