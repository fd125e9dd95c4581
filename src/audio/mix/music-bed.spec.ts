import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBeddedMix } from './bedded-mix.js';
import { DUCK_DB, Ducker } from '../dsp/ducker.js';
import { BED_LEVEL, synthesiseBed } from './music-bed.js';
import { readRaw } from '../store/pcm-file.js';

const RATE = 8_000;
const dbfs = (sound: Float32Array) =>
  10 * Math.log10(sound.reduce((sum, value) => sum + value * value, 0) / sound.length);
const highest = (sound: Float32Array) => sound.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
/** `seconds` of a tone at −23 dBFS, or of silence. */
const voice = (seconds: number, sounds = true) =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => (sounds ? 0.1 * Math.sin(i) : 0));

describe('the music', () => {
  const bed = synthesiseBed(RATE);

  it('is the same each time, of one level, and soft enough never to be a peak', () => {
    expect(synthesiseBed(RATE)).toEqual(bed);
    expect(dbfs(bed)).toBeCloseTo(BED_LEVEL, 1);
    expect(highest(bed)).toBeLessThan(0.2);
  });

  it('goes round without a click', () => {
    const steps = bed.map((value, i) => Math.abs(value - bed.at(i - 1)!));
    expect(steps[0]).toBeLessThanOrEqual(highest(steps.subarray(1)));
  });
});

describe('ducking', () => {
  /** The remaining level of steady music, sample by sample, under `speech`. */
  const leftUnder = (speech: Float32Array) => {
    const both = speech.slice();
    new Ducker(RATE).run(both, new Float32Array(speech.length).fill(0.01));
    return both.map((value, i) => (value - speech[i]!) / 0.01);
  };

  it('is down a tenth of a second after speech begins, stays down in the gap of a sentence, and comes back', () => {
    const speech = new Float32Array(8 * RATE);
    speech.set(voice(2), RATE);
    speech.set(voice(2), 3.35 * RATE);
    const left = leftUnder(speech);
    const down = 10 ** (-DUCK_DB / 20);
    expect(left[0.9 * RATE]).toBeCloseTo(1, 2);
    const spoken = left.subarray(1.2 * RATE, 5.3 * RATE);
    expect(highest(spoken)).toBeLessThan(down * 1.1);
    expect(left.at(-1)).toBeGreaterThan(0.95);
  });

  it('breath and hum do not bring it down; the speech itself is left as it is; blocks of any length give the same', () => {
    const hum = Float32Array.from({ length: RATE }, (_, i) => 0.002 * Math.sin(i));
    expect(leftUnder(hum).at(-1)).toBeCloseTo(1, 2);
    const whole = voice(1);
    const silent = new Float32Array(RATE);
    new Ducker(RATE).run(whole, silent);
    expect(whole).toEqual(voice(1));
    const music = new Float32Array(RATE).fill(0.01);
    const [once, cut] = [voice(1), voice(1)];
    new Ducker(RATE).run(once, music);
    const ducker = new Ducker(RATE);
    for (let at = 0; at < RATE; at += 777) ducker.run(cut.subarray(at, at + 777), music.subarray(at, at + 777));
    expect(cut).toEqual(once);
  });
});

describe('speech over music', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-bed-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is as long as its stretches; music comes in, goes under, and is out at the end', async () => {
    const file = join(folder, 'mix.raw');
    const stretches = [voice(3, false), voice(4), voice(5, false)];
    const each = stretches.map((sound) => () => Promise.resolve(sound.slice()));
    const told: number[] = [];
    await writeBeddedMix(file, { rate: RATE, frames: 12 * RATE, each }, { onProgress: (share) => told.push(share) });
    expect((await stat(file)).size).toBe(2 * 12 * RATE);
    expect(told.at(-1)).toBe(1);
    const sound = new Float32Array(12 * RATE);
    let at = 0;
    for await (const piece of readRaw(file, RATE)) {
      sound.set(piece, at);
      at += piece.length;
    }
    const music = dbfs(sound.subarray(2 * RATE, 3 * RATE));
    expect(Math.abs(music - BED_LEVEL)).toBeLessThan(4);
    const [, speech] = stretches;
    const spoken = sound.slice(4 * RATE, 7 * RATE).map((value, i) => value - speech![RATE + i]!);
    expect(dbfs(spoken)).toBeLessThan(music - DUCK_DB + 4);
    expect(Math.abs(sound[0]!)).toBeLessThan(0.001);
    expect(dbfs(sound.subarray(11.9 * RATE))).toBeLessThan(-50);
  });

  it('is stopped between two stretches', async () => {
    const stop = AbortSignal.abort(new Error('stopped'));
    const asked = writeBeddedMix(join(folder, 'never.raw'), { rate: RATE, frames: 1, each: [] }, { signal: stop });
    await expect(asked).resolves.toBeUndefined();
    const one = { rate: RATE, frames: RATE, each: [() => Promise.resolve(voice(1))] };
    await expect(writeBeddedMix(join(folder, 'never.raw'), one, { signal: stop })).rejects.toThrow('stopped');
  });
});
