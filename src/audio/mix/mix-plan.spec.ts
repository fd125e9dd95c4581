import fc from 'fast-check';
import { framesOf, MIX_RATE, MP3_FRAME, planMix, type MixInput } from './mix-plan.js';

const piecesOf = (input: MixInput) => planMix(input).segments.flatMap((segment) => segment.pieces);

/** The audible order; silences in seconds, without the padding that fills mp3 frames. */
const told = (input: MixInput) => {
  const heard: (string | number)[] = [];
  for (const piece of piecesOf(input)) {
    if (piece.kind === 'chime') heard.push(piece.chime);
    else if (piece.kind === 'sentence') heard.push(`s${piece.index}`);
    else if (typeof heard.at(-1) === 'number') heard.push((heard.pop() as number) + piece.frames / MIX_RATE);
    else heard.push(piece.frames / MIX_RATE);
  }
  return heard.map((one) => (typeof one === 'number' ? Math.floor((one + 0.001) * 20) / 20 : one));
};

describe('the mix plan', () => {
  const sentences = [
    { frames: 100, paragraph: 0, mark: 1 },
    { frames: 200, paragraph: 0, mark: 1 },
    { frames: 300, paragraph: 1, mark: 1 },
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
    sentences: fc.array(
      fc.record({ frames: fc.integer({ min: 1, max: 300_000 }), paragraph: fc.nat(3), mark: fc.nat(7) }),
      {
        minLength: 1,
      },
    ),
    chimes: fc.record({ opening: fc.nat(9_999), closing: fc.nat(9_999) }, { requiredKeys: [] }),
    again: fc.boolean(),
  });

  it('every sentence comes in order, apart from the next, and the sum is the length', () => {
    fc.assert(
      fc.property(inputs, ({ sentences: some, chimes, again }) => {
        const repeat = again ? { frames: 7, index: some.length } : undefined;
        const plan = planMix({ sentences: some, chimes, repeat });
        const pieces = plan.segments.flatMap((segment) => segment.pieces);
        const order = pieces.flatMap((piece) => (piece.kind === 'sentence' ? [piece.index] : []));
        const once = some.map((_, index) => index);
        expect(order).toEqual(again ? [...once, some.length, ...once] : once);
        pieces.forEach((piece, at) => {
          if (piece.kind !== 'silence') expect(pieces[at - 1]!.kind).toBe('silence');
        });
        expect(plan.frames).toBe(pieces.reduce((sum, piece) => sum + piece.frames, 0));
        expect(plan.seconds * MIX_RATE).toBeCloseTo(plan.frames, 6);
      }),
    );
  });

  it('every segment fills mp3 frames, begins and ends in silence, and is not endless', () => {
    fc.assert(
      fc.property(inputs, ({ sentences: some, chimes }) => {
        for (const { pieces, frames } of planMix({ sentences: some, chimes }).segments) {
          expect(frames % MP3_FRAME).toBe(0);
          expect(pieces.reduce((sum, piece) => sum + piece.frames, 0)).toBe(frames);
          const [first, last] = [pieces[0]!, pieces.at(-1)!];
          expect([first.kind, last.kind]).toEqual(['silence', 'silence']);
          expect(Math.min(first.frames, last.frames)).toBeGreaterThan(7_000);
          expect(frames / MIX_RATE).toBeLessThan(45 + 7 + 2);
        }
      }),
    );
  });

  it('another sentence changes the segment it is in, not all that follow', () => {
    const long = Array.from({ length: 200 }, (_, n) => {
      return { frames: 200_000 + ((n * 7_919) % 90_000), paragraph: n >> 3, mark: (n * 2_654_435_761) % 97 };
    });
    const keys = (some: typeof long) => {
      return planMix({ sentences: some, chimes: {} }).segments.map(({ pieces }) =>
        pieces.map((piece) => (piece.kind === 'sentence' ? `s${some[piece.index]!.frames}` : piece.frames)).join(),
      );
    };
    const before = new Set(keys(long));
    const after = keys(long.map((one, n) => (n === 70 ? { ...one, frames: 100_000, mark: 1 } : one)));
    expect(before.size).toBeGreaterThan(20);
    expect(after.filter((key) => !before.has(key)).length).toBeLessThanOrEqual(2);
  });

  it('counts in whole samples', () => {
    expect(framesOf(0.35)).toBe(15_435);
  });
});
