import type { Transitions } from '../../shared/transitions.js';

export const slotStates = ['planned', 'played', 'missed', 'replaced', 'cancelled'] as const;
export type SlotState = (typeof slotStates)[number];

/** A slot is decided once. A second chance is another slot (a make-good), so no state leads back to `planned`. */
export const slotTransitions: Transitions<SlotState> = {
  planned: ['played', 'missed', 'replaced', 'cancelled'],
  played: [],
  missed: [],
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

/** True when nothing more can happen to a slot in this state. */
export function isFinal(state: SlotState): boolean {
  return slotTransitions[state].length === 0;
}

/** True when a slot in this state takes time on its channel; the database guards the same states against overlap. */
export function takesTime(state: SlotState): boolean {
  return state !== 'cancelled' && state !== 'replaced';
}
