import fc from 'fast-check';
import { findGain } from './find-gain.js';

describe('finding the gain', () => {
  const search = { tolerance: 0.05, slope: 0.75 };

  /** Loudness of sound behind a limiter that returns less and less above `knee`. */
  const limited = (loudness: number, knee: number, give: number) => {
    const tries: number[] = [];
    const at = (gain: number) => {
      tries.push(gain);
      const straight = loudness + gain;
      return Promise.resolve(straight <= knee ? straight : knee + (straight - knee) * give);
    };
    return { at, tries };
  };

  it('is one try when nothing is limited', async () => {
    const { at, tries } = limited(-24, 0, 1);
    expect(await findGain(at, 8, -16, search)).toBe(8);
    expect(tries).toEqual([8]);
  });

  it('reaches the aim in at most five tries, whatever the limiter gives back', async () => {
    const shapes = fc.record({
      loudness: fc.double({ min: -35, max: -18, noNaN: true }),
      knee: fc.double({ min: -22, max: -16, noNaN: true }),
      give: fc.double({ min: 0.4, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ loudness, knee, give }) => {
        const { at, tries } = limited(loudness, knee, give);
        const gain = await findGain(at, -16 - loudness, -16, search);
        expect(tries.length).toBeLessThanOrEqual(5);
        expect(Math.abs((await at(gain)) + 16)).toBeLessThanOrEqual(0.3);
      }),
    );
  });

  it('gives up at a limiter that gives nothing back, without endless gain', async () => {
    const { at, tries } = limited(-24, -20, 0);
    expect(await findGain(at, 8, -16, search)).toBeLessThanOrEqual(8 + 24);
    expect(tries).toHaveLength(5);
  });

  it('leaves silence alone', async () => {
    expect(await findGain(() => Promise.resolve(-Infinity), 3, -16, search)).toBe(3);
  });
});
