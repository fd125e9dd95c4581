import type { MasteringProfile } from './mastering-profiles.js';
import { BiquadCascade, highPass, lowPass } from './biquad-cascade.js';
import { Compressor } from './compressor.js';

/**
 * The part of a profile that does not depend on the loudness of the whole: band filter and compressor, over a stream of
 * blocks, in place. Reasons and figures against ffmpeg's filters:
 * DECISIONS.md, “Sound is shaped, limited and measured in TypeScript”.
 */
export class Shaper {
  private readonly band: BiquadCascade;
  private readonly compressor: Compressor | undefined;

  constructor({ band, compress }: MasteringProfile, rate: number) {
    // Twice each: 24 dB an octave, like the roll-off of a horn.
    const low = band ? [highPass(band.from, rate)] : [];
    // At half the usual rate there is nothing above 11 kHz to remove.
    const high = band && band.to < 0.4 * rate ? [lowPass(band.to, rate)] : [];
    this.band = new BiquadCascade([...low, ...high].flatMap((one) => [one, one]));
    this.compressor = compress ? new Compressor(rate) : undefined;
  }

  run(block: Float32Array): void {
    this.band.run(block);
    this.compressor?.run(block);
  }
}
