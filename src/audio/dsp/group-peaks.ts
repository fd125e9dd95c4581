const { abs } = Math;

/** Highest sample of each group of 16, so that callers can skip whole groups. */
export class GroupPeaks {
  private space = new Float32Array(0);

  /** Valid until the next call. */
  of(x: Float32Array): Float32Array {
    const count = Math.ceil(x.length / 16);
    if (this.space.length < count) this.space = new Float32Array(count);
    const peaks = this.space.subarray(0, count);
    for (let g = 0; g < count; g++) {
      const end = Math.min(x.length, g * 16 + 16);
      let highest = 0;
      for (let i = g * 16; i < end; i++) {
        const height = abs(x[i]!);
        if (height > highest) highest = height;
      }
      peaks[g] = highest;
    }
    return peaks;
  }
}
