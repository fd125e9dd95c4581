import fc from 'fast-check';
import { DomainError } from '../shared/domain-error.js';
import type { Letter } from './reading/text/letter.js';
import { readLetter } from './letter-reader.js';

const head =
  'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nHà Tĩnh, ngày 05 tháng 8 năm 2020\nKính gửi: UBND các phường, xã.\n\n';

function attempt(text: string, partial: boolean): Letter | DomainError {
  try {
    return readLetter(text, { partial });
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** Pieces of letters, combined in any order. */
const scraps = fc.constantFrom(
  ...[
    'Số: ',
    '12/UBND-VX',
    'ngày 30/02/2026',
    'từ ngày ',
    '10/8',
    ' đến ',
    '31/8/2020',
    'Kính gửi: ',
    'Nơi nhận:\n- ',
    '\n',
    '\n\n',
    '\t',
  ],
  ...[
    '1. ',
    '2) ',
    'I. ',
    'Điều 1. ',
    'a) ',
    '- ',
    'UBND các phường, xã',
    'Trung tâm Văn hóa - Truyền thông',
    ': ',
    '; ',
    '. ',
    ', ',
  ],
  ...[
    'phát trên hệ thống truyền thanh cơ sở',
    'Fanpage',
    'loa',
    ' ít nhất 02 lần/ngày',
    '2 lần/tuần',
    'mỗi ngày ',
    'báo cáo trước ngày ',
  ],
  ...[
    'Công văn số 3/SYT ngày 01/8/2020',
    'không ',
    'đề nghị ',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'V/v ',
    'KẾ HOẠCH\n',
    './.',
    '<p>',
    '&nbsp;',
    '🎺',
    '\u0301',
  ],
);
const patchwork = fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  patchwork,
);

describe('Any text at all', () => {
  it('is read or refused with a sentence, twice the same', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), fc.boolean(), (text, partial, headed) => {
        const whole = headed ? head + text : text;
        const once = attempt(whole, partial);
        const twice = attempt(whole, partial);
        if (once instanceof DomainError) {
          expect(once.sentence.vi.length).toBeGreaterThan(10);
          expect(twice).toMatchObject({ code: once.code });
        } else {
          expect(twice).toEqual(once);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('yields only what stands in it', () => {
    const bare = (text: string) =>
      text
        .normalize('NFC')
        .replace(/\s+|&nbsp;/g, '')
        .replace(/[–—]/g, '-');
    fc.assert(
      fc.property(patchwork, (text) => {
        const letter = attempt(head + text, false);
        if (letter instanceof DomainError) return;
        const { directive, obligations, missing } = letter;
        const source = bare(head + text);
        for (const { number } of directive.references) expect(source).toContain(bare(number));
        for (const { addressees } of directive.assignments) {
          for (const name of addressees) expect(source).toContain(bare(name));
        }
        for (const recipient of directive.recipients) expect(source).toContain(bare(recipient));
        const numbers = directive.assignments.map((a) => a.n);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const o of obligations) {
          const assignment = directive.assignments.find((a) => a.n === o.assignment);
          expect(assignment?.channels).toContain(o.channelKind);
          if (o.minPlaysPerDay !== null && o.maxPlaysPerDay !== null)
            expect(o.minPlaysPerDay).toBeLessThanOrEqual(o.maxPlaysPerDay);
          if (o.from !== null && o.until !== null) expect(o.from <= o.until).toBe(true);
        }
        for (const [field, value] of Object.entries(directive) as Array<[string, string | unknown[] | null]>) {
          expect(missing.includes(field)).toBe(value === null || value.length === 0);
        }
        expect(missing.includes('obligations')).toBe(obligations.length === 0);
      }),
      { numRuns: 400 },
    );
  });
});

it('A letter of 1 MB is read to its first 200,000 characters, and says so', () => {
  const unit = '1. UBND các xã: phát trên loa truyền thanh 2 lần/ngày đến hết ngày 31/8/2020.\n';
  expect(readLetter(head + unit.repeat(10_000)).warnings[0]).toContain('200.000');
});
