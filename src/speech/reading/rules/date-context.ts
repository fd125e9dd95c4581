/** Whether 2/9 is a day or a part: read from the words around it. */
const dayBefore =
  /(?:ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|khuya|hôm|hôm nay|lễ|dịp|từ|đến|tới|hết|trước|sau|hạn|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|cn|kỷ niệm|quốc khánh|chào mừng|giải phóng|lao động|hạn chót|khai mạc|bế mạc|nghỉ|tết|bão|giỗ tổ|phong trào|quốc tế|liệt sĩ|thương binh|nhà giáo|phụ nữ|\d(?:h|g|giờ)(?:\d\d)?(?: phút)?(?: ngày)?)[\s,(:]*$/;
const partBefore =
  /(?:hơn|gần|khoảng|chiếm|được|còn|giảm|tăng|bằng|ít nhất|tối thiểu|quá|trên|dưới|tỷ lệ|tỉ lệ|đạt)\s*$/;
const partAfter =
  /^\s?(?:số|tổng|dân số|diện tích|hộ|chiều|bài|ca|quãng|thời gian|trở lên|lượng|sản lượng|giá|mức|nhu cầu|quân|đoạn|chặng|đường|khối|phần|cử tri|đại biểu|thành viên|người|cốc|ly|thìa|muỗng|bát|viên|lít|kg|km|m\b|ha\b|giờ|ngày|tháng|năm|đêm|trận|hiệp|suất|lương|tiền|cổ phần|vốn|thế kỷ|học sinh|lớp|trường|cán bộ|đảng viên|hội viên|tiêu chí|chỉ tiêu|xã|phường|thôn|tổ|khu|đơn vị|mẫu|sào|tạ|tấn)/;
const dayAfter = /^\s?(?:âm lịch|dương lịch|hàng năm|hằng năm|tới|này|vừa qua|năm nay|-|đến|tới)/;
const feasts = new Set([
  '30/4',
  '1/5',
  '2/9',
  '8/3',
  '20/10',
  '20/11',
  '22/12',
  '27/7',
  '3/2',
  '19/5',
  '26/3',
  '1/6',
  '27/2',
  '19/8',
  '28/6',
  '21/6',
  '10/10',
  '1/12',
  '9/11',
  '26/6',
  '10/3',
  '15/5',
  '15/10',
  '13/10',
  '18/11',
  '7/5',
  '5/6',
  '25/12',
  '14/2',
  '28/7',
]);

/** `day` and `month` as written; '' when the caller has settled that the numbers are days of a list. */
export function dateLike(before: string, after: string, day: string, month: string): boolean {
  const strong =
    /(?:ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|hôm|lễ|dịp|kỷ niệm|hạn|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật)[\s,(:]*$/.test(
      before,
    );
  if (strong || dayAfter.test(after)) return true;
  if (partAfter.test(after) || partBefore.test(before)) return false;
  if (dayBefore.test(before)) return true;
  if (day === '') return false;
  if (day.startsWith('0') || (month.startsWith('0') && Number(month) > 0)) return true;
  if (feasts.has(`${Number(day)}/${Number(month)}`) && /\p{L}/u.test(before + after)) return true;
  // A day named just before carries on: 'từ 28/8 đến 2/9', '30/4 và 1/5'.
  if (/\d\/\d{1,2}(?:\/\d{4})?\s?(?:,|và|-|đến|hoặc)\s?$/.test(before)) return true;
  return (
    Number(day) > Number(month) &&
    /\p{L}/u.test(before + after) &&
    Number(month) > 0 &&
    !/(?:số|ngõ|ngách|hẻm|nhà|kiệt|quán)\s*:?\s*$/.test(before)
  );
}
