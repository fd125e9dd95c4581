import { dateOf, daysIn, leadTo, yearFor } from './days.js';

const said = (low: string) =>
  daysIn(low)
    .map((d) => `${d.day ?? ''}.${d.month ?? ''}.${d.year ?? ''}`)
    .join(' ');

describe('Dates in a text', () => {
  it.each([
    ['ngày 05 tháng 8 năm 2020', '5.8.2020'],
    ['ngày 5/8/2020', '5.8.2020'],
    ['05-08-2020', '5.8.2020'],
    ['ngày 5.8.2020', '5.8.2020'],
    ['ngày 05/ 8/2020', '5.8.2020'],
    ['ngày 10 tháng 9', '10.9.'],
    ['ngày 10 tháng 9/2020', '10.9.2020'],
    ['ngày 20/8', '20.8.'],
    ['ngày 31-8', '31.8.'],
    ['từ 10/8 - 31/8/2020', '10.8. 31.8.2020'],
    ['từ ngày 10 đến ngày 31/8/2020', '10.. 31.8.2020'],
    ['trong tháng 9/2020', '.9.2020'],
    ['tháng 9 năm 2020', '.9.2020'],
    ['quý iv/2026', '.12.2026'],
    ['hết năm 2026', '..2026'],
    ['ngày 30/02/2026', '30.2.2026'],
    ['trước 17h00 ngày 20/8', '20.8.'],
    ['ngày 05/8/26', '5.8.2026'],
  ])('"%s": %s', (low, expected) => {
    expect(said(low)).toBe(expected);
  });

  it.each([
    ['đạt 1/2 số hộ'],
    ['3-5 lần/ngày'],
    ['trực 24/24 giờ'],
    ['nghị định số 30/2020/nđ-cp'],
    ['1.234.567 đồng'],
    ['ngày 02 lần'],
    ['kế hoạch 12/kh-ubnd'],
    ['7/10 phường'],
  ])('"%s" holds none', (low) => {
    expect(said(low)).toBe('');
  });

  it('knows which days there are', () => {
    expect(dateOf(29, 2, 2028)).toBe('2028-02-29');
    for (const [d, m, y] of [
      [29, 2, 2027],
      [30, 2, 2028],
      [31, 11, 2026],
      [0, 1, 2026],
      [1, 13, 2026],
      [1, 1, 26],
    ] as const) {
      expect(dateOf(d, m, y)).toBeNull();
    }
  });

  it('sees past hours and weekdays to the word that leads to a date', () => {
    const low = 'báo cáo trước 17h00, thứ sáu (ngày 21/8/2020)';
    expect(leadTo(low, low.indexOf('21/8')).endsWith('trước')).toBe(true);
  });

  it('gives a day without a year the year of the letter, or the next when it lies far behind it', () => {
    expect(yearFor(8, '2020-08-05')).toBe(2020);
    expect(yearFor(1, '2026-12-20')).toBe(2027);
    expect(yearFor(6, '2026-12-20')).toBe(2026);
    expect(yearFor(1, null)).toBeNull();
  });
});
