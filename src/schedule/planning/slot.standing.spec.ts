import { GRACE_AFTER_FAILURE_MS, GRACE_OF_SILENCE_MS, slotStandings, standingOf } from './slot.standing.js';
import { slotStates } from './slot.transitions.js';

const endsAt = 1_764_000_000_000;

describe('how a slot stands for people', () => {
  it('is its state once that is settled', () => {
    for (const state of slotStates) expect(standingOf({ state, endsAt, evidenceUntil: null })).toBe(state);
  });

  it('a miss is no word yet while a log may come, and a miss at once where a device said so itself', () => {
    const missed = (wait: number) => standingOf({ state: 'missed', endsAt, evidenceUntil: endsAt + wait });
    expect([missed(GRACE_OF_SILENCE_MS), missed(GRACE_AFTER_FAILURE_MS)]).toEqual(['no-word', 'missed']);
    const heard = { state: 'played' as const, endsAt, evidenceUntil: endsAt + GRACE_OF_SILENCE_MS };
    expect(standingOf(heard)).toBe('played');
  });

  it('has every state among its words', () => {
    expect(slotStates.filter((state) => !slotStandings.includes(state))).toEqual([]);
  });
});
