import fc from 'fast-check';
import { backtracksFar, countWork } from '../../test/support/counted-work.js';
import { readLetter } from './letter-reader.js';

const head =
  'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nHà Tĩnh, ngày 05 tháng 8 năm 2020\nKính gửi: UBND các phường, xã.\n\n';
/**
 * How far the reader of the head looks; lists of recipients are shorter. A pattern that backtracks has a constant cost
 * there.
 */
const FAR = 9_000;

const alphabet = [
  ...' \n\t.,;:!?…-–/\\()[]{}<>"\'“”*+=_~&|%#@•·0159aăêđƯAXIVKTPSLNQHvkm',
  '\u0301', '\u00a0', '\u200b', '👍', '1. ', 'loa ', 'ngày ', '&amp;', '<p>', 'Điều 1. ', 'Nơi nhận: ', 'đề nghị ', 'V/v ', '2 lần/ngày ', 'ê\u0301',
  'I. UBND xã: loa\n', 'từ ngày 1/1/2020 đến ', 'không sử dụng loa ', ', đăng Fanpage', 'trang thông tin ', 'Công văn số 1 ', '<script>', '1/UBND-',
]; // prettier-ignore

describe('What a letter costs to be read', () => {
  const grows = (unit: string): void => {
    const cost = (size: number) => {
      const text = head + unit.repeat(Math.ceil(size / unit.length));
      return countWork(() => {
        for (const partial of [false, true]) {
          try {
            readLetter(text, { partial });
          } catch {
            // A refusal has a cost as well.
          }
        }
      }, FAR);
    };
    // Heads, lists of recipients and marks of web pages are searched in the first 9,000 characters only. A quadratic
    // cost would be nine times as much.
    const [small, large] = [cost(12_000), cost(36_000)];
    expect({ unit, steep: large.steps > 4.5 * small.steps }).toEqual({ unit, steep: false });
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
