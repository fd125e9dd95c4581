import { lower } from '../text/passage.js';
import { periodsIn } from './period.js';

const issuedOn = '2026-11-20';

function said(text: string, issued: string | null = issuedOn): string {
  return periodsIn(lower(text), issued)
    .periods.map((p) => `${p.from ?? ''}..${p.until ?? ''}`)
    .join(' ');
}

describe('From when until when a letter asks for', () => {
  it.each([
    ['tuyên truyền đến hết ngày 31/8/2020', '..2020-08-31'],
    ['phát đến ngày 31 tháng 8 năm 2020', '..2020-08-31'],
    ['từ ngày 10/8 đến 31/8/2020', '2020-08-10..2020-08-31'],
    ['từ 10/8 đến hết ngày 31/8/2020', '2020-08-10..2020-08-31'],
    ['từ ngày 10 đến ngày 31/8/2020', '2020-08-10..2020-08-31'],
    ['từ ngày 13 đến hết ngày 15 tháng 5 năm 2019', '2019-05-13..2019-05-15'],
    ['từ ngày 10/8/2020 đến ngày 31/8/2020', '2020-08-10..2020-08-31'],
    ['Thời gian tuyên truyền: 10/8/2020 - 31/8/2020', '2020-08-10..2020-08-31'],
    ['Thời gian: từ 20/11 - 31/12/2026', '2026-11-20..2026-12-31'],
    ['từ nay đến hết tháng 12/2026', '2026-11-20..2026-12-31'],
    ['từ nay đến ngày 31/12/2026', '2026-11-20..2026-12-31'],
    ['từ nay cho đến hết ngày 31/12', '2026-11-20..2026-12-31'],
    ['kể từ ngày ký đến hết ngày 15/12/2026', '2026-11-20..2026-12-15'],
    ['phát trong thời gian 10 ngày kể từ ngày 10/8/2020', '2020-08-10..2020-08-19'],
    ['phát liên tục 07 ngày, từ ngày 01/12/2026', '2026-12-01..2026-12-07'],
    ['tuyên truyền trong 02 tuần kể từ ngày ban hành', '2026-11-20..2026-12-03'],
    ['phát trong 01 tháng kể từ ngày 01/12/2026', '2026-12-01..2026-12-31'],
    ['tuyên truyền trong tháng 9/2020', '2020-09-01..2020-09-30'],
    ['phát cả tháng 12/2026', '2026-12-01..2026-12-31'],
    ['tuyên truyền từ tháng 11 đến hết tháng 12/2026', '2026-11-01..2026-12-31'],
    ['tuyên truyền đến hết quý I/2027', '..2027-03-31'],
    ['tuyên truyền đến hết năm 2026', '..2026-12-31'],
    ['phát từ ngày 25/12 đến ngày 05/01/2027', '2026-12-25..2027-01-05'],
    ['phát từ ngày 25/12/2026 đến ngày 05/01', '2026-12-25..2027-01-05'],
    ['phát từ ngày 25/11 đến ngày 10/12', '2026-11-25..2026-12-10'],
    ['phát từ 5h00 ngày 25/11 đến 17h00 ngày 27/11/2026', '2026-11-25..2026-11-27'],
    ['bắt đầu phát từ ngày 25/11/2026', '2026-11-25..'],
    ['phát trong các ngày 25, 26 và 27/11/2026', '2026-11-25..2026-11-27'],
    ['phát trong các ngày 30/11, 01/12 và 02/12/2026', '2026-11-30..2026-12-02'],
    ['phát từ 01-15/12/2026', '2026-12-01..2026-12-15'],
    ['phát từ ngày 01 - 15/12/2026', '2026-12-01..2026-12-15'],
    ['tuyên truyền đến hết 31/12/2026', '..2026-12-31'],
    ['từ ngày ban hành đến hết 31/12/2026', '2026-11-20..2026-12-31'],
    ['phát trong ngày 25/11/2026', '2026-11-25..2026-11-25'],
    ['phát từ nay đến khi có thông báo mới', '2026-11-20..'],
    ['từ ngày 28-11-2026 đến ngày 05-12-2026', '2026-11-28..2026-12-05'],
    ['Thời gian thực hiện: Từ ngày 01 tháng 12 năm 2026 đến ngày 15 tháng 12 năm 2026.', '2026-12-01..2026-12-15'],
    ['từ ngày 01/02 đến hết ngày 28/02/2027', '2027-02-01..2027-02-28'],
  ])('"%s" is %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['Ngày tiêm diễn ra từ ngày 05/12/2026 đến ngày 06/12/2026'],
    ['tuyên truyền về Ngày hội được tổ chức từ ngày 5/12 đến 7/12/2026'],
    ['Thực hiện Công văn số 12/UBND ngày 01/8/2020'],
    ['hoàn thành trước ngày 10/12/2026'],
    ['Thời gian: 7h00 ngày 13/3/2022'],
    ['tính đến ngày 31/10/2026 có 12 ca mắc'],
    ['tạm ngừng từ 22 giờ ngày 02/12/2026 đến 5 giờ ngày 03/12/2026'],
    ['bão đổ bộ từ đêm ngày 03/10 đến sáng ngày 04/10/2026'],
    ['phát từ ngày 31/12/2026 đến ngày 01/12/2026'],
    ['phát từ nay đến hết tháng 8/2020'],
    ['phát đến hết ngày 31/11/2026'],
  ])('"%s" is no period of broadcasting', (text) => {
    expect(said(text)).toBe('');
  });

  it('takes no year from nowhere', () => {
    expect(said('phát từ ngày 25/11 đến ngày 10/12', null)).toBe('');
    expect(periodsIn('phát từ ngày 25/11 đến ngày 10/12', null).warnings).toHaveLength(1);
    expect(said('phát từ nay đến hết ngày 31/12/2026', null)).toBe('..2026-12-31');
  });

  it('warns of a range that runs backwards and of a term that starts on an unknown day', () => {
    expect(periodsIn('phát từ ngày 31/12/2026 đến ngày 01/12/2026', issuedOn).warnings).toHaveLength(1);
    const unknown = periodsIn('phát trong 07 ngày kể từ ngày nhận được công văn', issuedOn);
    expect([unknown.periods.length, unknown.warnings.length]).toEqual([0, 1]);
  });
});
