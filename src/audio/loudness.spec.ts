import { parseLoudness, requireDelivered } from './loudness.js';
import { profiles } from './profiles.js';

const report = `[Parsed_ebur128_1 @ 0x5] Summary:

  Integrated loudness:
    I:         -16.3 LUFS
    Threshold: -26.8 LUFS

  Loudness range:
    LRA:         4.1 LU
    Threshold: -36.8 LUFS

  True peak:
    Peak:       -2.4 dBFS
`;

describe('loudness', () => {
  it('is read from the last summary', () => {
    expect(parseLoudness(report)).toEqual({ integrated: -16.3, truePeak: -2.4 });
    expect(parseLoudness(report + report.replace('-16.3', '-18.0')).integrated).toBe(-18);
    expect(parseLoudness(report.slice(0, report.indexOf('  True')))).toEqual({ integrated: -16.3, truePeak: NaN });
    expect(parseLoudness(report.replace('-2.4', '-inf')).truePeak).toBe(-Infinity);
  });

  it('a report without one is an error that says what to look at', () => {
    expect(() => parseLoudness('ffmpeg version 7')).toThrow('ebur128');
  });

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
