/** Whether 2/9 is a day or a fraction, judged by the words around it. */
export type DateGuess = 'day' | 'likely-day' | 'no-day';

const named =
  /(?:ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|khuya|hôm|hôm nay|lễ|dịp|kỷ niệm|hạn|hạn chót|hạn cuối|hạn nộp|thời hạn|chậm nhất|rạng sáng|rạng|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|t[2-7]|chủ nhật|cn|tết|tết dl|dương lịch|khai giảng|tựu trường|bế giảng|nhập học|tổng kết|khánh thành|ra quân|quốc khánh|giải phóng|lao động|nghỉ|giỗ tổ|liệt sĩ|tbls|tb-ls|qk|nhà giáo|phụ nữ|thầy thuốc|doanh nhân|gia đình|khai mạc|bế mạc|phong trào|quốc tế|áp dụng|hiệu lực|bắt đầu|khởi công|khai trương|diễn ra|kể từ|mở bán|đến hạn|khởi hành|xuất phát)[\s,(:]*$|(?:nay|qua|mai|kia)[\s(]*$/;
const spanned = /(?:từ|đến|tới|hết|trước|sau|vào|lúc|chào mừng|\d\s?(?:h|g|giờ)(?:\d\d)?(?: phút)?)[\s,(:]*$/;
/** A preceding day makes the next one a day too: 'từ 28/8 đến 2/9', '30/4 và 1/5'. */
const afterDay =
  /(?:((?:ngày|từ|lễ|dịp|sáng|chiều|tối|đến|tết|hết)\s)|\s|^)(\d{1,2})\/(\d{1,2})(?:\/\d{4})?\s?(?:,|và|-|đến|hoặc)\s?$/;

function carriesOn(before: string): boolean {
  const found = afterDay.exec(before);
  if (!found) return /\d\/\d{1,2}(?:\/\d{4})?\s?(?:,|và|-|đến|hoặc)\s?$/.test(before);
  const [, word, day = '', month = ''] = found;
  // '1/2, 2/3' is a list of fractions.
  return word !== undefined || day.startsWith('0') || Number(day) >= Number(month) || Number(month) > 10;
}
const dayAfter =
  /^\s?(?:năm (?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)|\(?(?:âm lịch|âl)|âm lịch|dương lịch|hàng năm|hằng năm|tới|này|vừa qua|năm nay|-\s?\d{1,2}\/)/;
const yearAfter = /^\s?năm (?:sau|trước|tới|(?:19|20)\d\d)/;
const partBefore =
  /(?:hơn|gần|khoảng|chiếm|được|còn|giảm|tăng|bằng|ít nhất|tối thiểu|quá|trên|dưới|tỷ lệ|tỉ lệ|đạt|thêm|uống|lấy|cho|xuống)\s*$/;
const partAfter =
  /^\s?(?:số|tổng|dân số|diện tích|hộ|chiều|bài|ca|quãng|thời gian|trở lên|lượng|sản lượng|giá|mức|nhu cầu|quân|đoạn|chặng|đường|khối|phần|cử tri|đại biểu|thành viên|người|cốc|ly|thìa|muỗng|bát|viên|lít|kg|km|m(?![\p{L}])|ha(?![\p{L}])|giờ|ngày|tháng|năm|đêm|trận|hiệp|suất|lương|tiền|cổ phần|vốn|thế kỷ|học sinh|lớp|trường|cán bộ|đảng viên|hội viên|tiêu chí|chỉ tiêu|xã|phường|thôn|tổ|khu|đơn vị|ứng cử viên|mẫu|sào|tạ|tấn|quả|chỉ|lần|thể tích|cơ thể)(?!\p{L})/u;
const counted =
  /^\s?(?:thôn|xã|phường|hộ|tổ|tiêu chí|chỉ tiêu|đại biểu|người|trường|lớp|đơn vị|huyện|tỉnh|cháu|em|đảng viên|hội viên|phiếu|mẫu|ca|dự án|công trình|học sinh|thí sinh|khu|chi bộ|chi hội|đồng chí|khóm|ấp|bản|sản phẩm|nhà|ủy viên|thành viên|doanh nghiệp|nội dung|nhiệm vụ|cử tri|cơ sở|điểm|tuyến|phòng|câu|thành phố|ngôi|cuộc|hồ sơ|cán bộ|cơ quan|gia đình|hợp tác xã|tdp|ubnd|đội|môn|giải|cụm|chợ|trạm|bệnh nhân|ứng cử viên|ứng viên|đại biểu|ủy viên)(?!\p{L})/u;
const house =
  /(?:lớp|phòng|khối|tổ|mẫu|biểu|đội|quầy|bàn|(?<!đổi |ký |nghệ |tế |dân |hội )số|ngõ|ngách|hẻm|nhà|kiệt|quán|lô|thửa)\s*:?\s*$/;
/**
 * 'mỗi ngày', 'trong 5 ngày': a duration or frequency, not a date. The minutes of 'lúc 19h30 ngày' do not count days.
 */
export function countsDays(before: string): boolean {
  return /(?:mỗi|một|hằng|hàng|trong|(?<!giờ )(?<![\d\p{L}:.])\d{1,3}) ngày\s*$/u.test(before);
}

export function placesHouse(before: string): boolean {
  return house.test(before);
}

/** Public holidays and feasts that every announcer knows. */
const feasts = new Set(
  '30/4 1/5 2/9 5/9 8/3 20/10 20/11 22/12 27/7 3/2 19/5 26/3 1/6 27/2 19/8 28/6 21/6 10/10 1/12 9/11 26/6 10/3 15/5 15/10 13/10 18/11 7/5 5/6 25/12 14/2 28/7 29/3'.split(
    ' ',
  ),
);

/** `day` and `month` as written; '' when the numbers are the days of a list. */
export function guessDate(before: string, after: string, day: string, month: string): DateGuess {
  if (/(?:^|[\s(,])lớp\s*:?\s*(?:\d{1,2}\/\d{1,2}\s?(?:,|và|-|đến)\s?)*$/.test(before)) return 'no-day';
  // '…92,3% gia đình, 11/12 TDP': a count, not the Day of Families.
  if (/(?:gia đình|phụ nữ|lao động|doanh nhân|liệt sĩ|nhà giáo|quốc tế)\s*,\s*$/.test(before) && counted.test(after))
    return 'no-day';
  if (named.test(before) || dayAfter.test(after)) return 'day';
  // 'đến 31/3 năm sau': a year follows, unless the fraction is part of that year ('giảm 1/3 năm trước').
  if (yearAfter.test(after) && !partBefore.test(before)) return 'day';
  if (partAfter.test(after) || partBefore.test(before)) return 'no-day';
  if (spanned.test(before) || carriesOn(before)) return 'day';
  if (day === '' || house.test(before)) return 'no-day';
  if (day.startsWith('0') || month.startsWith('0')) return 'day';
  const inWords = /\p{L}/u.test(before + after);
  if (feasts.has(`${Number(day)}/${Number(month)}`) && inWords) return 'day';
  return Number(day) > Number(month) && inWords ? 'likely-day' : 'no-day';
}

export function partLike(before: string, after: string): boolean {
  return partAfter.test(after) || partBefore.test(before);
}

export function countedAfter(after: string): boolean {
  return counted.test(after);
}

/** Like `guessDate`, for 12-8, where the other reading is twelve to eight. */
export function guessDashedDate(before: string, after: string, day: string, month: string): DateGuess {
  // 'từ ngày 1-6 người dân …' starts a period; the following persons are not counted.
  if (/từ ngày\s*$/.test(before) && /^\s(?:người|hộ)\s(?!\/)/.test(after)) return 'likely-day';
  if (/^\s?(?:tháng|âm|dương|-|hàng|hằng|người|hộ|lần|ngày|giờ|%|tuổi|năm(?! (?:nay|tới|sau|\d)))/.test(after))
    return 'no-day';
  const backwards = Number(day) > Number(month);
  // 'kể từ ngày 1-12.': two days without a following month are no range.
  if (/từ ngày\s*$/.test(before) && /^\s?(?:[.,;:)]|$|đến|tới|năm|trở)/.test(after)) return 'likely-day';
  if (/từ (?:ngày )?\s*$/.test(before)) return backwards ? 'day' : 'no-day';
  // 13h/28-9; 15h30, 29-11.
  if (/\d\s?(?:h|g|giờ)(?:\d\d)?\s?\/\s?$/.test(before)) return 'day';
  if (backwards && /\d\s?(?:h|g|giờ)\s?(?:\d\d)?(?: phút)?\s?,\s?$/.test(before)) return 'day';
  if (
    /ngày \d{1,2}-\d{1,2}(?:\s?(?:,|;|và)\s?\d{1,2}-\d{1,2})*\s?(?:,|;|và|(?:đến|tới)(?: hết)?)\s?(?:ngày )?$/.test(
      before,
    )
  )
    return 'day';
  if (/ngày\s*$/.test(before)) return backwards || day.startsWith('0') ? 'day' : 'likely-day';
  const feast = feasts.has(`${Number(day)}/${Number(month)}`);
  if (
    feast &&
    (named.test(before) || /\d-\d{1,2}\s?(?:,|và|đến)\s?$/.test(before) || /^\s?(?:và|,)\s?\d{1,2}-\d/.test(after))
  )
    return 'day';
  if (named.test(before) && backwards && !/phong trào\s*$/.test(before)) return 'day';
  return Number(day) > 12 && /(?:đến|tới|trước|sau|hết)\s*$/.test(before) ? 'day' : 'no-day';
}

const place =
  /(?:đường|đ\.|phố|chợ|cầu|bệnh viện|quảng trường|trường(?: mn| th| mầm non| tiểu học)?|mn|mầm non|thpt|thcs|công viên|nhà máy|xí nghiệp|rạp|hợp tác xã|khách sạn)\s*$/;

/** Streets, markets, schools and hospitals are named after days: đường 3/2, Bệnh viện 19-8. */
export function namesPlace(before: string, day: string, month: string): boolean {
  return place.test(before) && feasts.has(`${Number(day)}/${Number(month)}`);
}
