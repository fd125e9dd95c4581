import { Config } from '../../config/config.js';
import { fullVoiceName, voiceOffers } from './voice-offers.js';

const offersOf = (env: Record<string, string>, espeak = true) => {
  const tool = { name: 'espeak-ng', path: '/x', version: '1', source: 'system' as const, refused: [] };
  return voiceOffers(new Config(env), espeak ? tool : undefined);
};
const reasonOf = (name: string, offers: ReturnType<typeof offersOf>) =>
  offers.find((offer) => offer.name === name)?.reason;

describe('the voices on offer', () => {
  it('each that cannot be used says what to do', () => {
    const offers = offersOf({}, false);
    expect(reasonOf('espeak/vi', offers)?.vi).toContain('espeak-ng');
    expect(reasonOf('fpt/leminh', offers)?.vi).toContain('LOA_FPT_KEY');
    expect(reasonOf('sherpa/0', offers)?.vi).toBe('Chưa đặt LOA_SHERPA_DIR.');
    expect(reasonOf('sherpa/0', offersOf({ LOA_SHERPA_DIR: '/khong/co' }))?.vi).toContain('/khong/co');
    expect(offers.filter(({ available }) => available).map(({ name }) => name)).toEqual(['google/vi']);
  });

  it('a secret is never in an offer', () => {
    const offers = offersOf({ LOA_FPT_KEY: 'khoa-bi-mat' });
    expect(reasonOf('fpt/leminh', offers)).toBeNull();
    expect(JSON.stringify(offers)).not.toContain('khoa-bi-mat');
  });

  it('a short name is the usual voice of the house; what nobody offers is refused', () => {
    const config = new Config({ LOA_ESPEAK_VOICE: 'vi-vn-x-south' });
    const offers = voiceOffers(config, undefined);
    expect(fullVoiceName(config, offers, 'espeak')).toBe('espeak/vi-vn-x-south');
    expect(fullVoiceName(config, offers, 'sherpa/12')).toBe('sherpa/12');
    expect(() => fullVoiceName(config, offers, 'espeak/en')).toThrow('espeak/vi');
    expect(() => fullVoiceName(config, offers, '__proto__')).toThrow('There is no voice');
  });
});
