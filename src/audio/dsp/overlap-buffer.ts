import { REACH } from './inter-sample-peaks.js';

/**
 * Prepends the end of the previous block to the next one, so that values between the two are computed like all others.
 */
export class OverlapBuffer {
  private space = new Float32Array(2 * REACH);
  private length = 2 * REACH;

  /** 16 samples of the previous block, then `block` times `gain`. Valid until the next call. */
  before(block: Float32Array, gain = 1): Float32Array {
    const last = this.space.slice(this.length - 2 * REACH, this.length);
    this.length = block.length + 2 * REACH;
    if (this.space.length < this.length) this.space = new Float32Array(this.length);
    const space = this.space.subarray(0, this.length);
    space.set(last);
    if (gain === 1) space.set(block, 2 * REACH);
    else for (let i = 0; i < block.length; i++) space[i + 2 * REACH] = block[i]! * gain;
    return space;
  }
}
