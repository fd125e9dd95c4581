import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { longestPause, peaksOf } from '../speech/voices/sound.js';
import { parseWav, secondsOf } from '../speech/voices/wav.js';
import type { FfmpegJob, Transcoder } from './ffmpeg.adapter.js';
import { parseLoudness, requireDelivered, type Delivered, type Loudness } from './loudness.js';
import { MIX_RATE } from './mix-plan.js';
import type { SoundProfile } from './profiles.js';

/** libmp3lame scales its input by 0.95, so what it writes is this much quieter, dB. */
const ENCODER_LOSS_DB = 0.45;
/** What mp3 puts on top of a limited peak, dB; a clip where it is more gets a second encoding. */
const ENCODER_OVERSHOOT_DB = 1.2;
/** The limiter works at four times the mix rate, where samples are close enough to the true peak. */
const LIMITER_RATE = MIX_RATE * 4;
const LIMITER_TRIES = 4;
const ENCODINGS = 3;
/** The delivered file is looked at (length, silence, waveform) at this rate. */
const LOOK_RATE = 8_000;
const WAVEFORM_POINTS = 800;

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
  const steps = new Steps(transcoder, profile, workDir, timeoutMs, signal);
  onProgress?.('master');
  const shaped = await steps.shape(options.input);
  let aim = profile.loudness + ENCODER_LOSS_DB;
  let ceiling = profile.truePeak + ENCODER_LOSS_DB - ENCODER_OVERSHOOT_DB;
  for (let encoding = 1; ; encoding++) {
    await settle(steps, shaped, aim, ceiling);
    onProgress?.('encode');
    const file = await steps.encode();
    onProgress?.('check');
    const delivered = await steps.look(file);
    const off = profile.loudness - delivered.integrated;
    const over = delivered.truePeak - profile.truePeak;
    if (encoding === ENCODINGS || (Math.abs(off) <= 0.3 && over <= 0)) {
      requireDelivered(delivered, profile, planSeconds);
      return { ...delivered, file };
    }
    aim += off;
    if (over > 0) ceiling -= over + 0.2;
  }
}

/** Finds the gain with which the limited sound is as loud as `aim`: a limiter gives back less than it is given. */
async function settle(steps: Steps, shaped: Loudness, aim: number, ceiling: number): Promise<void> {
  let gain = aim - shaped.integrated;
  // Until two points are known: what a limiter on speech usually gives back.
  let slope = 0.75;
  let before: { gain: number; loudness: number } | undefined;
  for (let attempt = 1; ; attempt++) {
    const { integrated } = await steps.limit(gain, ceiling);
    const off = aim - integrated;
    if (Math.abs(off) <= 0.1 || attempt === LIMITER_TRIES || !Number.isFinite(off)) return;
    if (before && gain !== before.gain) slope = (integrated - before.loudness) / (gain - before.gain);
    before = { gain, loudness: integrated };
    // Past 24 dB a limiter only makes noise of speech.
    gain = Math.min(gain + off / Math.min(1, Math.max(0.25, slope)), aim - shaped.integrated + 24);
  }
}

/** The ffmpeg runs of one clip; intermediate files in one folder, each run replacing its own. */
class Steps {
  private readonly shaped: string;
  private readonly limited: string;

  constructor(
    private readonly transcoder: Transcoder,
    private readonly profile: SoundProfile,
    private readonly workDir: string,
    private readonly timeoutMs: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.shaped = join(workDir, 'shaped.wav');
    this.limited = join(workDir, 'limited.wav');
  }

