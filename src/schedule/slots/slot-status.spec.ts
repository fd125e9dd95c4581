import { slotStatuses, slotStatusOf } from './slot-status.js';
import { slotStates } from './slot.transitions.js';

describe('how a slot stands for people', () => {
  it('is its state once that is settled', () => {
    for (const state of slotStates) expect(slotStatusOf({ state, noWord: false })).toBe(state);
  });

  it('a miss is no word where that is stored, and nothing else is', () => {
    const silent = slotStates.filter((state) => slotStatusOf({ state, noWord: true }) === 'no-word');
    expect(silent).toEqual(['missed']);
  });

  it('has every state among its words', () => {
    expect(slotStates.filter((state) => !slotStatuses.includes(state))).toEqual([]);
  });
});
