import { upperFirst, decimal, lengthShort, lengthText } from './words.js';

describe('figures in words', () => {
  it.each([
    [400, '1 giây', '0:01'],
    [59_499, '59 giây', '0:59'],
    [59_500, '1 phút', '1:00'],
    [83_000, '1 phút 23 giây', '1:23'],
    [3_600_000, '60 phút', '60:00'],
  ])('%i ms', (ms, long, short) => {
    expect([lengthText(ms), lengthShort(ms)]).toEqual([long, short]);
  });

  it('numbers have a decimal comma and a real minus', () => {
    expect([decimal(12.5), decimal(-16.04), decimal(3)]).toEqual(['12,5', '−16', '3']);
  });

  it('the first letter is made large, đ too', () => {
    expect(upperFirst('đã duyệt')).toBe('Đã duyệt');
    expect(upperFirst('')).toBe('');
  });
});
