import fc from 'fast-check';
import { PICTOGRAPHIC } from '../../shared/pictographic.js';
import { readBuiltInLexicon } from './lexicon/lexicon-files.js';
import { prepare, type PreparedReading } from './read.js';
import { defaultReadingSettings, type Lexicon } from './text/reading.js';

let builtIn: Lexicon;
let reader: PreparedReading;
beforeAll(async () => {
  builtIn = await readBuiltInLexicon();
  reader = prepare([builtIn], defaultReadingSettings);
});

const word = fc.constantFrom(
  ...'ngày tháng năm từ đến và số quý khóa thứ Điều chương tổ tỷ lệ gọi điện thoại UBND TP. P. Q. Đ/c V/v Bắc Hà hộ người lần phường đồng đ k tr triệu tỷ % kg m2 m² km/h °C h giờ phút : / - – , . ; ( ) + = & @ # $ " “ … '
    .split(' ')
    .filter(Boolean),
  'COVID-19',
  'https://www.bluezone.gov.vn',
  'a@b.vn',
  'NĐ-CP',
  'TT&TT',
  'XIV',
  'vi',
  'iPhone',
  '\n',
  '- ',
);
const number = fc.oneof(
  fc.integer({ min: 0, max: 3000 }).map(String),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1990, max: 2030 }))
    .map((d) => d.join('/')),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 13 }))
    .map(([d, m]) => `${String(d).padStart(2, '0')}/${m}`),
  fc
    .tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 61 }))
    .map(([h, m]) => `${h}h${String(m).padStart(2, '0')}`),
  fc.integer({ min: 0, max: 2_000_000_000 }).map((n) => n.toLocaleString('de-DE')),
  fc.stringMatching(/^0\d{3}[ .]?\d{3}[ .]?\d{3}$/),
  fc.stringMatching(/^\d{1,4}\/[A-ZĐ]{2,5}-[A-ZĐ]{2,6}$/),
  fc.stringMatching(/^[0-9A-Z.,:/%-]{1,10}$/),
);
const vietnameseLike = fc
  .array(fc.tuple(fc.oneof(word, number), fc.constantFrom(' ', ' ', ' ', '', '-', ' - ', ', ')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string(),
  vietnameseLike,
  vietnameseLike,
);
/**
 * A fixed seed, so that no build fails by chance. To search, drop the seed and raise the runs: 20,000 take 15 seconds.
 */
const runs = { numRuns: 3000, seed: 1871 };

it('never throws, is the same each time, and leaves no digit and no sign', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const first = reader.read(text);
      expect(reader.read(text)).toEqual(first);
      expect(first.spoken).not.toMatch(/[\p{N}\p{S}%@&*/\\()[\]{}"#_-]/u);
    }),
    runs,
  );
});

const DASH = String.raw`[-=\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d\uff1d]`;
const silent = new RegExp(
  String.raw`${DASH}{1,2}[\p{Cf}\p{M}]*[>\uff1e]|[${PICTOGRAPHIC}]|\p{Regional_Indicator}|\p{Emoji_Modifier}`,
  'gu',
);

const pictures = new RegExp(String.raw`[${PICTOGRAPHIC}]|[\u{10000}-\u{10ffff}]`, 'gu');

/** The text between two spans, without '>', '>>' at the start of a line, which are quotation marks and not spoken. */
function gap(text: string, from: number, until: number): string {
  const marks = new RegExp(`(?<!${DASH}[\\p{Cf}\\p{M}]*)[>\\uff1e]`, 'gu');
  return text.slice(from, until).replace(marks, (sign, at: number) => {
    const [line = ''] = text
      .slice(0, from + at)
      .split(/[\n\r\u0085\u2028\u2029]/)
      .slice(-1);
    // Pictographs and unsupported scripts do not count as letters.
    return /[\p{L}\p{N}]/u.test(line.replace(pictures, '')) ? sign : '';
  });
}

it('spans are in order, do not overlap, quote the source and cover whatever is not layout', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { spans } = reader.read(text);
      let until = 0;
      let between = '';
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(until);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.source).toBe(text.slice(span.start, span.end));
        between += gap(text, until, span.start);
        until = span.end;
      }
      between += gap(text, until, text.length);
      // Letters, digits and most signs must be inside spans; a slash, a bullet, an arrow or a quotation mark may be
      // outside.
      expect(between.replace(silent, '')).not.toMatch(/[\p{L}\p{Nd}%&@=<>°$€₫£²³½±]/u);
    }),
    runs,
  );
});

it('what nothing reads is a warning', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { spans, warnings } = reader.read(text);
      const unsaid = spans.filter((span) => span.spoken === '');
      expect(
        unsaid.every((span) =>
          warnings.some((warning) => warning.kind === 'left-over' && warning.start === span.start),
        ),
      ).toBe(true);
      expect(spans.filter((span) => !span.sure)).toHaveLength(warnings.length);
    }),
    runs,
  );
});

it('a reading read again does not change', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { spoken } = reader.read(text);
      expect(reader.read(spoken).spoken).toBe(spoken);
    }),
    // Found by longer searches: a.B was read 'a. Bê', and that was read as 'anh Bê'; Ia was read 'I a', and that as a
    // numeral.
    { ...runs, examples: [['0&a.B'], ['phường Ia Kring']] },
  );
});

it('every spoken form of the built-in lexicon reads as itself', () => {
  const changed = builtIn.entries
    .map((entry) => ({ entry, again: reader.read(entry.spoken) }))
    .filter(({ entry, again }) => again.spoken !== entry.spoken || again.warnings.length > 0)
    .map(
      ({ entry, again }) =>
        `${entry.written}: ${entry.spoken} → ${again.spoken} ${again.warnings.map((w) => w.source).join(' ')}`,
    );
  expect(changed).toEqual([]);
});
