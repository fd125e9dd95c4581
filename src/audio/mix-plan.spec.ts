import fc from 'fast-check';
import { framesOf, MIX_RATE, planMix, type MixInput } from './mix-plan.js';

const told = (input: MixInput) =>
  planMix(input).pieces.map((piece) => {
    if (piece.kind === 'silence') return piece.frames / MIX_RATE;
    return piece.kind === 'chime' ? piece.chime : `s${piece.index}`;
  });

describe('the mix plan', () => {
  const sentences = [
    { frames: 100, paragraph: 0 },
    { frames: 200, paragraph: 0 },
    { frames: 300, paragraph: 1 },
  ];

  it('is silence, chime, sentences with gaps, chime', () => {
    const once = ['s0', 0.35, 's1', 0.8, 's2'];
    const chimes = { opening: 1_000, closing: 2_000 };
    expect(told({ sentences, chimes })).toEqual([1, 'opening', 0.5, ...once, 0.5, 'closing', 0.35]);
    expect(told({ sentences, chimes: {} })).toEqual([1, ...once, 0.35]);
  });

  it('reads all again after the notice', () => {
    const once = ['s0', 0.35, 's1', 0.8, 's2'];
    const repeat = { frames: 50, index: 3 };
    expect(told({ sentences, chimes: {}, repeat })).toEqual([1, ...once, 0.8, 's3', 0.8, ...once, 0.35]);
  });

  const inputs = fc.record({
    sentences: fc.array(fc.record({ frames: fc.integer({ min: 1, max: 9_999 }), paragraph: fc.nat(3) }), {
      minLength: 1,
    }),
    chimes: fc.record({ opening: fc.nat(9_999), closing: fc.nat(9_999) }, { requiredKeys: [] }),
    again: fc.boolean(),
  });

  it('every sentence comes in order, apart from the next, and the sum is the length', () => {
    fc.assert(
      fc.property(inputs, ({ sentences: some, chimes, again }) => {
        const repeat = again ? { frames: 7, index: some.length } : undefined;
        const plan = planMix({ sentences: some, chimes, repeat });
        const order = plan.pieces.flatMap((piece) => (piece.kind === 'sentence' ? [piece.index] : []));
        const once = some.map((_, index) => index);
        expect(order).toEqual(again ? [...once, some.length, ...once] : once);
        plan.pieces.forEach((piece, at) => {
          if (piece.kind !== 'silence') expect(plan.pieces[at - 1]!.kind).toBe('silence');
        });
        expect(plan.frames).toBe(plan.pieces.reduce((sum, piece) => sum + piece.frames, 0));
        expect(plan.seconds * MIX_RATE).toBeCloseTo(plan.frames, 6);
      }),
    );
  });

  it('counts in whole samples', () => {
    expect(framesOf(0.35)).toBe(15_435);
  });
});
