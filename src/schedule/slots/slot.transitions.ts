import type { Transitions } from '../../shared/transitions.js';

export const slotStates = ['planned', 'played', 'missed', 'replaced', 'cancelled'] as const;
export type SlotState = (typeof slotStates)[number];

/**
 * A second chance is another slot (a make-good). Back to `planned` only when a wrong clock ended the slot
 * (`SlotOutcomes.reopen`). While evidence may still arrive (`slot-status.ts`), and only then, `played` and `missed` may
 * change into each other.
 */
export const slotTransitions: Transitions<SlotState> = {
  planned: ['played', 'missed', 'replaced', 'cancelled'],
  played: ['missed'],
  missed: ['played', 'planned'],
  replaced: [],
  cancelled: [],
};

export const slotStateNames: Record<SlotState, string> = {
  planned: 'Đã xếp lịch',
  played: 'Đã phát',
  missed: 'Không phát được',
  replaced: 'Bị thay thế',
  cancelled: 'Đã hủy',
};

/** True for the four end states: a slot that has ended is never placed, moved or taken out. */
export function isFinal(state: SlotState): boolean {
  return state !== 'planned';
}

/** True when a slot in this state takes time on its channel; the database guards the same states against overlap. */
export function takesTime(state: SlotState): boolean {
  return state !== 'cancelled' && state !== 'replaced';
}
