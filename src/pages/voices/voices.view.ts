import type { ReadingChoice } from '../../speech/settings/reading-choices.js';
import type { VoiceOffer } from '../../speech/voices/voice-offers.js';
import { inCurrentLanguage, translate } from '../language/language.js';
import { vietnameseIn } from '../language/vietnamese-letters.js';

/** Places of a unit's voice order. */
const PLACES = 4;

/** The voices with their place in the effective order ('' when not in it) and the reason why one is unavailable. */
export function voiceRows(offers: readonly VoiceOffer[], order: readonly string[]) {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) + 1 : 0);
  return [...offers]
    .sort((a, b) => (place(a.name) || offers.length) - (place(b.name) || offers.length))
    .map(({ name, title, online, available, reason }) => ({
      name,
      title,
      online,
      available,
      reason: reason ? inCurrentLanguage(reason) : '',
      place: place(name) ? String(place(name)) : '',
    }));
}

/** A choice for each place of the order, from the unit's own order or from the typed form. */
export function voicePlaces(offers: readonly VoiceOffer[], own: readonly string[]) {
  return Array.from({ length: Math.max(PLACES, own.length) }, (_, index) => ({
    label: translate('Giọng thứ {n}', { n: index + 1 }),
    options: offers.map(({ name, title, available }) => ({ name, title, available, chosen: own[index] === name })),
  }));
}

/** The reading options of a unit; `own` is the unit's own choice, `effective` the value that applies without it. */
export function readingFields(
  choices: readonly ReadingChoice[],
  own: Readonly<Record<string, string | undefined>>,
  effective: Readonly<Record<string, string>>,
) {
  return choices.map(({ setting, label, options }) => ({
    setting,
    label: translate(label),
    now: spoken(options.find(({ value }) => value === effective[setting])?.label ?? ''),
    options: options.map(({ value, label: said }) => ({ value, ...spoken(said), chosen: own[setting] === value })),
  }));
}

/** The label of an option: UI text is translated, an example of spoken Vietnamese is not. */
function spoken(label: string): { label: string; written: boolean } {
  const said = translate(label);
  return { label: said, written: vietnameseIn(said).length > 0 };
}
