import { readingChoices } from '../../speech/settings/reading-choices.js';
import type { VoiceOffer } from '../../speech/voices/voice-offers.js';
import { runInLanguage } from '../language/language.js';
import { readingFields, voicePlaces, voiceRows } from './voices.view.js';

const offer = (name: string, available = true): VoiceOffer => ({
  name,
  engine: name.split('/')[0] ?? '',
  title: `Giọng ${name}`,
  online: false,
  available,
  reason: available ? null : { vi: 'Chưa có khóa.', en: 'There is no key.' },
});
const offers = [offer('espeak/vi'), offer('google/vi'), offer('fpt/banmai', false)];

describe('voices on the screen', () => {
  it('those that are asked come first, in their order, and one that cannot be used says why', () => {
    const rows = voiceRows(offers, ['fpt/banmai', 'espeak/vi']);
    expect(rows.map(({ name, place }) => [name, place])).toEqual([
      ['fpt/banmai', '1'],
      ['espeak/vi', '2'],
      ['google/vi', ''],
    ]);
    expect(rows[0]?.reason).toBe('Chưa có khóa.');
  });

  it("the unit's own order fills the places", () => {
    const places = voicePlaces(offers, ['google/vi']);
    expect(places).toHaveLength(4);
    expect(places[0]?.options.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['google/vi']);
    expect(places[1]?.options.some(({ chosen }) => chosen)).toBe(false);
  });

  it('a reading says what holds and what is of its own', () => {
    const [zero] = readingFields(readingChoices, { zeroTens: 'lẻ' }, { zeroTens: 'lẻ' });
    expect(zero).toMatchObject({ setting: 'zeroTens', now: { label: 'một trăm lẻ năm', written: true } });
    expect(zero?.options.filter(({ chosen }) => chosen).map(({ value }) => value)).toEqual(['lẻ']);
  });

  it('an English page says in English what is chosen, and leaves what is spoken as it is spoken', () => {
    const fields = runInLanguage('en', () =>
      readingFields(readingChoices, {}, { documentSlash: 'pause', zeroTens: 'linh' }),
    );
    const slash = fields.find(({ setting }) => setting === 'documentSlash');
    expect(slash).toMatchObject({
      label: 'The slash in a document number (1871/UBND)',
      now: { label: 'a short pause', written: false },
    });
    expect(slash?.options[0]).toMatchObject({ label: 'spoken as the word for "slash"', written: false });
    expect(fields[0]?.now).toEqual({ label: 'một trăm linh năm', written: true });
  });
});
