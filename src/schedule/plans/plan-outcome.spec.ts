import { outcome } from './plan-outcome.js';
import type { ExistingSlot } from '../slots/existing-slot.js';

const slot = (change: Partial<ExistingSlot>): ExistingSlot => ({
  id: 's',
  channelId: 'a',
  date: '2026-11-24',
  state: 'played',
  start: 0,
  end: 1,
  demandId: 'o',
  clipId: 'new',
  ...change,
});
const told = { added: [], removed: [], moved: [], addedTotal: 0, removedTotal: 0, movedTotal: 0 };
const difference = { ...told, shortfalls: [], shortfallsTotal: 0 };

describe('what a plan came to', () => {
  it('tells plays of an earlier script of the same obligation from those of the script that is planned', () => {
    const kept = [slot({}), slot({ clipId: 'old' }), slot({ state: 'cancelled' }), slot({ demandId: undefined })];
    const made = { slots: [], shortfalls: [], removed: [], kept };
    const parts = { made, rows: [], involved: [], others: [], removedOf: [] };
    expect(outcome(true, [{ id: 'o', clipId: 'new' }], parts, difference)).toMatchObject({
      kept: 2,
      keptOfOthers: 1,
    });
  });
});
