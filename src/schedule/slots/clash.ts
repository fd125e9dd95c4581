import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { type BulletinClass, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import { isFinal, type SlotState } from './slot.transitions.js';
import type { SlotRole } from './slot-kind.js';

/** What a person may choose when a slot overlaps others. */
export const clashChoices = ['refuse', 'override', 'append'] as const;
export type ClashChoice = (typeof clashChoices)[number];

/** An existing slot in the way. */
export interface MetSlot {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  title: string;
  state: SlotState;
  version: number;
  role: SlotRole;
  bulletinClass: BulletinClass;
  /** The ward's own item: its script was written for the unit of the channel. */
  own: boolean;
}

/** The item that wants the place. */
export interface Newcomer {
  bulletinClass: BulletinClass;
  own: boolean;
  /** The approver who ordered an emergency. */
  authorisedBy: string | null;
  /** Why something changes so close to air. */
  reason?: string;
}

export type OverrideVerdict =
  | { verdict: 'allowed' }
  /** A priority item of the centre and one of the ward overlap: the ward decides (Thông tư 39/2020). */
  | { verdict: 'ward-decides' }
  | { verdict: 'refused'; code: OverrideRefusal; sentence: Sentence };

export type OverrideRefusal = 'frozen' | 'on-air' | 'higher-class' | 'frame' | 'locked';

const rank: Record<BulletinClass, number> = { normal: 0, priority: 1, emergency: 2 };

/**
 * Decides whether a new item may replace the slots met. A slot that aired stays; a slot on the air is cut only by an
 * emergency; a lower class never replaces a higher one; inside the lock a reason is required.
 */
export function judgeOverride(
  newcomer: Newcomer,
  met: readonly MetSlot[],
  now: Instant,
  lockMs: number,
): OverrideVerdict {
  const emergency = newcomer.authorisedBy !== null;
  const refused = (code: OverrideRefusal, sentence: Sentence): OverrideVerdict => ({
    verdict: 'refused',
    code,
    sentence,
  });
  if (met.some(({ state }) => isFinal(state))) return refused('frozen', sentences.frozen());
  if (met.some(({ role }) => role !== 'item') && !emergency) return refused('frame', sentences.frame());
  if (met.some(({ startsAt }) => startsAt <= now) && !emergency) return refused('on-air', sentences.onAir());
  const stronger = met.find((slot) => rank[slot.bulletinClass] > rank[newcomer.bulletinClass]);
  if (stronger) return refused('higher-class', sentences.higherClass(stronger, newcomer));
  const locked = met.some(({ startsAt }) => startsAt < now + lockMs);
  if (locked && !emergency && !newcomer.reason?.trim()) return refused('locked', sentences.locked(lockMs));
  const both = (slot: MetSlot) => slot.bulletinClass === 'priority' && newcomer.bulletinClass === 'priority';
  if (met.some((slot) => both(slot) && slot.own !== newcomer.own)) return { verdict: 'ward-decides' };
  return { verdict: 'allowed' };
}

const sentences = {
  frozen: (): Sentence => ({
    vi: 'Lượt ở giờ này đã phát hoặc đã kết thúc, không thay được nữa.',
    en: 'What stands there has aired or is otherwise final; it cannot be replaced.',
  }),
  frame: (): Sentence => ({
    vi: 'Giờ này dành cho phần mở đầu hoặc kết thúc của buổi phát.',
    en: 'This time is kept for the opening or closing of the session.',
  }),
  onAir: (): Sentence => ({
    vi: 'Lượt ở giờ này đã đến giờ phát; chỉ tin khẩn cấp mới được cắt ngang.',
    en: 'The time of what stands there has come; only an emergency may cut it.',
  }),
  higherClass: (met: MetSlot, newcomer: Newcomer): Sentence => ({
    vi: `“${met.title}” là tin ${bulletinClassNames[met.bulletinClass]}, tin ${bulletinClassNames[newcomer.bulletinClass]} không được thay.`,
    en: `"${met.title}" is of class ${met.bulletinClass}; class ${newcomer.bulletinClass} does not replace it.`,
  }),
  locked: (lockMs: number): Sentence => ({
    vi: `Lượt ở giờ này sẽ phát trong ${Math.ceil(lockMs / 60_000)} phút nữa; thay lúc này phải ghi lý do.`,
    en: `What stands there airs within ${Math.ceil(lockMs / 60_000)} minutes; replacing it now needs a reason.`,
  }),
};
