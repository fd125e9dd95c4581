import type { Transcoder } from './ffmpeg.adapter.js';
import { requireDelivered, type Delivered } from './loudness.js';
import { MasteringSteps } from './mastering-steps.js';
import type { SoundProfile } from './profiles.js';

/** libmp3lame scales its input down, more so at low bit rates: what it writes is this much quieter, dB. */
const encoderLossDb = ({ kbps }: SoundProfile) => (kbps >= 160 ? 0.25 : 0.45);
/** What mp3 puts on top of a limited peak, dB; a clip where it is more gets a second encoding, which costs more than headroom. */
const encoderOvershootDb = ({ compress }: SoundProfile) => (compress ? 1.6 : 0.9);
const GAIN_TOLERANCE = 0.15;
const GAIN_TRIES = 4;
const ENCODINGS = 3;
/** Sound longer than this has its gain looked for on an excerpt, behind the opening chime, seconds. */
const LONG = 100;
const EXCERPT = { from: 5, seconds: 40 };

export interface Mastered extends Delivered {
  readonly file: string;
  /** 800 values from 0 to 1 for the page's waveform. */
  readonly peaks: readonly number[];
}

export interface MasterOptions {
  readonly profile: SoundProfile;
  /** The mix: mono WAV at MIX_RATE. */
  readonly input: string;
  readonly planSeconds: number;
  /** A folder of this job alone; the mp3 is left in it. */
  readonly workDir: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: 'master' | 'encode' | 'check') => void;
}

/**
 * Mix → band and compressor → gain and limiter → one mp3, measured as delivered. Gain and ceiling are settled on the sound
 * before the encoder, which is by far the slowest part, so it usually runs once. Throws `clip-not-ready` with the figures
 * when the file misses its profile. (Two passes of ffmpeg's loudnorm take three times as long and change the dynamics unasked.)
 */
export async function master(transcoder: Transcoder, options: MasterOptions): Promise<Mastered> {
  const { profile, planSeconds, workDir, signal, onProgress } = options;
  const timeoutMs = 30_000 + planSeconds * 1_000;
  const steps = new MasteringSteps(transcoder, profile, workDir, timeoutMs, signal);
  onProgress?.('master');
  const { integrated: shaped } = await steps.shape(options.input);
  let aim = profile.loudness + encoderLossDb(profile);
  let ceiling = profile.truePeak + encoderLossDb(profile) - encoderOvershootDb(profile);
  for (let encoding = 1; ; encoding++) {
    await settle(steps, shaped, aim, ceiling, planSeconds);
    onProgress?.('encode');
    const file = await steps.encode();
    onProgress?.('check');
    const delivered = await steps.look(file);
    const off = profile.loudness - delivered.integrated;
    const over = delivered.truePeak - profile.truePeak;
    if (encoding === ENCODINGS || (Math.abs(off) <= 0.4 && over <= 0)) {
      requireDelivered(delivered, profile, planSeconds);
      return { ...delivered, file };
    }
    aim += off;
    if (over > 0) ceiling -= over + 0.2;
  }
}

/** Leaves the limited sound as loud as `aim`, as nearly as it goes. */
async function settle(
  steps: MasteringSteps,
  shaped: number,
  aim: number,
  ceiling: number,
  seconds: number,
): Promise<void> {
  const whole = async (gain: number) => (await steps.limit(gain, ceiling)).integrated;
  let start = aim - shaped;
  if (seconds > LONG) {
    const part = async (gain: number, limit: number) => {
      return (await steps.tryLimit(gain, limit, EXCERPT.from, EXCERPT.seconds)).integrated;
    };
    const softer = (await part(0, 0)) - shaped;
    // An excerpt that is mostly silence tells nothing.
    if (Math.abs(softer) < 6) start = await findGain((gain) => part(gain, ceiling), start, aim + softer);
  }
  await findGain(whole, start, aim);
}

/**
 * The gain (dB) with which `loudnessAt` answers `aim`, found from `start`; the last call was with the answer. A limiter gives back less
 * than it is given, so each miss is divided by the slope between the last two tries.
 */
export async function findGain(
  loudnessAt: (gain: number) => Promise<number>,
  start: number,
  aim: number,
): Promise<number> {
  let gain = start;
  // Until two points are known: what a limiter on speech usually gives back.
  let slope = 0.75;
  let before: { gain: number; loudness: number } | undefined;
  for (let attempt = 1; ; attempt++) {
    const loudness = await loudnessAt(gain);
    const off = aim - loudness;
    if (Math.abs(off) <= GAIN_TOLERANCE || attempt === GAIN_TRIES || !Number.isFinite(off)) return gain;
    if (before && gain !== before.gain) slope = (loudness - before.loudness) / (gain - before.gain);
    before = { gain, loudness };
    // Past 24 dB a limiter only makes noise of speech.
    gain = Math.min(gain + off / Math.min(1, Math.max(0.25, slope)), start + 24);
  }
}
