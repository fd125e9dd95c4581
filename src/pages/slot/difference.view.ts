import { type TimeZone, localDateOf, localClockOf, showDate } from '../../shared/local-time.js';
import type { Instant } from '../../shared/clock.js';
import type { Difference, SlotPlace } from '../../schedule/slots/slot-difference.js';
import { currentLanguage, translate, weekday } from '../language/language.js';
import type { Tone } from '../language/words.js';

/** A line of a difference: `title` is user content, `text` is UI text. */
export interface DifferenceLine {
  title: string;
  text: string;
  note: string;
  tone: Tone;
}

/** Further lines are only counted. */
const LINE_LIMIT = 40;

/** The effect of a change, one line per slot: moved, added, removed, and the new shortfalls. */
export function differenceView(difference: Difference, zone: TimeZone, nameOf: (code: string) => string) {
  const place = ({ channelCode, startsAt }: SlotPlace) =>
    `${momentWithSeconds(startsAt, zone)} · ${nameOf(channelCode)}`;
  const lines: DifferenceLine[] = [
    ...difference.moved.map(({ title, before, after }) => ({
      title,
      text: translate('{before} → {after}', { before: place(before), after: place(after) }),
      note: '',
      tone: 'warn' as const,
    })),
    ...difference.added.map((slot) => ({
      title: slot.title,
      text: translate('thêm vào {place}', { place: place(slot) }),
      note: '',
      tone: 'good' as const,
    })),
    ...difference.removed.map((slot) => ({
      title: slot.title,
      text: translate('không còn ở {place}', { place: place(slot) }),
      note: slot.reason ?? '',
      tone: 'bad' as const,
    })),
    ...difference.shortfalls.map(({ title, channelName, message, messageEn }) => ({
      title: title || channelName,
      text: currentLanguage() === 'en' ? messageEn : message,
      note: '',
      tone: 'bad' as const,
    })),
  ];
  const total = difference.movedTotal + difference.addedTotal + difference.removedTotal + difference.shortfallsTotal;
  return { lines: lines.slice(0, LINE_LIMIT), more: Math.max(0, total - LINE_LIMIT), nothing: total === 0 };
}

/** 'Thứ Ba 24/11, 05:30:20': with seconds, so that a move by seconds is visible. */
export function momentWithSeconds(at: Instant, zone: TimeZone): string {
  const date = localDateOf(at, zone);
  return `${weekday(date)} ${showDate(date).slice(0, 5)}, ${localClockOf(at, zone)}`;
}
