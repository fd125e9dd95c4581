import { DomainError } from '../../shared/domain-error.js';
import type { MetSlot } from './clash.js';
import { refusalSentences } from '../../channels/hours/placement-sentences.js';

/** The slot has ended: it can no longer be moved or cancelled. */
export function frozen(): DomainError {
  return new DomainError('invalid', 'frozen', refusalSentences.frozen());
}

export function lockedMove(lockMs: number): DomainError {
  return new DomainError('invalid', 'locked', refusalSentences.locked(lockMs), { field: 'reason' });
}

/** A move never replaces a priority item of the other side: a new slot must be placed there, and the ward is asked. */
export function wardFirst(met: readonly MetSlot[]): DomainError {
  return new DomainError(
    'conflict',
    'ward-decides',
    {
      vi: 'Giờ này có tin ưu tiên của bên kia; hãy xếp lượt mới ở đó để đơn vị sở tại quyết định.',
      en: 'A priority item of the other side stands there; place a new slot there and the ward decides.',
    },
    { field: 'startsAt', meets: met },
  );
}

/** Another person changed the slot since: reload, then decide. */
export function stale(version: number): DomainError {
  return new DomainError(
    'stale',
    'stale',
    {
      vi: 'Lượt phát này vừa được người khác thay đổi. Xin tải lại rồi làm lại.',
      en: 'Somebody has changed this slot since you looked. Reload, then try again.',
    },
    { version },
  );
}

export function goneBy(): DomainError {
  return new DomainError('invalid', 'in-the-past', {
    vi: 'Lượt này đã qua giờ phát, không hủy được nữa.',
    en: 'The time of this slot is over; it cannot be cancelled.',
  });
}

/** The trimmed reason. Throws `reason-needed`. */
export function cancelReason(reason: string): string {
  const why = reason.trim();
  if (why) return why;
  throw new DomainError(
    'invalid',
    'reason-needed',
    { vi: 'Xin ghi lý do hủy lượt phát.', en: 'Say why the slot is cancelled.' },
    { field: 'reason' },
  );
}

export function notAnEmergency(): DomainError {
  return new DomainError(
    'invalid',
    'not-an-emergency',
    {
      vi: 'Đợt tuyên truyền này không phải tin khẩn cấp, không được phát ngoài giờ.',
      en: 'This campaign is no emergency; it does not pass the hours.',
    },
    { field: 'emergency' },
  );
}

export function approverNeeded(what: 'emergency' | 'relay'): DomainError {
  const sentences = {
    emergency: {
      vi: 'Chỉ lãnh đạo duyệt được ra lệnh, dời lượt phát khẩn cấp ngoài giờ và ngoài buổi.',
      en: 'Only an approver orders or moves an emergency outside of windows and hours.',
    },
    relay: {
      vi: 'Tiếp sóng không qua duyệt nội dung nên phải do lãnh đạo duyệt ra lệnh.',
      en: 'Nobody approves what a relay will say, so an approver orders it.',
    },
  };
  return new DomainError('forbidden', 'approver-needed', sentences[what]);
}
