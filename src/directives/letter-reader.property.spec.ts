import fc from 'fast-check';
import { DomainError } from '../shared/domain-error.js';
import type { Letter } from './letter.js';
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

/** Pieces that letters are made of, in any order. */
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

describe('A hostile letter', () => {
  const units = [
    'a', ' ', '\n', '1', '(', '“', '<', '. ', 'loa ', 'phát loa; ', '1. A ', '- a\n', 'I. UBND xã: loa\n', 'Điều 1. loa\n', 'ngày 1/1 ',
    'từ ngày 1/1/2020 đến ', 'mỗi ngày phát ', '2 buổi (', '1/UBND-', 'các phòng, ban, ', 'không sử dụng loa ', 'đề nghị UBND các xã ',
    'UBND các xã phát loa 2 lần/ngày. ', ', đăng Fanpage, phát loa 2 lần/ngày', '<p>a</p>', '<script>', '&amp;', 'Kính gửi: ', 'V/v ',
    'sáng 1 lần, ', 'các ngày 1, 2, ', 'Công văn số 1 ngày ', 'đến từng hộ ', 'trang thông tin ', 'ê\u0301',
  ]; // prettier-ignore

  const spent = (unit: string, size: number) => {
    const text = head + unit.repeat(Math.ceil(size / unit.length));
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 2; i++) {
      // What this process worked, not what the clock says: a machine with other work to do lets it wait.
      const start = process.cpuUsage();
      attempt(text, i === 1);
      const { user, system } = process.cpuUsage(start);
      best = Math.min(best, (user + system) / 1000);
    }
    return best;
  };

  it.each(units)('made of %j costs in proportion to its length', (unit) => {
    spent(unit, 6_000);
    // Four times the text may take four times as long; a pattern that backtracks takes sixteen times and more. The
    // floor keeps the noise of a busy machine out of what is quick anyway.
    const small = Math.max(spent(unit, 24_000), 4);
    expect(spent(unit, 96_000) / small).toBeLessThan(12);
  });

  it('of 1 MB costs no more than its first 200,000 characters', () => {
    const unit = '1. UBND các xã: phát trên loa truyền thanh 2 lần/ngày đến hết ngày 31/8/2020.\n';
    const small = Math.max(spent(unit, 200_000), 4);
    expect(spent(unit, 990_000) / small).toBeLessThan(6);
    const { warnings } = readLetter(head + unit.repeat(10_000));
    expect(warnings[0]).toContain('200.000');
  });
});
