import { move, unreachable } from '../../shared/transitions.js';
import { isFinal, slotStates, slotTransitions, type SlotState } from './slot.transitions.js';

describe('the states of a slot', () => {
  it('are all reached from planned, and every other one is final', () => {
    expect(unreachable<SlotState>(slotTransitions, 'planned')).toEqual([]);
    expect(slotStates.filter((state) => !isFinal(state))).toEqual(['planned']);
  });

  it('a slot is decided once', () => {
    expect(move<SlotState>(slotTransitions, 'planned', 'missed', 'slot')).toBe('missed');
    expect(() => move<SlotState>(slotTransitions, 'missed', 'played', 'slot')).toThrow('cannot move');
  });
});
