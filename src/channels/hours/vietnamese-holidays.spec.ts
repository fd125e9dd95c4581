import { vietnameseHolidays } from './vietnamese-holidays.js';

const daysOff = (year: number) => vietnameseHolidays(year).filter(({ dayOff }) => dayOff);

describe('the holidays of a year', () => {
  it('are those of the law, Tết day by day', () => {
    expect(daysOff(2027).map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2027-01-01 Tết Dương lịch',
      '2027-02-05 Giao thừa Tết Nguyên Đán',
      '2027-02-06 Tết Nguyên Đán, mùng 1',
      '2027-02-07 Tết Nguyên Đán, mùng 2',
      '2027-02-08 Tết Nguyên Đán, mùng 3',
      '2027-02-09 Tết Nguyên Đán, mùng 4',
      '2027-04-16 Giỗ tổ Hùng Vương',
      '2027-04-30 Ngày Giải phóng miền Nam',
      '2027-05-01 Quốc tế Lao động',
      '2027-09-02 Quốc khánh',
    ]);
  });

  it('have the Tết of Vietnam, also where the Chinese one is on another day', () => {
    // 2007: 17 February in Vietnam, 18 in China; 2030: 2 February and 3 February.
    const firstOfTet = (year: number) => daysOff(year).find(({ name }) => name.endsWith('mùng 1'))?.date;
    expect([2007, 2026, 2030].map(firstOfTet)).toEqual(['2007-02-17', '2026-02-17', '2030-02-02']);
  });

  it('each has a key of its own and no day stands twice under one name', () => {
    for (const year of [2001, 2026, 2033, 2098]) {
      const all = vietnameseHolidays(year);
      expect(new Set(all.map(({ ruleKey }) => ruleKey)).size).toBe(all.length);
      expect(new Set(all.map(({ date, name }) => `${date} ${name}`)).size).toBe(all.length);
      expect(all.every(({ date }) => date.startsWith(`${year}-`))).toBe(true);
    }
  });

  it('hang the flag at Tết, on 30 April, 1 May and 2 September, and teachers work on their day', () => {
    const flags = vietnameseHolidays(2027).filter(({ flagDay }) => flagDay);
    expect(flags.map(({ date }) => date.slice(5))).toEqual([
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '02-09',
      '04-30',
      '05-01',
      '09-02',
    ]);
    const teachers = vietnameseHolidays(2026).find(({ date }) => date === '2026-11-20');
    expect(teachers).toMatchObject({ kind: 'observance', dayOff: false, flagDay: false });
  });
});
