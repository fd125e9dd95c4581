import { integerWords } from '../words/integer-words.js';
import type { ReadingSettings } from '../text/reading.js';

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Validates day and month, and the year when given: 29/02 needs a leap year only when the year is given. */
export function isRealDate(day: number, month: number, year?: number): boolean {
  const length = lengths[month - 1];
  if (length === undefined || day < 1 || day > length) return false;
  if (day < 29 || month !== 2 || year === undefined) return true;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** A day that exists in some month, though not in this one: 31/02, not 15/13. */
export function isNearDate(day: string, month: string): boolean {
  return Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
}

/** 1 … 10 take mùng: mùng năm; later days are plain: mười lăm. */
export function dayWords(day: string, settings: ReadingSettings): string {
  const words = integerWords(day, settings);
  const value = Number(day);
  return value >= 1 && value <= 10 ? `mùng ${words}` : words;
}

/** The fourth month is tháng tư; all others are plain numbers. */
export function monthWords(month: string, settings: ReadingSettings): string {
  return Number(month) === 4 ? 'tư' : integerWords(month, settings);
}

export function yearWords(year: string, settings: ReadingSettings): string {
  return integerWords(year, settings);
}

/** Expands a two-digit year: 24 is 2024, 75 is 1975. Office documents refer further back than ahead. */
export function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return Number(year) <= 50 ? `20${year}` : `19${year}`;
}
