/** The sound of a clip for one kind of output. Loudness by ITU-R BS.1770 / EBU R 128, measured on the delivered mp3. */
export interface MasteringProfile {
  readonly name: ProfileName;
  /** Integrated loudness, LUFS. */
  readonly loudness: number;
  /** Highest true peak, dBTP. */
  readonly truePeak: number;
  /** Hertz; a horn loses what is outside the band, or spends power on it. */
  readonly band?: { readonly from: number; readonly to: number };
  /**
   * Compresses the dynamic range, for horns that run at the limit of their amplifier and must carry across a street.
   */
  readonly compress: boolean;
  /** Whether music under the speech is allowed. */
  readonly bed: boolean;
  readonly channels: 1 | 2;
  readonly kbps: number;
}

export const masteringProfileNames = ['horn', 'fm', 'web'] as const;
export type ProfileName = (typeof masteringProfileNames)[number];

export const profiles: Readonly<Record<ProfileName, MasteringProfile>> = {
  horn: {
    name: 'horn',
    loudness: -16,
    truePeak: -2,
    band: { from: 250, to: 7_000 },
    compress: true,
    bed: false,
    channels: 1,
    kbps: 96,
  },
  fm: {
    name: 'fm',
    loudness: -18,
    truePeak: -2,
    band: { from: 80, to: 15_000 },
    compress: false,
    bed: true,
    channels: 2,
    kbps: 192,
  },
  web: {
    name: 'web',
    loudness: -16,
    truePeak: -1.5,
    compress: false,
    bed: true,
    channels: 2,
    kbps: 128,
  },
};

/** Delivered loudness may miss the target by this much, LU. */
export const LOUDNESS_TOLERANCE = 0.5;
/** Delivered duration may miss the plan by this much, seconds. */
export const DURATION_TOLERANCE = 0.2;
/** A longer silence inside a clip sounds like a broken connection, seconds. */
export const LONGEST_SILENCE = 3;