  async shape(input: string): Promise<Loudness> {
    const { band, compress } = this.profile;
    const filters: string[] = [];
    // Twice each: 24 dB an octave, as a horn's own roll-off.
    if (band) filters.push(...Array<string>(2).fill(`highpass=f=${band.from}`));
    if (band) filters.push(...Array<string>(2).fill(`lowpass=f=${band.to}`));
    if (compress) filters.push('acompressor=threshold=0.05:ratio=3:attack=8:release=120:knee=4');
    const float = ['-c:a', 'pcm_f32le', '-f', 'wav', ...exact];
    return this.measured({
      inputs: [{ file: input, format: 'wav' }],
      graph: `[0:a:0]${[...filters, 'asplit'].join(',')}[keep][ear];[ear]${this.ear()}[told]`,
      outputs: [{ file: this.shaped, pad: 'keep', options: float }, { pad: 'told' }],
    });
  }

  async limit(gainDb: number, ceilingDb: number): Promise<Loudness> {
    const limit = (10 ** (ceilingDb / 20)).toFixed(6);
    const chain = [
      `volume=${gainDb.toFixed(3)}dB`,
      `aresample=${LIMITER_RATE}`,
      `alimiter=limit=${limit}:level=0:attack=3:release=60`,
      `aresample=${MIX_RATE}`,
      'aformat=sample_fmts=s16',
      'asplit',
    ];
    return this.measured({
      inputs: [{ file: this.shaped, format: 'wav' }],
      graph: `[0:a:0]${chain.join(',')}[keep][ear];[ear]${this.ear()}[told]`,
      outputs: [
        { file: this.limited, pad: 'keep', options: ['-c:a', 'pcm_s16le', '-f', 'wav', ...exact] },
        { pad: 'told' },
      ],
    });
  }

  async encode(): Promise<string> {
    const file = join(this.workDir, 'clip.mp3');
    const { channels, kbps } = this.profile;
    const spread = channels === 2 ? 'pan=stereo|c0=c0|c1=c0' : 'anull';
    // No dates, names or versions in the file: equal sound gives equal bytes.
    const bare = ['-map_metadata', '-1', '-id3v2_version', '0', '-write_id3v1', '0', ...exact];
    const options = ['-c:a', 'libmp3lame', '-b:a', `${kbps}k`, '-ar', `${MIX_RATE}`, ...bare, '-f', 'mp3'];
    await this.run({
      inputs: [{ file: this.limited, format: 'wav' }],
      graph: `[0:a:0]${spread}[out]`,
      outputs: [{ file, pad: 'out', options }],
    });
    return file;
  }

  /** Decodes the delivered file once, for everything that is to be known of it. */
  async look(file: string): Promise<Delivered & { peaks: number[] }> {
    const seen = join(this.workDir, 'seen.wav');
    const look = ['-c:a', 'pcm_s16le', '-ac', '1', '-ar', `${LOOK_RATE}`, '-f', 'wav'];
    const report = await this.run({
      inputs: [{ file, format: 'mp3' }],
      graph: '[0:a:0]asplit[see][ear];[ear]ebur128=framelog=verbose:peak=true[told]',
      outputs: [{ file: seen, pad: 'see', options: look }, { pad: 'told' }],
    });
    const pcm = parseWav(await readFile(seen));
    return {
      ...parseLoudness(report),
      seconds: secondsOf(pcm),
      longestSilence: longestPause(pcm),
      peaks: peaksOf(pcm, WAVEFORM_POINTS),
    };
  }

  /** The work is mono; a stereo delivery is two equal channels and measures 3 LU more. */
  private ear(): string {
    return `ebur128=framelog=verbose:dualmono=${this.profile.channels === 2 ? 1 : 0}`;
  }

  private async measured(job: Pick<FfmpegJob, 'inputs' | 'graph' | 'outputs'>): Promise<Loudness> {
    return parseLoudness(await this.run(job));
  }

  private async run(job: Pick<FfmpegJob, 'inputs' | 'graph' | 'outputs'>): Promise<string> {
    return this.transcoder.run({ ...job, timeoutMs: this.timeoutMs, signal: this.signal });
  }
}

const exact = ['-fflags', '+bitexact', '-flags:a', '+bitexact'];
