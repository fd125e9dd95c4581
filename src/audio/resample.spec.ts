import { rmsDbfs } from '../speech/voices/sound.js';
import type { Pcm } from '../speech/voices/wav.js';
import { levelGains, WORK_LEVEL } from './assemble.js';
import { resample, resampledFrames } from './resample.js';

function tone(hertz: number, rate: number, seconds = 0.5): Pcm {
  const samples = Int16Array.from({ length: rate * seconds }, (_, i) => {
    return Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / rate));
  });
  return { rate, samples };
}

describe('changing the sample rate', () => {
  it.each([
    [22_050, 44_100, 3_000],
    [24_000, 44_100, 3_000],
    [16_000, 44_100, 1_000],
    [48_000, 44_100, 5_000],
    [44_100, 22_050, 1_000],
  ])('from %d to %d keeps a tone of %d Hz as it was', (from, to, hertz) => {
    const made = resample(tone(hertz, from), to);
    const wanted = tone(hertz, to);
    expect(made.samples.length).toBe(resampledFrames(from / 2, from, to));
    const middle = made.samples.subarray(1_000, -1_000);
    const error = middle.map((sample, i) => sample - wanted.samples[i + 1_000]!);
    expect(rmsDbfs({ rate: to, samples: error })).toBeLessThan(rmsDbfs(wanted) - 50);
  });

  it('lets no image and no alias through', () => {
    const above = resample(tone(15_000, 48_000), 16_000);
    expect(rmsDbfs({ ...above, samples: above.samples.subarray(500, -500) })).toBeLessThan(-60);
  });

  it('leaves sound of the right rate alone, steady values steady, and full scale within range', () => {
    const pcm = tone(1_000, 44_100);
    expect(resample(pcm, 44_100)).toBe(pcm);
    const steady = resample({ rate: 24_000, samples: new Int16Array(2_000).fill(5_000) }, 44_100);
    expect(new Set(steady.samples.subarray(100, -100))).toEqual(new Set([5_000]));
    const square = Int16Array.from({ length: 2_000 }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768));
    const loud = resample({ rate: 22_050, samples: square }, 44_100).samples;
    expect(
      loud.every(
        (sample, i) => i < 50 || Math.sign(sample) === Math.sign(square[i >> 1]!) || Math.abs(sample) < 20_000,
      ),
    ).toBe(true);
  });
});

describe('levels', () => {
  it('bring two voices to one level and keep the differences within a voice', () => {
    const gains = levelGains([
      { engine: 'espeak', voice: 'vi', level: -20, seconds: 4 },
      { engine: 'google', voice: 'vi', level: -30, seconds: 4 },
      { engine: 'google', voice: 'vi', level: -30, seconds: 1 },
    ]);
    expect(gains.get('espeak/vi')).toBeCloseTo(WORK_LEVEL + 20, 6);
    expect(gains.get('google/vi')).toBeCloseTo(WORK_LEVEL + 30, 6);
  });

  it('never lift a whisper by more than 20 dB', () => {
    expect(levelGains([{ engine: 'x', voice: 'y', level: -70, seconds: 1 }]).get('x/y')).toBe(20);
  });
});
