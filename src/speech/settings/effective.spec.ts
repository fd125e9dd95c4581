import { effectiveSpeech, type OwnSpeech } from './effective.js';

const house = { rate: 160, voices: ['espeak'] };
const own = (unitId: string | null, more: Partial<OwnSpeech> = {}): OwnSpeech => {
  return { unitId, reading: {}, rate: null, voices: null, ...more };
};

describe('how a unit speaks in the end', () => {
  it('is the house where nobody has set anything', () => {
    const { speech, from } = effectiveSpeech([], house);
    expect(speech).toMatchObject({ ...house, reading: { zeroTens: 'linh', thousand: 'nghìn' } });
    expect(new Set(Object.values(from))).toEqual(new Set(['house']));
  });

  it('is the most local word in each matter by itself', () => {
    const ward = own('w', { reading: { zeroTens: 'lẻ' }, rate: 140 });
    const centre = own(null, { reading: { zeroTens: 'linh', thousand: 'ngàn' }, voices: ['google/vi'] });
    const { speech, from } = effectiveSpeech([ward, centre], house);
    expect(speech.reading).toMatchObject({ zeroTens: 'lẻ', thousand: 'ngàn', fourAfterTens: 'tư' });
    expect(speech).toMatchObject({ rate: 140, voices: ['google/vi'] });
    expect(from).toMatchObject({ zeroTens: 'w', thousand: 'centre', fourAfterTens: 'house', voices: 'centre' });
  });
});
