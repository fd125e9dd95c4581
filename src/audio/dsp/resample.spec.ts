import type { Pcm } from '../../speech/voices/sound/wav.js';
import { levelGains, WORK_LEVEL } from '../mix/mix-sound.js';
import { resample, resampledFrames } from './resample.js';

function tone(hertz: number, rate: number, seconds = 0.5): Pcm {
  const samples = Int16Array.from({ length: rate * seconds }, (_, i) => {
    return Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / rate));
  });
  return { rate, samples };
}

/** Root mean square, dBFS. */
const level = (sound: Float32Array) => 10 * Math.log10(sound.reduce((sum, x) => sum + x * x, 0) / sound.length);

describe('changing the sample rate', () => {
  it.each([
    [22_050, 44_100, 3_000],
    [24_000, 44_100, 3_000],
    [16_000, 44_100, 1_000],
    [48_000, 44_100, 5_000],
    [44_100, 22_050, 1_000],
  ])('from %d to %d keeps a tone of %d Hz as it was', (from, to, hertz) => {
    const made = resample(tone(hertz, from), to);
    const wanted = resample(tone(hertz, to), to);
    expect(made.length).toBe(resampledFrames(from / 2, from, to));
    const error = made.map((sample, i) => sample - wanted[i]!).subarray(1_000, -1_000);
    expect(level(error)).toBeLessThan(level(wanted) - 50);
  });

  it('lets no image and no alias through', () => {
    const above = resample(tone(15_000, 48_000), 16_000);
    expect(level(above.subarray(500, -500))).toBeLessThan(-60);
  });

  it('leaves sound of the right rate alone, and steady values steady', () => {
    const pcm = tone(1_000, 44_100);
    expect(resample(pcm, 44_100)).toEqual(Float32Array.from(pcm.samples, (sample) => sample / 32768));
    const steady = resample({ rate: 24_000, samples: new Int16Array(2_000).fill(5_000) }, 44_100);
    expect(steady.subarray(100, -100).every((sample) => Math.round(sample * 32768) === 5_000)).toBe(true);
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

  it('of one voice stay the same when a sentence changes a little', () => {
    const gain = (level: number) => levelGains([{ engine: 'x', voice: 'y', level, seconds: 1 }]).get('x/y');
    expect(gain(-26.8)).toBe(gain(-27.3));
    expect(Math.abs(gain(-26.8)! - 3.8)).toBeLessThanOrEqual(1);
  });
});
