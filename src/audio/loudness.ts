import { DomainError } from '../shared/domain-error.js';
import { DURATION_TOLERANCE, LONGEST_SILENCE, LOUDNESS_TOLERANCE, type SoundProfile } from './profiles.js';

/** Sound as ffmpeg's ebur128 measures it; silence measures −70 LUFS and −Infinity dBTP. */
export interface Loudness {
  /** Integrated, LUFS. */
  readonly integrated: number;
  /** dBTP; NaN when the true peak was not asked for. */
  readonly truePeak: number;
}

/** What was measured on a delivered file. */
export interface Delivered extends Loudness {
  readonly seconds: number;
  /** Longest silence between the first and the last sound, seconds. */
  readonly longestSilence: number;
}

/** Reads the summary that ebur128 writes at the end of the report. */
export function parseLoudness(report: string): Loudness {
  const summary = report.slice(report.lastIndexOf('Integrated loudness:'));
  const integrated = /\bI:\s+(-?[\d.]+|-?inf|-?nan) LUFS/.exec(summary)?.[1];
  const peak = /\bPeak:\s+(-?[\d.]+|-?inf|-?nan) dBFS/.exec(summary)?.[1];
  if (integrated === undefined) {
    throw new DomainError('unavailable', 'no-loudness', {
      vi: 'ffmpeg không báo độ to của âm thanh; bản ffmpeg này có thể thiếu bộ lọc ebur128.',
      en: 'ffmpeg reported no loudness; this copy may lack the ebur128 filter.',
    });
  }
  return { integrated: decibels(integrated), truePeak: peak === undefined ? NaN : decibels(peak) };
}

function decibels(text: string): number {
  return /inf|nan/.test(text) ? -Infinity : Number(text);
}

/** Throws `clip-not-ready` with the figures when a delivered file misses its profile or its plan. */
export function requireDelivered(measured: Delivered, profile: SoundProfile, planSeconds: number): void {
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
