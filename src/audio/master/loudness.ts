import { DomainError } from '../../shared/domain-error.js';
import {
  DURATION_TOLERANCE,
  LONGEST_SILENCE,
  LOUDNESS_TOLERANCE,
  type MasteringProfile,
} from '../dsp/mastering-profiles.js';

/** Measurements of a delivered file. */
export interface Delivered {
  /** Integrated, LUFS; −Infinity for silence. */
  readonly integrated: number;
  /** dBTP. */
  readonly truePeak: number;
  readonly seconds: number;
  /** Longest silence between the first and the last audible slice, seconds. */
  readonly longestSilence: number;
}

/** Throws `clip-not-ready` with the figures when a delivered file misses its profile or its plan. */
export function requireDelivered(measured: Delivered, profile: MasteringProfile, planSeconds: number): void {
  const faults: { vi: string; en: string }[] = [];
  const { integrated, truePeak, seconds, longestSilence } = measured;
  if (!(Math.abs(integrated - profile.loudness) <= LOUDNESS_TOLERANCE)) {
    faults.push({
      vi: `độ to ${integrated} LUFS thay vì ${profile.loudness}`,
      en: `loudness ${integrated} LUFS instead of ${profile.loudness}`,
    });
  }
  if (!(truePeak <= profile.truePeak)) {
    faults.push({
      vi: `đỉnh ${truePeak} dBTP vượt ${profile.truePeak}`,
      en: `true peak ${truePeak} dBTP above ${profile.truePeak}`,
    });
  }
  if (!(Math.abs(seconds - planSeconds) <= DURATION_TOLERANCE)) {
    const [is, want] = [seconds.toFixed(2), planSeconds.toFixed(2)];
    faults.push({ vi: `dài ${is} giây thay vì ${want}`, en: `${is} seconds long instead of ${want}` });
  }
  if (longestSilence > LONGEST_SILENCE) {
    const gap = longestSilence.toFixed(1);
    faults.push({ vi: `có đoạn im lặng ${gap} giây`, en: `a silence of ${gap} seconds` });
  }
  if (faults.length === 0) return;
  throw new DomainError(
    'unavailable',
    'clip-not-ready',
    {
      vi: `Bản thu chưa đạt nên không được dùng: ${faults.map((fault) => fault.vi).join('; ')}.`,
      en: `The clip misses its profile and is not used: ${faults.map((fault) => fault.en).join('; ')}.`,
    },
    { profile: profile.name, planSeconds, ...measured },
  );
}
