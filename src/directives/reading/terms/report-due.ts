import type { LocalDate } from '../../../shared/local-time.js';
import { dateOf, daysIn, leadTo, yearFor } from './days.js';

export interface ReportDue {
  due: LocalDate | null;
  warnings: string[];
}

const asksReport =
  /báo cáo(?! số| viên)|gửi (?:về|ubnd|phòng|sở|trung tâm|ban|thường trực|văn phòng|kết quả|bản|số liệu|danh sách|phiếu|biểu)|tổng hợp kết quả|phản hồi|(?:thông tin|phản ánh) (?:kết quả|về)/u;
const deadline =
  /(?:trước|chậm nhất|chậm nhất là|chậm nhất đến|chậm nhất vào|muộn nhất|muộn nhất là|muộn nhất vào|hạn|hạn cuối|hạn chót|hạn cuối là|thời hạn|hạn chót là|xong trước|hạn báo cáo|thời hạn báo cáo|hạn gửi)(?:\s?:)?(?:\s(?:là|vào))?$/u;
const softDeadline = /(?:trong|vào|xong|đến)(?:\s?:)?$/u;
const recurring = /^\s{0,2}(?:hằng|hàng|mỗi|của (?:hằng|hàng|mỗi))\s(?:ngày|tuần|tháng|quý|năm)/u;
const periodic =
  /(?:báo cáo|gửi)[^.;\n]{0,90}(?:hằng|hàng|mỗi)\s(?:ngày|tuần|tháng|quý)|(?:hằng|hàng|mỗi)\s(?:ngày|tuần|tháng|quý)[^.;\n]{0,60}báo cáo|định kỳ[^.;\n]{0,40}báo cáo|báo cáo[^.;\n]{0,30}định kỳ/u;

/**
 * The date by which the sentence `low` wants a report: the date after "trước", "chậm nhất", "hạn" … in a sentence that
 * asks for one. "trước ngày 15/9" is due on 15/9 as written. A recurring report has no single date: null and a warning.
 */
export function reportDueIn(low: string, issuedOn: LocalDate | null): ReportDue {
  const warnings: string[] = [];
  const request = asksReport.exec(low);
  if (request === null) return { due: null, warnings };
  for (const mention of daysIn(low)) {
    if (mention.unit !== 'day') continue;
    const lead = leadTo(low, mention.start);
    const soft = mention.start > request.index && softDeadline.test(lead) && !/từ[^.;]{0,40}đến$/u.test(lead);
    if (!deadline.test(lead) && !soft) continue;
    if (soft && /phát|tuyên truyền|đăng/u.test(low.slice(request.index + 8, mention.start))) continue;
    if (recurring.test(low.slice(mention.end, mention.end + 24))) continue;
    if (mention.month === null) {
      warnings.push(`Hạn báo cáo "ngày ${mention.day}" không ghi tháng nên chưa được ghi nhận.`);
      continue;
    }
    const year = mention.year ?? yearFor(mention.month, issuedOn);
    const due = dateOf(mention.day, mention.month, year);
    if (due !== null) return { due, warnings };
    if (year === null) warnings.push(`Hạn báo cáo "${low.slice(mention.start, mention.end)}" chưa rõ năm.`);
  }
  if (periodic.test(low))
    warnings.push('Văn bản yêu cầu báo cáo định kỳ; hạn báo cáo không phải là một ngày nên để trống.');
  return { due: null, warnings };
}
