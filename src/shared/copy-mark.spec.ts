import { ageOf, type CopyMark, readMark, writeMark } from './copy-mark.js';

const own: CopyMark = { house: 'h-1', generation: 5, starts: 3, mark: 'aB_-', signature: 'abc+/==' };

describe('the mark of a copy of the house', () => {
  it('is read as it was written, and nothing else is', () => {
    expect(readMark(writeMark(own))).toEqual(own);
    expect(readMark(writeMark({ ...own, mark: '' }))).toEqual({ ...own, mark: '' });
    for (const text of [
      undefined,
      '',
      'loa-copy',
      'loa-copy.h.1.1.m',
      'loa-copy.h.-1.1.m.s',
      `${writeMark(own)}.x`,
      ['a'],
    ])
      expect(readMark(text)).toBeNull();
  });

  it.each([
    ['same', {}],
    ['newer', { generation: 6, starts: 0 }],
    ['older', { generation: 4, starts: 9 }],
    ['newer', { starts: 4 }],
    ['older', { starts: 2 }],
    ['twin', { mark: 'other' }],
    ['other-house', { house: 'h-2', generation: 9 }],
  ] as const)('%s: %p', (age, change) => {
    expect(ageOf({ ...own, ...change }, own)).toBe(age);
  });
});
