import fc from 'fast-check';
import { anchorOf } from '../reading/place-decisions.js';
import { prepare } from '../reading/read.js';
import { defaultReadingSettings } from '../reading/text/reading.js';
import { contributionsToReading } from './reading-contributions.js';

const BEGUN = 1_000;
const text = (body: string) => ({
  script: { id: 's', unitId: null, createdAt: BEGUN },
  version: { id: 'v', body },
});
const entry = (written: string, change = {}) => {
  const by = { addedAt: BEGUN, addedBy: 'lan', changedAt: BEGUN, changedBy: 'lan', removedAt: null };
  return { id: 'e', written, ...by, ...change };
};
const decision = (body: string, source: string, change = {}) => {
  const start = body.indexOf(source);
  const anchor = anchorOf(body, start, start + source.length);
  return { id: 'd', source, spoken: 'lời', anchor, decidedBy: 'lan', removedAt: null, removedBy: null, ...change };
};
const handsIn = (...of: Parameters<typeof contributionsToReading>) =>
  contributionsToReading(...of).map(({ kind, accountId, of: row }) => `${kind} ${accountId} ${row}`);

describe('who has a hand in a reading', () => {
  const body = 'Tổ ZQA họp, tổ ZQB nghỉ.';

  it('whoever corrected it where the correction still holds', () => {
    const made = decision(body, 'ZQA');
    expect(handsIn(text(body), [made], [])).toEqual(['reading lan d']);
    expect(handsIn(text('Bà con chú ý.'), [made], [])).toEqual([]);
    const newer = decision(body, 'ZQA', { id: 'n', decidedBy: 'nam' });
    expect(handsIn(text(body), [newer, made], [])).toEqual(['reading nam n']);
  });

  it("whoever took another's correction back, not whoever took back his own", () => {
    const back = (removedBy: string) => decision(body, 'ZQA', { removedAt: 1, removedBy });
    expect(handsIn(text(body), [back('nam')], [])).toEqual(['reading nam d']);
    expect(handsIn(text(body), [back('lan')], [])).toEqual([]);
    expect(handsIn(text('Bà con chú ý.'), [back('nam')], [])).toEqual([]);
  });

  it('whoever changed an entry that stands in it since it was begun', () => {
    expect(handsIn(text(body), [], [entry('ZQA')])).toEqual(['lexicon lan e']);
    expect(handsIn(text(body), [], [entry('ZQA', { changedBy: 'nam' })])).toEqual(['lexicon nam e']);
    expect(handsIn(text(body), [], [entry('ZQA', { changedBy: null })])).toEqual([]);
    expect(handsIn(text(body), [], [entry('ZQA', { changedAt: BEGUN - 1 })])).toEqual([]);
    expect(handsIn(text(body), [], [entry('ZQC')])).toEqual([]);
  });

  it('whoever removed an entry, but not his own of the same time', () => {
    const removed = { removedAt: BEGUN + 1, changedAt: BEGUN + 1 };
    expect(handsIn(text(body), [], [entry('ZQA', removed)])).toEqual([]);
    expect(handsIn(text(body), [], [entry('ZQA', { ...removed, changedBy: 'nam' })])).toEqual(['lexicon nam e']);
    expect(handsIn(text(body), [], [entry('ZQA', { ...removed, addedAt: BEGUN - 1 })])).toEqual(['lexicon lan e']);
  });

  it('the shortest forms stand in many words, and count as words of their own or as they are written', () => {
    expect(handsIn(text('Phường mời bà con.'), [], [entry('P')])).toEqual([]);
    expect(handsIn(text('Khu P mời bà con.'), [], [entry('p')])).toEqual(['lexicon lan e']);
    expect(handsIn(text('Việc nhà.'), [], [entry('HÀ')])).toEqual([]);
    expect(handsIn(text('BCHÀ họp.'), [], [entry('HÀ')])).toEqual(['lexicon lan e']);
    expect(handsIn(text('Giá x5 lần.'), [], [entry('x')])).toEqual(['lexicon lan e']);
  });

  it('an entry that changes the reading always counts', () => {
    const written = fc.constantFrom(
      'UBND',
      'ZQ',
      'BTV',
      'hòa',
      'Thuỷ',
      'km',
      'm2',
      'www',
      'QĐ',
      'số',
      '19',
      'TP.',
      'x',
      'ĐVT',
      '5K',
      '%',
      '$',
      '[',
      '₫',
      '😀',
    );
    const piece = fc.oneof(
      written,
      fc.constantFrom(
        'QLZQ',
        'BTVZQA',
        '12/QĐ-UBND',
        '3km',
        'zq.vn',
        'Hoà',
        'THỦY',
        'tổ',
        '05/8/2020',
        '(',
        '.',
        '-',
        '/',
        '½',
        '\n',
      ),
    );
    const words = fc.array(fc.tuple(piece, fc.constantFrom(' ', '')), { maxLength: 8 });
    const plain = prepare([], defaultReadingSettings);
    fc.assert(
      fc.property(words, written, fc.constantFrom('exact' as const, 'any' as const), (parts, form, matchCase) => {
        const body = parts.flat().join('');
        const own = { written: form, spoken: 'đét quy', matchCase, before: [], after: [], addedBy: '' };
        const other = prepare([{ name: 'centre', entries: [own] }], defaultReadingSettings);
        fc.pre(other.read(body).spoken !== plain.read(body).spoken);
        expect([body, handsIn(text(body), [], [entry(form)])]).toEqual([body, ['lexicon lan e']]);
      }),
      { numRuns: 100 },
    );
  });
});
