import { lower } from '../text/passage.js';
import { reportDueIn } from './report-due.js';

const due = (text: string, issued: string | null = '2020-08-05') => reportDueIn(lower(text), issued).due;

describe('By when a letter wants a report', () => {
  it.each([
    ['báo cáo kết quả thực hiện về UBND thành phố trước ngày 15/9/2020', '2020-09-15'],
    ['gửi về Phòng Văn hóa và Thông tin trước 17h00 ngày 20/8', '2020-08-20'],
    ['báo cáo kết quả về UBND thành phố chậm nhất ngày 10/9/2020', '2020-09-10'],
    ['báo cáo kết quả, chậm nhất là ngày 10 tháng 9 năm 2020', '2020-09-10'],
    ['Trước ngày 15/9/2020, các đơn vị báo cáo kết quả', '2020-09-15'],
    ['gửi báo cáo về Sở (qua Phòng Bưu chính) muộn nhất vào ngày 05-09-2020', '2020-09-05'],
    ['báo cáo UBND tỉnh trước 16 giờ 30 phút, thứ Sáu ngày 21/8/2020', '2020-08-21'],
    ['Thời hạn báo cáo: ngày 30/8/2020', '2020-08-30'],
    ['tổng hợp kết quả gửi về Phòng trong ngày 25/8/2020', '2020-08-25'],
    ['báo cáo theo Công văn số 12/UBND-VX ngày 01/8/2020 trước ngày 30/8/2020', '2020-08-30'],
    ['tuyên truyền đến hết ngày 31/8/2020 và báo cáo kết quả trước ngày 05/9/2020', '2020-09-05'],
    ['báo cáo kết quả trước ngày 05/01', '2021-01-05'],
  ])('"%s" → %s', (text, expected) => {
    const issued = text.endsWith('05/01') ? '2020-12-20' : '2020-08-05';
    expect(due(text, issued)).toBe(expected);
  });

  it.each([
    ['Báo cáo số 12/BC-UBND ngày 03/8/2020 của UBND thành phố'],
    ['tổng hợp, báo cáo tình hình thực hiện về UBND thành phố'],
    ['hoàn thành trước ngày 10/8/2020'],
    ['báo cáo trước ngày 25 hằng tháng'],
    ['báo cáo kết quả trước ngày 31/9/2020'],
    ['báo cáo viên phát sóng trước ngày 15/9/2020'],
  ])('"%s" sets no date', (text) => {
    expect(due(text)).toBeNull();
  });

  it('says when the report recurs, or lacks its month or year', () => {
    for (const text of [
      'báo cáo kết quả trước 16h00 hằng ngày',
      'báo cáo trước ngày 25 hằng tháng',
      'báo cáo kết quả trước ngày 25',
    ]) {
      expect(reportDueIn(lower(text), '2020-08-05').warnings).toHaveLength(1);
    }
    expect(reportDueIn('báo cáo trước ngày 15/9', null).warnings).toHaveLength(1);
  });
});
