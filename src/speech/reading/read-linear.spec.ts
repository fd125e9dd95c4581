import fc from 'fast-check';
import { backtracksFar, countWork } from '../../../test/support/counted-work.js';
import { readBuiltInLexicon } from './lexicon/lexicon-files.js';
import { prepare, type PreparedReading } from './read.js';
import { defaultReadingSettings } from './text/reading.js';
import { LONGEST_STRETCH } from './stretches.js';

/** Every sign that occurs in a rule, one of each character class, and letters that begin words of the rules. */
export const alphabet = [
  ...' \n\t.,;:!?…-–/\\()[]{}<>"\'“”’*+=_~&|%#@°^$&•·→≤²½€₫÷×…0159aăêđƯAXIVKTPSLNQHghkmxt',
  '\u0301', '\u00a0', '\u200b', '👍', '年', 'km', 'T2', 'II', 'ngày', 'www', 'giờ', 'Đ/c',
]; // prettier-ignore

describe('What a text costs to be read', () => {
  let reader: PreparedReading;
  beforeAll(async () => {
    reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
  });

  const grows = (unit: string): void => {
    const cost = (size: number) => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      return countWork(() => reader.read(text), LONGEST_STRETCH);
    };
    const [small, large] = [cost(4_400), cost(13_200)];
    expect({ unit, steep: large.steps > 3.6 * small.steps }).toEqual({ unit, steep: false });
    expect([...large.far].filter(backtracksFar)).toEqual([]);
  };

  it('grows with its length, whatever one sign it repeats', () => {
    for (const unit of alphabet) grows(unit);
  });

  it('and whatever two, three or four', () => {
    const sign = fc.constantFrom(...alphabet);
    const unit = fc.array(sign, { minLength: 2, maxLength: 4 }).map((signs) => signs.join(''));
    fc.assert(fc.property(unit, grows), { numRuns: 12 });
  });
});
