import { defaultReadingSettings, type ReadingSettings } from '../reading/reading.js';

/** What one owner has set; what is missing comes from the next. */
export interface OwnSpeech {
  unitId: string | null;
  reading: Partial<ReadingSettings>;
  rate: number | null;
  voices: readonly string[] | null;
}

/** How a unit speaks in the end. */
export interface Speech {
  reading: ReadingSettings;
  rate: number;
  voices: readonly string[];
}

/** Where each part of it comes from: a unit's id, 'centre', or 'house' when nobody has set it. */
export type SpeechSource = Record<keyof ReadingSettings | 'rate' | 'voices', string>;

/** `own`: the most local first. `house`: what the server's own settings say. */
export function effectiveSpeech(
  own: readonly OwnSpeech[],
  house: Pick<Speech, 'rate' | 'voices'>,
): { speech: Speech; from: SpeechSource } {
  const reading = { ...defaultReadingSettings };
  const from: Partial<SpeechSource> = {};
  const take = <K extends keyof ReadingSettings>(key: K): void => {
    const found = own.find((one) => one.reading[key] !== undefined);
    if (found) reading[key] = found.reading[key] ?? reading[key];
    from[key] = nameOf(found);
  };
  (Object.keys(defaultReadingSettings) as (keyof ReadingSettings)[]).forEach((key) => take(key));
  const withRate = own.find((one) => one.rate !== null);
  const withVoices = own.find((one) => one.voices !== null);
  from.rate = nameOf(withRate);
  from.voices = nameOf(withVoices);
  const speech = { reading, rate: withRate?.rate ?? house.rate, voices: withVoices?.voices ?? house.voices };
  return { speech, from: from as SpeechSource };
}

function nameOf(owner: OwnSpeech | undefined): string {
  return owner === undefined ? 'house' : (owner.unitId ?? 'centre');
}
