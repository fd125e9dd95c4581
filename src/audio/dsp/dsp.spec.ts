import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Config } from '../../config/config.js';
import { encodeWav, samplesToBytes } from '../../speech/voices/sound/wav.js';
import { locateTools } from '../ffmpeg/ffmpeg-copies.js';
import { BiquadCascade, highPass, lowPass } from './biquad-cascade.js';
import { Compressor } from './compressor.js';
import { DeliveredMeter } from './delivered-meter.js';
import { Limiter } from './limiter.js';
import { PeakMeter } from './peak-meter.js';

const RATE = 44_100;
const { ffmpeg } = await locateTools(new Config().tools);

const level = (sound: Float32Array) => 10 * Math.log10(sound.reduce((sum, x) => sum + x * x, 0) / sound.length);
const tone = (hertz: number, seconds = 0.5, height = 0.5) =>
  Float32Array.from({ length: RATE * seconds }, (_, i) => height * Math.sin((2 * Math.PI * hertz * i) / RATE));

/** A deterministic signal like speech: syllables of hum and hiss, pauses of half a second. */
function babble(seconds: number, height: number): Float32Array {
  let seed = 7;
  const hiss = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 1073741824 - 1) * 0.3;
  return Float32Array.from({ length: seconds * RATE }, (_, i) => {
    const t = i / RATE;
    if (t % 3 > 2.5) return 0;
    const hum = Math.sin(2 * Math.PI * 180 * t) + 0.6 * Math.sin(2 * Math.PI * 1_130 * t);
    return height * Math.sin(Math.PI * 4 * t) ** 2 * (0.5 + 0.5 * Math.sin(t * 1.7)) * (hum + hiss());
  });
}

function peakOf(sound: Float32Array): number {
  const meter = new PeakMeter();
  meter.push(sound);
  meter.push(new Float32Array(32));
  return meter.peak;
}

function inBlocks(sound: Float32Array, sizes: readonly number[], take: (block: Float32Array) => void): void {
  let at = 0;
  for (let n = 0; at < sound.length; n++) {
    const size = sizes[n % sizes.length]!;
    take(sound.slice(at, at + size));
    at += size;
  }
}

/** Parses the summary of ffmpeg's ebur128. */
function parseLoudness(report: string) {
  const summary = report.slice(report.lastIndexOf('Integrated loudness:'));
  const number = (pattern: RegExp) => Number(pattern.exec(summary)?.[1]);
  return { integrated: number(/\bI:\s+(-?[\d.]+) LUFS/), truePeak: number(/\bPeak:\s+(-?[\d.]+) dBFS/) };
}

describe('filters', () => {
  it.each([
    [100, -30],
    [250, -6.5],
    [1_000, -0.5],
    [4_000, -1],
    [7_000, -6.5],
    [14_000, -26],
  ])('the band of a horn lets %d Hz through at about %d dB', (hertz, wanted) => {
    const sections = [highPass(250, RATE), highPass(250, RATE), lowPass(7_000, RATE), lowPass(7_000, RATE)];
    const sound = tone(hertz);
    const before = level(sound);
    new BiquadCascade(sections).run(sound);
    const is = level(sound.subarray(2_000)) - before;
    if (wanted < -20) expect(is).toBeLessThan(wanted);
    else expect(Math.abs(is - wanted)).toBeLessThan(1);
  });

  it('the compressor brings loud and soft nearer to each other, and leaves the very soft alone', () => {
    const through = (height: number) => {
      const sound = tone(500, 0.6, height);
      const before = level(sound.subarray(20_000));
      new Compressor(RATE).run(sound);
      return level(sound.subarray(20_000)) - before;
    };
    expect(through(0.01)).toBe(0);
    // −9 dB is 17 over the threshold: the gain falls by two thirds of that, and a little more because the detector
    // holds peaks.
    expect(through(0.5)).toBeGreaterThan(-14);
    expect(through(0.5)).toBeLessThan(-11);
    expect(through(0.1)).toBeGreaterThan(-5);
  });
});

describe('the limiter', () => {
  it('holds the true peak, whatever comes in, in whatever blocks', () => {
    const shapes = fc.record({
      gain: fc.double({ min: 0.5, max: 12, noNaN: true }),
      ceiling: fc.double({ min: 0.3, max: 0.9, noNaN: true }),
      clicks: fc.array(fc.tuple(fc.nat(RATE - 1), fc.double({ min: -4, max: 4, noNaN: true })), { maxLength: 12 }),
      sizes: fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 4 }),
    });
    const base = babble(1, 0.2);
    fc.assert(
      fc.property(shapes, ({ gain, ceiling, clicks, sizes }) => {
        const sound = base.map((x) => x * gain);
        for (const [at, height] of clicks) sound[at] = height;
        const limiter = new Limiter(ceiling, RATE);
        const out: Float32Array[] = [];
        inBlocks(sound, sizes, (block) => out.push(limiter.run(block).slice()));
        const all = Float32Array.from(out.flatMap((block) => [...block]));
        expect(all.length).toBe(sound.length);
        expect(all.every(Number.isFinite)).toBe(true);
        // The gain changes within 3 ms; that adds less than a tenth of a decibel between two samples.
        expect(peakOf(all)).toBeLessThanOrEqual(ceiling * 1.012);
      }),
      { numRuns: 15 },
    );
  });

  it('is the same in any blocks, and only delays what is under the ceiling', () => {
    const sound = babble(2, 0.8);
    const whole = new Limiter(0.5, RATE).run(sound);
    const parts: number[] = [];
    const limiter = new Limiter(0.5, RATE);
    inBlocks(sound, [1, 17, 1_000], (block) => parts.push(...limiter.run(block)));
    expect(Float32Array.from(parts)).toEqual(whole);
    const soft = sound.map((x) => x * 0.1);
    const { delay } = limiter;
    expect(new Limiter(0.5, RATE).run(soft).slice(delay)).toEqual(soft.slice(0, -delay));
  });
});

