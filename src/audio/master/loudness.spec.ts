import { requireDelivered } from './loudness.js';
import { profiles } from '../dsp/mastering-profiles.js';

describe('loudness', () => {
  const good = { integrated: -16.4, truePeak: -2, seconds: 60.1, longestSilence: 2.9 };

  it('within the tolerances is ready', () => {
    expect(() => requireDelivered(good, profiles.horn, 60)).not.toThrow();
  });

  it.each([
    [{ integrated: -16.6 }, 'loudness -16.6 LUFS instead of -16'],
    [{ integrated: -15.4 }, 'loudness -15.4'],
    [{ integrated: -Infinity }, 'loudness -Infinity'],
    [{ truePeak: -1.9 }, 'true peak -1.9 dBTP above -2'],
    [{ truePeak: NaN }, 'true peak NaN'],
    [{ seconds: 59.7 }, '59.70 seconds long instead of 60.00'],
    [{ longestSilence: 3.2 }, 'a silence of 3.2 seconds'],
  ])('%j is not', (bad, says) => {
    expect(() => requireDelivered({ ...good, ...bad }, profiles.horn, 60)).toThrow(says);
  });
});
