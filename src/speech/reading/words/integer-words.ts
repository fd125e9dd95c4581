import type { ReadingSettings } from '../text/reading.js';

type NumberWords = Pick<ReadingSettings, 'zeroTens' | 'thousand' | 'fourAfterTens'>;

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
/** Maximum digits of a number read as a whole; listeners cannot follow a longer one, so it is read digit by digit. */
const LONGEST = 36;

function digit(of: string | undefined): string {
  return digits[Number(of)] ?? '';
}

/** '0912' → 'không chín một hai'. Takes ASCII digits and skips anything else. */
export function digitWords(text: string): string {
  return Array.from(text, digit).filter(Boolean).join(' ');
}

/** '1001' → 'một nghìn không trăm linh một'. Takes ASCII digits and ignores leading zeros. */
export function integerWords(text: string, settings: NumberWords): string {
  const number = text.replace(/^0+(?=\d)/, '');
  if (number.length > LONGEST) return digitWords(text);
  if (number === '0') return 'không';
  // Vietnamese counts in tỷ (9 zeros): a million tỷ, a tỷ tỷ. Each group of nine digits is read the same way.
  const nines: string[] = [];
  for (let end = number.length; end > 0; end -= 9) nines.unshift(number.slice(Math.max(0, end - 9), end));
  const said: string[] = [];
  nines.forEach((nine, index) => {
    const words = underBillion(nine, said.length > 0, settings);
    if (words) said.push(words + ' tỷ'.repeat(nines.length - 1 - index));
  });
  return said.join(' ');
}

function underBillion(nine: string, follows: boolean, settings: NumberWords): string {
  const padded = nine.padStart(9, '0');
  const scales = [' triệu', ` ${settings.thousand}`, ''];
  const said: string[] = [];
  scales.forEach((scale, index) => {
    const three = padded.slice(index * 3, index * 3 + 3);
    if (three !== '000') said.push(underThousand(three, follows || said.length > 0, settings) + scale);
  });
  return said.join(' ');
}

/** `full`: a higher group came before, so empty hundreds are spoken: hai nghìn không trăm hai mươi. */
function underThousand(three: string, full: boolean, settings: NumberWords): string {
  const [hundreds, tens, units] = three;
  const words: string[] = [];
  if (hundreds !== '0' || full) words.push(digit(hundreds), 'trăm');
  if (tens === '0') {
    if (units !== '0') {
      if (words.length > 0) words.push(settings.zeroTens);
      words.push(digit(units));
    }
  } else {
    if (tens === '1') words.push('mười');
    else words.push(digit(tens), 'mươi');
    const unit = unitAfterTens(units, tens === '1', settings);
    if (unit) words.push(unit);
  }
  return words.join(' ');
}

function unitAfterTens(unit: string | undefined, teen: boolean, settings: NumberWords): string {
  if (unit === '0') return '';
  if (unit === '5') return 'lăm';
  if (teen) return digit(unit);
  if (unit === '1') return 'mốt';
  return unit === '4' ? settings.fourAfterTens : digit(unit);
}
