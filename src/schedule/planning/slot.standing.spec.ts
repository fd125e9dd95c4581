import { slotStandings, standingOf } from './slot.standing.js';
import { slotStates } from './slot.transitions.js';

describe('how a slot stands for people', () => {
  it('is its state once that is settled', () => {
    for (const state of slotStates) expect(standingOf({ state, noWord: false })).toBe(state);
  });

  it('a miss is no word where that is stored, and nothing else is', () => {
    const silent = slotStates.filter((state) => standingOf({ state, noWord: true }) === 'no-word');
    expect(silent).toEqual(['missed']);
  });

  it('has every state among its words', () => {
    expect(slotStates.filter((state) => !slotStandings.includes(state))).toEqual([]);
  });
});
