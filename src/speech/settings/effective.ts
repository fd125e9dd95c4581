import { defaultReadingSettings, type ReadingSettings } from '../reading/text/reading.js';

/** The settings of one owner; a missing value is inherited from the next owner. */
export interface OwnSpeech {
  unitId: string | null;
  reading: Partial<ReadingSettings>;
  rate: number | null;
  voices: readonly string[] | null;
}

/** The effective speech settings of a unit. */
export interface Speech {
  reading: ReadingSettings;
  rate: number;
  voices: readonly string[];
}

/** The source of each value: a unit's id, 'centre', or 'house' (the server's defaults). */
export type SpeechSource = Record<keyof ReadingSettings | 'rate' | 'voices', string>;

/** `own`: settings of the owners, most local first. `house`: the defaults from the server's configuration. */
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
