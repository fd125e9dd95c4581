import { LimiterLoss } from './limiter-loss.js';

describe('what a limiter takes', () => {
  const gain = 6;
  /** A synthetic limiter: from −20 dB on it returns half. */
  const limit = (power: number) => {
    const db = 10 * Math.log10(power) + gain;
    return 10 ** ((db > -20 ? -20 + (db + 20) / 2 : db) / 10);
  };
  const powers = Array.from({ length: 400 }, (_, n) => 10 ** ((-45 + (n % 40)) / 10));

  it('is learnt on some levels and told for others between and beyond', () => {
    const sample = powers.filter((_, n) => n % 3 === 0);
    const loss = new LimiterLoss(sample, sample.map(limit), gain);
    loss.apply(powers).forEach((power, n) => {
      if (powers[n]! > 1e-3) expect(Math.abs(10 * Math.log10(power / limit(powers[n]!)))).toBeLessThan(1.5);
    });
    const energy = (some: readonly number[]) => some.reduce((a, b) => a + b);
    expect(Math.abs(10 * Math.log10(energy(loss.apply(powers)) / energy(powers.map(limit))))).toBeLessThan(0.1);
    // Quiet sound loses nothing; the limiter never adds.
    expect(loss.apply([1e-6])[0]).toBeCloseTo(1e-6 * 10 ** 0.6, 9);
  });

  it('keeps the energy of the sample itself', () => {
    // At one level the limiter takes sometimes more, sometimes less: the energy counts, not the mean of the decibels.
    const before = Array<number>(100).fill(1e-3);
    const after = before.map((power, n) => power * (n % 2 ? 3.9 : 0.4));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
    expect(sum(new LimiterLoss(before, after, gain).apply(before))).toBeCloseTo(sum(after), 6);
  });

  it('is nothing where nothing was heard', () => {
    const loss = new LimiterLoss([0, 0], [0, 0], gain);
    expect(loss.apply([0])).toEqual([0]);
    expect(loss.apply([1e-3])[0]).toBeCloseTo(1e-3 * 10 ** 0.6, 6);
  });
});
