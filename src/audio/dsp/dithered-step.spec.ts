import fc from 'fast-check';
import { ditheredStep } from './dithered-step.js';

describe('stepped values', () => {
  const names = Array.from({ length: 2_000 }, (_, n) => `part ${n}`);
  const all = (value: number) => names.map((name) => ditheredStep(value, 0.5, name));

  it('are whole multiples of the step, never further than it, and the same each time', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), fc.string(), (value, name) => {
        const is = ditheredStep(value, 0.5, name);
        expect(Number.isInteger(is / 0.5)).toBe(true);
        expect(Math.abs(is - value)).toBeLessThanOrEqual(0.5);
        expect(ditheredStep(value, 0.5, name)).toBe(is);
      }),
    );
  });

  it('have the value for their mean, and few of them move when it moves a little', () => {
    const before = all(17.31);
    expect(before.reduce((a, b) => a + b) / names.length).toBeCloseTo(17.31, 1);
    const moved = all(17.33).filter((value, n) => value !== before[n]).length;
    expect(moved / names.length).toBeGreaterThan(0.02);
    expect(moved / names.length).toBeLessThan(0.06);
  });
});
