import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { longestPause, peaksOf } from '../speech/voices/sound.js';
import { parseWav, secondsOf } from '../speech/voices/wav.js';
import type { FfmpegJob, Transcoder } from './ffmpeg.adapter.js';
import { parseLoudness, type Delivered, type Loudness } from './loudness.js';
import { MIX_RATE } from './mix-plan.js';
import type { SoundProfile } from './profiles.js';

/** The limiter works at twice the mix rate; what a true peak still adds between two samples is in the encoder's allowance. */
const LIMITER_RATE = MIX_RATE * 2;
/** The delivered file is looked at (length, silence, waveform) at this rate. */
const LOOK_RATE = 8_000;
const WAVEFORM_POINTS = 800;
const exact = ['-fflags', '+bitexact', '-flags:a', '+bitexact'];

type Run = Pick<FfmpegJob, 'inputs' | 'graph' | 'outputs'>;

/** The ffmpeg runs of one clip; intermediate files in one folder, each run replacing its own. */
export class MasteringSteps {
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

  /** Gain, then a limiter with its ceiling at `ceilingDb`; the result is kept for `encode`. */
  async limit(gainDb: number, ceilingDb: number): Promise<Loudness> {
    const plain = ['-c:a', 'pcm_s16le', '-f', 'wav', ...exact];
    return this.measured({
      inputs: [{ file: this.shaped, format: 'wav' }],
      graph: `[0:a:0]${limiter(gainDb, ceilingDb)},asplit[keep][ear];[ear]${this.ear()}[told]`,
      outputs: [{ file: this.limited, pad: 'keep', options: plain }, { pad: 'told' }],
    });
  }

  /** The same on `seconds` from second `from`, only to learn how loud it comes out. */
  async tryLimit(gainDb: number, ceilingDb: number, from: number, seconds: number): Promise<Loudness> {
    const part = `atrim=start=${from}:end=${from + seconds},asetpts=PTS-STARTPTS`;
    return this.measured({
      inputs: [{ file: this.shaped, format: 'wav' }],
      graph: `[0:a:0]${part},${limiter(gainDb, ceilingDb)},${this.ear()}[told]`,
      outputs: [{ pad: 'told' }],
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

  private async measured(job: Run): Promise<Loudness> {
    return parseLoudness(await this.run(job));
  }

  private async run(job: Run): Promise<string> {
    return this.transcoder.run({ ...job, timeoutMs: this.timeoutMs, signal: this.signal });
  }
}

function limiter(gainDb: number, ceilingDb: number): string {
  const limit = (10 ** (ceilingDb / 20)).toFixed(6);
  return [
    `volume=${gainDb.toFixed(3)}dB`,
    `aresample=${LIMITER_RATE}`,
    `alimiter=limit=${limit}:level=0:attack=3:release=60`,
    `aresample=${MIX_RATE}`,
    'aformat=sample_fmts=s16',
  ].join(',');
}
