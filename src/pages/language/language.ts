import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import {
  type LocalDate,
  localDateOf,
  localTimeOf,
  showDate,
  type TimeZone,
  weekdayOf,
} from '../../shared/local-time.js';
import { englishCatalogue } from './catalogue.js';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
export const LANGUAGE_COOKIE = 'loa-lang';

/** Values for the braces of a sentence. */
export type SentenceValues = Readonly<Record<string, string | number>>;

const current = new AsyncLocalStorage<Language>();
const english = englishCatalogue().sentences;

/** The language of the current request; Vietnamese outside a request, so specs of view-models read like the screens. */
export function currentLanguage(): Language {
  return current.getStore() ?? 'vi';
}

/** Runs `work` and everything that it starts in one language. */
export function runInLanguage<T>(language: Language, work: () => T): T {
  return current.run(language, work);
}

/**
 * The language that the reader chose, else Vietnamese. `Accept-Language` is ignored because an office PC is often set
 * to English.
 */
export function languageOf(request: FastifyRequest): Language {
  return request.cookies?.[LANGUAGE_COOKIE] === 'en' ? 'en' : 'vi';
}

/** The translation of `sentence` with its braces unfilled. The Vietnamese sentence is its own key. */
export function wording(sentence: string, language: Language = currentLanguage()): string {
  return language === 'en' ? (english.get(sentence) ?? sentence) : sentence;
}

/**
 * A UI sentence in the reader's language, `{name}` filled from `values`. User content is never passed as a sentence.
 */
export function translate(sentence: string, values: SentenceValues = {}): string {
  return wording(sentence).replace(/\{(\w+)\}/g, (braces, name: string) => String(values[name] ?? braces));
}

/** The version of a bilingual sentence in the current language. */
export function inCurrentLanguage(sentence: Sentence): string {
  return currentLanguage() === 'en' ? sentence.en : sentence.vi;
}

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'];

/** 'Thứ Ba', in English 'Tue'. */
export function weekday(date: LocalDate): string {
  return translate(weekdays[weekdayOf(date) - 1] ?? '');
}

/** 'Thứ Ba 24/11/2026'. */
export function day(date: LocalDate): string {
  return `${weekday(date)} ${showDate(date)}`;
}

/** 'Thứ Ba 24/11, 05:30': how every screen shows an instant, in the zone of the channel or of the office. */
export function moment(at: Instant, zone: TimeZone): string {
  const date = localDateOf(at, zone);
  return `${weekday(date)} ${showDate(date).slice(0, 5)}, ${localTimeOf(at, zone)}`;
}
