import { DeliveredMeter } from '../dsp/delivered-meter.js';
import type { Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import type { Delivered } from './loudness.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';

const WAVEFORM_POINTS = 800;
const exact = ['-fflags', '+bitexact', '-flags:a', '+bitexact'];

export interface InspectedMp3 extends Delivered {
  /** 800 values from 0 to 1 for the page's waveform. */
  readonly peaks: readonly number[];
  /** Places where the true peak exceeds the ceiling: seconds from the start, and the excess in dB. */
  readonly overs: readonly { readonly at: number; readonly by: number }[];
}

interface WavToMp3 {
  readonly wav: string;
  readonly mp3: string;
}

/** Encodes finished sound to mp3 and decodes it again for measuring, with the settings of one profile. */
export class Mp3Maker {
  constructor(
    private readonly transcoder: Transcoder,
    private readonly profile: MasteringProfile,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Sensible number of ffmpeg runs for a few files: starting one costs as much as seconds of sound. */
  get runs(): number {
    return this.transcoder.spreads ? 1 : 2;
  }

  /**
   * Encodes mono WAV files of `rate`, all in one run. The encoder works at its default quality; `-cutoff` only tells
   * it where the sound ends, so that it does not analyse higher frequencies.
   */
  async encode(files: readonly WavToMp3[], { seconds, rate }: { seconds: number; rate: number }): Promise<void> {
    const { channels, kbps } = this.profile;
    const spread = channels === 2 ? 'pan=stereo|c0=c0|c1=c0' : 'anull';
    // No dates, names or versions in the file: equal sound gives equal bytes. Only audio frames, so that files can be
    // joined.
    const bare = ['-map_metadata', '-1', '-id3v2_version', '0', '-write_id3v1', '0', '-write_xing', '0', ...exact];
    const top = rate < MIX_RATE ? ['-cutoff', `${rate / 2}`] : [];
    const options = ['-c:a', 'libmp3lame', ...top, '-b:a', `${kbps}k`, ...bare, '-f', 'mp3'];
    await this.transcoder.run({
      inputs: files.map(({ wav }) => ({ file: wav, format: 'wav' })),
      outputs: files.map(({ mp3 }, n) => {
        return { file: mp3, graph: `[${n}:a:0]aresample=${MIX_RATE},${spread}[o${n}]`, pad: `o${n}`, options };
      }),
      ...this.limits(seconds),
    });
  }

  /** Decodes the delivered file once, for all measurements. */
  async look(file: string, seconds: number): Promise<InspectedMp3> {
    const { channels, truePeak } = this.profile;
    const meter = new DeliveredMeter(MIX_RATE, channels, truePeak);
    const raw = ['-c:a', 'pcm_s16le', '-ac', `${channels}`, '-ar', `${MIX_RATE}`, '-f', 's16le'];
    await this.transcoder.run({
      inputs: [{ file, format: 'mp3' }],
      graph: '[0:a:0]anull[out]',
      outputs: [{ pad: 'out', take: (bytes) => meter.push(bytes), options: raw }],
      ...this.limits(seconds),
    });
    return { ...meter.measured(), peaks: meter.waveform(WAVEFORM_POINTS), overs: meter.overs() };
  }

  private limits(seconds: number) {
    return { timeoutMs: 30_000 + seconds * 1_000, signal: this.signal };
  }
}
