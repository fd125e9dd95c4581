import type { ReadingChoice } from '../../speech/settings/reading-choices.js';
import type { VoiceOffer } from '../../speech/voices/voice-offers.js';
import { inCurrentLanguage, translate } from '../language/language.js';
import { vietnameseIn } from '../language/vietnamese-letters.js';

/** Voices are asked in this many places at most. */
const PLACES = 4;

/** The voices with their place in the order that holds ('' when not in it) and why one cannot be used here. */
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

/** A choice for each place of the order: the unit's own order, or what was typed. */
export function voicePlaces(offers: readonly VoiceOffer[], own: readonly string[]) {
  return Array.from({ length: Math.max(PLACES, own.length) }, (_, index) => ({
    label: translate('Giọng thứ {n}', { n: index + 1 }),
    options: offers.map(({ name, title, available }) => ({ name, title, available, chosen: own[index] === name })),
  }));
}

/** What a unit may choose of the reading; `own` what it has chosen itself, `effective` what holds without it. */
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

/** How a setting sounds: our words in the language of the page, the Vietnamese that is spoken as it is spoken. */
function spoken(label: string): { label: string; written: boolean } {
  const said = translate(label);
  return { label: said, written: vietnameseIn(said).length > 0 };
}
