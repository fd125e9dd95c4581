import { integratedLoudness, LoudnessMeter } from './loudness-meter.js';
import { PeakMeter } from './peak-meter.js';
import { ActivityMeter } from './activity-meter.js';

export interface Measured {
  /** Integrated, LUFS; −Infinity for silence. */
  readonly integrated: number;
  /** dBTP. */
  readonly truePeak: number;
  readonly seconds: number;
  /** Longest silence between the first and the last audible slice, seconds. */
  readonly longestSilence: number;
}

/**
 * Measures decoded sound as a stream: 16 bits little-endian, one or two interleaved channels. Keeps at most one block
 * in memory.
 */
export class DeliveredMeter {
  private readonly loudness: LoudnessMeter[];
  private readonly peaks: PeakMeter[];
  private readonly slices: ActivityMeter;
  /**
   * One reused buffer for each channel: new ones for an hour of sound keep the garbage collector busier than the
   * meters.
   */
  private blocks: Float32Array[] = [];
  /** The bytes of a sample that was split between two reads. */
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    private readonly rate: number,
    private readonly channels: 1 | 2,
    private readonly ceilingDb = 0,
  ) {
    const each = Array.from({ length: channels });
    this.loudness = each.map(() => new LoudnessMeter(rate));
    this.peaks = each.map(() => new PeakMeter(10 ** (ceilingDb / 20)));
    this.slices = new ActivityMeter(rate);
  }

  push(bytes: Buffer): void {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const width = 2 * this.channels;
    const count = Math.floor(all.length / width);
    // A copy: the pipe reuses its buffer.
    this.rest = Buffer.from(all.subarray(count * width));
    if (count === 0) return;
    const blocks = this.loudness.map((_, channel) => this.channelOf(all, channel, count));
    this.slices.push(blocks[0]!, blocks[1]);
    blocks.forEach((block, channel) => {
      this.loudness[channel]!.push(block);
      this.peaks[channel]!.push(block);
    });
  }

  measured(): Measured {
    const [left, right] = this.loudness as [LoudnessMeter, LoudnessMeter | undefined];
    const steps = right ? left.steps.map((power, i) => power + right.steps[i]!) : left.steps;
    const peak = Math.max(...this.peaks.map((meter) => meter.peak));
    return {
      integrated: Math.round(integratedLoudness([steps]) * 100) / 100,
      // Rounded up, so that a peak over the ceiling is never reported as one below it.
      truePeak: Math.ceil(2_000 * Math.log10(peak)) / 100,
      seconds: this.slices.frames / this.rate,
      longestSilence: this.slices.longestSilence(),
    };
  }

  /** Places where the true peak exceeds the ceiling: seconds from the start, and the excess in dB. */
  overs(): { at: number; by: number }[] {
    return this.peaks.flatMap(({ overs }) =>
      overs.map(({ at, peak }) => ({ at: at / this.rate, by: 20 * Math.log10(peak) - this.ceilingDb })),
    );
  }

  /** `count` values from 0 to 1: the waveform that a page draws. */
  waveform(count: number): number[] {
    return this.slices.waveform(count);
  }

  private channelOf(bytes: Uint8Array, channel: number, count: number): Float32Array {
    if ((this.blocks[channel]?.length ?? 0) < count) this.blocks[channel] = new Float32Array(count);
    const block = this.blocks[channel]!;
    const width = 2 * this.channels;
    for (let i = 0, at = 2 * channel; i < count; i++, at += width) {
      // The sign is in the upper byte.
      block[i] = (((bytes[at + 1]! << 24) >> 16) | bytes[at]!) / 32768;
    }
    return block.subarray(0, count);
  }
}
