import { move, unreachable } from '../../shared/transitions.js';
import { isFinal, slotStates, slotTransitions, type SlotState } from './slot.transitions.js';

const go = (from: SlotState, to: SlotState) => move<SlotState>(slotTransitions, from, to, 'slot');

describe('the states of a slot', () => {
  it('are all reached from planned, and every other one is an end', () => {
    expect(unreachable<SlotState>(slotTransitions, 'planned')).toEqual([]);
    expect(slotStates.filter((state) => !isFinal(state))).toEqual(['planned']);
  });

  it('lead back to planned only from a miss that a wrong clock concluded, and only what was or was not heard is mended', () => {
    const led = slotStates.flatMap((from) => slotTransitions[from].map((to) => `${from} ${to}`));
    expect(led.filter((one) => one.endsWith('planned'))).toEqual(['missed planned']);
    const mended = ['played missed', 'missed played', 'missed planned'];
    expect(led.filter((one) => !one.startsWith('planned'))).toEqual(mended);
    expect(go('planned', 'missed')).toBe('missed');
    expect(() => go('cancelled', 'played')).toThrow('cannot move');
    expect(() => go('replaced', 'missed')).toThrow('cannot move');
  });
});
