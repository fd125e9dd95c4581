import { DomainError } from '../../shared/domain-error.js';

export const RECORDING_MAX_BYTES = 200_000_000;
export const RECORDING_MAX_SECONDS = 60 * 60;
/** Loudness is undefined for less. */
const RECORDING_LEAST_SECONDS = 1;
/** With a smaller audible share nobody spoke. */
const LEAST_ACTIVE_SHARE = 0.05;

/**
 * Throws `not-sound`, `too-long`, `too-short` or `silent-recording` (invalid) for a decoded recording that cannot air.
 */
export function requireUsable({
  seconds,
  activeShare,
}: {
  readonly seconds: number;
  readonly activeShare: number;
}): void {
  if (seconds === 0) throw notSound();
  if (seconds > RECORDING_MAX_SECONDS) {
    const minutes = RECORDING_MAX_SECONDS / 60;
    throw new DomainError('invalid', 'too-long', {
      vi: `Bản thu dài quá ${minutes} phút.`,
      en: `The recording is longer than ${minutes} minutes.`,
    });
  }
  if (seconds < RECORDING_LEAST_SECONDS) {
    throw new DomainError('invalid', 'too-short', {
      vi: 'Bản thu ngắn chưa đến một giây. Hãy thu lại.',
      en: 'The recording is shorter than a second. Record again.',
    });
  }
  if (activeShare < LEAST_ACTIVE_SHARE) {
    throw new DomainError('invalid', 'silent-recording', {
      vi: 'Bản thu không có tiếng. Hãy kiểm tra micro rồi thu lại.',
      en: 'The recording is silent. Check the microphone and record again.',
    });
  }
}

export function notSound(cause?: unknown): DomainError {
  return new DomainError(
    'invalid',
    'not-sound',
    {
      vi: 'Tệp này không phải âm thanh dùng được. Các loại nhận: mp3, wav, flac, ogg, m4a, webm.',
      en: 'This file is not a sound that can be used. Accepted: mp3, wav, flac, ogg, m4a, webm.',
    },
    {},
    { cause },
  );
}

/** The form ended in the middle of its file. */
export function cutOff(cause: unknown): DomainError {
  return new DomainError(
    'malformed',
    'cut-off',
    {
      vi: 'Tệp chưa gửi hết thì đường truyền đứt. Xin gửi lại.',
      en: 'The file was cut off on its way. Send it again.',
    },
    {},
    { cause },
  );
}

export function isVideo(): DomainError {
  return new DomainError('invalid', 'is-video', {
    vi: 'Đây là tệp video. Hãy tách phần âm thanh ra (mp3 hoặc m4a) rồi tải lên.',
    en: 'This is a video. Save its sound as mp3 or m4a and upload that.',
  });
}

export function recordingTooLarge(): DomainError {
  const most = RECORDING_MAX_BYTES / 1_000_000;
  return new DomainError('too-large', 'recording-too-large', {
    vi: `Tệp âm thanh lớn quá ${most} MB. Hãy cắt bớt hoặc lưu thành mp3.`,
    en: `The file is larger than ${most} MB. Cut it, or save it as mp3.`,
  });
}
