import fc from 'fast-check';
import { doReadNumber, ReadingConfig } from 'read-vietnamese-number';
import { digitWords, integerWords } from './integer-words.js';
import { defaultReadingSettings } from '../text/reading.js';

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

/** Parses the words back by their meaning, independently of how they were produced. */
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

/**
 * Compares with an independent implementation. Past a tỷ tỷ it speaks the second tỷ once for all groups (hai tỷ bốn
 * trăm triệu nghìn tỷ), ours speaks it with its own group; so the comparison ends there.
 */
it('another reader of numbers says the same, whatever the station', () => {
  const settings = fc.record({
    zeroTens: fc.constantFrom('linh' as const, 'lẻ' as const),
    thousand: fc.constantFrom('nghìn' as const, 'ngàn' as const),
    fourAfterTens: fc.constantFrom('tư' as const, 'bốn' as const),
  });
  const numbers = fc.oneof(
    fc.bigInt({ min: 0n, max: 999_999n }),
    fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }),
    // Readers differ mostly at groups of zeros.
    fc
      .array(fc.constantFrom('0', '0', '00', '000', '1', '4', '5', '15', '24'), { minLength: 1, maxLength: 6 })
      .map((parts) => BigInt(parts.join(''))),
  );
  fc.assert(
    fc.property(numbers, settings, (number, station) => {
      const config = new ReadingConfig();
      config.unit = [];
      config.oddText = station.zeroTens;
      config.fourToneText = station.fourAfterTens;
      config.units = [[], [station.thousand], ['triệu'], ['tỷ']];
      expect(integerWords(number.toString(), station)).toBe(doReadNumber(number, config));
    }),
    { numRuns: 3000 },
  );
});
