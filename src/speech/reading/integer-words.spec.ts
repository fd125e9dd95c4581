import fc from 'fast-check';
import { digitWords, integerWords } from './integer-words.js';
import { defaultReadingSettings } from './reading.js';

const say = (digits: string): string => integerWords(digits, defaultReadingSettings);

it.each([
  ['0', 'không'],
  ['15', 'mười lăm'],
  ['21', 'hai mươi mốt'],
  ['24', 'hai mươi tư'],
  ['105', 'một trăm linh năm'],
  ['1000', 'một nghìn'],
  ['1005', 'một nghìn không trăm linh năm'],
  ['2024', 'hai nghìn không trăm hai mươi tư'],
  ['1000000', 'một triệu'],
  ['1000001', 'một triệu không trăm linh một'],
  ['1000000000000', 'một nghìn tỷ'],
  ['1000000000000000000', 'một tỷ tỷ'],
  ['007', 'bảy'],
])('%s is %s', (digits, words) => expect(say(digits)).toBe(words));

it('a station says it in its own way', () => {
  expect(integerWords('1104', { zeroTens: 'lẻ', thousand: 'ngàn', fourAfterTens: 'bốn' })).toBe(
    'một ngàn một trăm lẻ bốn',
  );
  expect(integerWords('24', { zeroTens: 'lẻ', thousand: 'ngàn', fourAfterTens: 'bốn' })).toBe('hai mươi bốn');
});

it('digits one by one', () => expect(digitWords('0912')).toBe('không chín một hai'));

it('a number that no one can follow is read digit by digit', () => {
  expect(say('9'.repeat(40)).split(' ')).toHaveLength(40);
});

/** Reads the words back by their meaning, knowing nothing of how they were made. */
function valueOf(words: string): bigint {
  const units: Record<string, bigint> = {
    không: 0n,
    một: 1n,
    mốt: 1n,
    hai: 2n,
    ba: 3n,
    bốn: 4n,
    tư: 4n,
    năm: 5n,
    lăm: 5n,
    sáu: 6n,
    bảy: 7n,
    tám: 8n,
    chín: 9n,
  };
  const scales: Record<string, bigint> = { nghìn: 1_000n, triệu: 1_000_000n };
  let billions = 0n;
  let sum = 0n;
  let group = 0n;
  let last = 0n;
  for (const word of words.split(' ')) {
    if (word in units) last = units[word] ?? 0n;
    else if (word === 'mười') last = 10n;
    if (word in units || word === 'mười') group += last;
    else if (word === 'mươi') group += last * 9n;
    else if (word === 'trăm') group += last * 99n;
    else if (word in scales) {
      sum += group * (scales[word] ?? 1n);
      group = 0n;
    } else if (word === 'tỷ') {
      billions = (billions + sum + group) * 1_000_000_000n;
      sum = group = 0n;
    }
  }
  return billions + sum + group;
}

it('the words mean the number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }), (number) => {
      expect(valueOf(say(number.toString()))).toBe(number);
    }),
  );
});