describe('the meter', () => {
  const measure = (sound: Float32Array, channels: 1 | 2 = 1, sizes = [8_191]) => {
    const bytes = samplesToBytes(
      Int16Array.from(sound, (x) => Math.max(-32768, Math.min(32767, Math.round(x * 32768)))),
    );
    const meter = new DeliveredMeter(RATE, channels);
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const size = sizes[n % sizes.length]!;
      meter.push(Buffer.from(bytes.subarray(at, at + size)));
      at += size;
    }
    return { ...meter.measured(), waveform: meter.waveform(800) };
  };
  const stereo = (left: Float32Array, right: Float32Array) =>
    Float32Array.from({ length: left.length * 2 }, (_, i) => (i % 2 ? right : left)[i >> 1]!);

  it('knows the reference: a full-scale tone of 997 Hz on one channel is −3.01 LUFS (EBU Tech 3341)', () => {
    expect(measure(tone(997, 5, 0.9999)).integrated).toBeCloseTo(-3.01, 1);
    expect(measure(stereo(tone(997, 5, 0.9999), tone(997, 5, 0.9999)), 2).integrated).toBeCloseTo(0, 1);
  });

  it.each([
    ['babble', babble(8, 0.4), 1],
    ['loud babble, limited', new Limiter(0.7, RATE).run(babble(6, 2)), 1],
    ['a soft half', Float32Array.from([...babble(5, 0.4), ...babble(5, 0.04)]), 1],
    [
      'peaks between the samples',
      tone(1, 3).map((_, i) => Math.min(0.9, i / 9_000) * Math.sin((Math.PI / 2) * i + Math.PI / 4)),
      1,
    ],
    ['two channels', stereo(babble(5, 0.5), babble(5, 0.2)), 2],
  ] as [string, Float32Array, 1 | 2][])('agrees with ffmpeg on %s', (_name, sound, channels) => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-meter-'));
    const file = join(folder, 'x.wav');
    const samples = Int16Array.from(sound, (x) => Math.round(x * 32767));
    const wav = encodeWav({ rate: RATE, samples });
    wav.writeUInt16LE(channels, 22);
    wav.writeUInt16LE(2 * channels, 32);
    writeFileSync(file, wav);
    const args = ['-hide_banner', '-nostats', '-i', file, '-filter_complex', 'ebur128=peak=true', '-f', 'null', '-'];
    const report = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', ffmpeg!.path, ...args], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const theirs = parseLoudness(report);
    const ours = measure(sound, channels);
    expect(Math.abs(ours.integrated - theirs.integrated)).toBeLessThan(0.15);
    expect(Math.abs(ours.truePeak - theirs.truePeak)).toBeLessThan(0.2);
  });

  it('does not care in which pieces the bytes come', () => {
    const sound = stereo(babble(3, 0.5), babble(3, 0.4));
    expect(measure(sound, 2, [1, 7, 4_096])).toEqual(measure(sound, 2, [1_000_000]));
  });

  it('finds the longest silence inside, not the ones at the ends', () => {
    const gap = (seconds: number) => new Float32Array(RATE * seconds);
    const sound = Float32Array.from([
      ...gap(2),
      ...tone(500, 1),
      ...gap(1.5),
      ...tone(500, 1),
      ...gap(0.5),
      ...tone(500, 1),
      ...gap(3),
    ]);
    const { longestSilence, seconds, waveform } = measure(sound);
    expect(longestSilence).toBeCloseTo(1.5, 1);
    expect(seconds).toBe(10);
    expect(waveform).toHaveLength(500);
    // RMS of a tone of half the scale.
    expect(waveform.slice(110, 140).every((height) => Math.abs(height - 0.354) < 0.01)).toBe(true);
  });

  it('silence is −Infinity, nothing is nothing', () => {
    expect(measure(new Float32Array(RATE))).toMatchObject({
      integrated: -Infinity,
      truePeak: -Infinity,
      longestSilence: 0,
    });
    expect(new DeliveredMeter(RATE, 1).measured()).toMatchObject({ seconds: 0, integrated: -Infinity });
  });
});
