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

/** What stands in the braces of a sentence. */
export type SentenceValues = Readonly<Record<string, string | number>>;

const current = new AsyncLocalStorage<Language>();
const english = englishCatalogue().sentences;

/** The language of the page that is being made; outside a request Vietnamese, so specs of view-models read as screens do. */
export function currentLanguage(): Language {
  return current.getStore() ?? 'vi';
}

/** Runs `work`, and all that it starts, in one language. */
export function runInLanguage<T>(language: Language, work: () => T): T {
  return current.run(language, work);
}

/** What the reader chose; until then Vietnamese, whatever his browser prefers: an office's PC often speaks English. */
export function languageOf(request: FastifyRequest): Language {
  return request.cookies?.[LANGUAGE_COOKIE] === 'en' ? 'en' : 'vi';
}

/** The words for `sentence`, which is Vietnamese and its own key, before its braces are filled. */
export function wording(sentence: string, language: Language = currentLanguage()): string {
  return language === 'en' ? (english.get(sentence) ?? sentence) : sentence;
}

/** Our own words in the reader's language, `{name}` filled from `values`. Content that people wrote is never a sentence. */
export function translate(sentence: string, values: SentenceValues = {}): string {
  return wording(sentence).replace(/\{(\w+)\}/g, (braces, name: string) => String(values[name] ?? braces));
}

/** The half of a sentence in two languages that the reader understands. */
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

/** 'Thứ Ba 24/11, 05:30': how every screen shows a moment, in the zone of the channel or of the office. */
export function moment(at: Instant, zone: TimeZone): string {
  const date = localDateOf(at, zone);
  return `${weekday(date)} ${showDate(date).slice(0, 5)}, ${localTimeOf(at, zone)}`;
}
