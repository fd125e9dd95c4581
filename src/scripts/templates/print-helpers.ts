import { fold } from '../../shared/fold.js';
import { isLocalDate, weekdayName } from '../../shared/local-time.js';
import type { VariableType } from './template.js';

/**
 * A helper takes one argument of an accepted type ('item' is {{this}} inside {{#each}}, 'index' is {{@index}}) and,
 * when `word` is set, one quoted word. Values arrive in printed form (see variable-values.ts).
 */
export interface PrintHelper {
  accepts: readonly (VariableType | 'item' | 'index')[];
  word?: true;
  print(value: unknown, word?: string): string;
}

/** The only helpers that a template may call. */
export const printHelpers: ReadonlyMap<string, PrintHelper> = new Map<string, PrintHelper>([
  ['date', { accepts: ['date'], print: asText }],
  ['dateWords', { accepts: ['date'], print: (value) => dateWords(asText(value)) }],
  ['dayWords', { accepts: ['date'], print: (value) => dateWords(asText(value)).replace(/ năm \d+$/, '') }],
  ['weekday', { accepts: ['date'], print: (value) => weekdayOfPrinted(asText(value)) }],
  ['timeWords', { accepts: ['time'], print: (value) => timeWords(asText(value)) }],
  ['number', { accepts: ['number'], print: asText }],
  ['webName', { accepts: ['url'], print: (value) => webName(asText(value)) }],
  ['join', { accepts: ['list'], word: true, print: (value, word) => joinList(asItems(value), word) }],
  ['ordinal', { accepts: ['index'], print: (value) => ordinal(Number(value)) }],
  ['capital', { accepts: ['text', 'item'], print: (value) => capitalised(asText(value)) }],
  ['upper', { accepts: ['text', 'item'], print: (value) => asText(value).toUpperCase() }],
  ['hashtag', { accepts: ['text', 'item'], print: (value) => hashtag(asText(value)) }],
]);

/** '24/11/2026' → 'ngày 24 tháng 11 năm 2026', the spoken form. */
export function dateWords(printed: string): string {
  const [day, month, year] = printed.split('/').map(Number);
  if (day === undefined || month === undefined || year === undefined) return printed;
  return `ngày ${day} tháng ${month} năm ${year}`;
}

function weekdayOfPrinted(printed: string): string {
  const iso = printed.split('/').reverse().join('-');
  if (!isLocalDate(iso)) return '';
  const name = weekdayName(iso);
  return name === 'Chủ nhật' ? name : lowerFirst(name);
}

/** '07:00' → '7 giờ'; '17:30' → '17 giờ 30 phút'. */
export function timeWords(printed: string): string {
  const [hour, minute] = printed.split(':').map(Number);
  if (hour === undefined || minute === undefined) return printed;
  return minute === 0 ? `${hour} giờ` : `${hour} giờ ${minute} phút`;
}

/** '1234567,5' → '1.234.567,5': dots by thousands, a comma before decimals. Takes digits with an optional minus. */
export function numberWithDots(digits: string): string {
  const [whole = '', decimals] = digits.split(',');
  const dotted = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return decimals === undefined ? dotted : `${dotted},${decimals}`;
}

/** 'https://www.bluezone.gov.vn/' → 'bluezone.gov.vn', the form announcers say. */
export function webName(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
}

/** ['A', 'B', 'C'] → 'A, B và C'; `word` replaces 'và'. */
export function joinList(items: readonly string[], word = 'và'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

const ordinals = ['nhất', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];

/** 0 → 'Thứ nhất', 3 → 'Thứ tư'; beyond ten, where listeners lose count, 'Tiếp theo'. */
export function ordinal(index: number): string {
  const name = ordinals[index];
  return name === undefined ? 'Tiếp theo' : `Thứ ${name}`;
}

export function capitalised(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

export function lowerFirst(text: string): string {
  const [first = ''] = text;
  return first.toLowerCase() + text.slice(first.length);
}

/**
 * 'phường Bắc Hà' → '#PhuongBacHa': no diacritics, as people type hashtags. Returns '' when no usable character is
 * left.
 */
export function hashtag(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D');
  const words = bare.split(/[^A-Za-z0-9]+/).filter((word) => fold(word) !== '');
  return words.length === 0 ? '' : `#${words.map(capitalised).join('')}`;
}

function asText(value: unknown): string {
  // List items are String objects (see render.ts).
  return typeof value === 'string' || value instanceof String ? String(value) : '';
}

function asItems(value: unknown): string[] {
  return Array.isArray(value) ? value.map(asText) : [];
}
