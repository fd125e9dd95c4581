import { cut, listItem, type Passage } from './passage.js';

/** The units that a point addresses, and where in the passage their names end (at the colon or the verb). */
export interface Naming {
  names: string[];
  end: number;
}

const order =
  /^\s{0,4}(?:(?:giao cho|giao|kính đề nghị|trân trọng đề nghị|đề nghị|yêu cầu|chỉ đạo|phân công|đối với|riêng|trách nhiệm của|nhiệm vụ của|nhiệm vụ cụ thể của|ủy quyền cho|đồng ý giao|hướng dẫn|đôn đốc)(?!\p{L})\s?:?\s{0,2}){1,12}/u;

const office =
  'thủ trưởng|lãnh đạo|người đứng đầu|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|trưởng|phó trưởng|bí thư|hiệu trưởng|chánh văn phòng|các đồng chí|đồng chí|đ/c|ông|bà|tổ trưởng|chỉ huy trưởng|người phụ trách';
const body =
  'các (?:phòng|ban|cơ quan|đơn vị|sở|ngành|trường|đoàn thể|tổ chức|hội|thôn|xã|phường|tổ|địa phương|doanh nghiệp|cấp|đài|trạm|trung tâm|nhà trường|chi|cơ sở|hộ|công ty|ủy ban|ubnd|thành viên|lực lượng|khu|đội|chủ|bộ|cục|huyện|quận|thị xã|thị trấn|tỉnh|ủy viên|đảng|phường|bệnh viện|khối|hợp tác xã|tập thể|ông|bà)|toàn thể|tất cả|phòng(?!,? ?(?:chống|ngừa|tránh|bệnh|dịch|trừ|là))|ban(?! hành| đầu| đêm| ngày)|trung tâm|tt (?:vh|y tế|văn hóa|truyền)|tt-|ttvh|ủy ban|ub|ubnd|ubdn|ubmttq|ubmttqvn|hđnd|mttq|mặt trận|đài|sở(?! hữu| thích)|công an|văn phòng|vp|hội(?! nghị| thảo| thi| chợ| họp)|đoàn(?! kết)|tỉnh đoàn|thành đoàn|huyện đoàn|liên đoàn|trạm|trường(?! hợp)|nhà trường|bệnh viện|bch|bcđ|chi cục|hạt|đội|tổ(?! chức)|công ty|tổng công ty|điện lực|kho bạc|bộ(?! máy| phận)|bộ phận|đồn|công chức|cán bộ|thôn|khu phố|bưu điện|ngân hàng|viễn thông|hợp tác xã|htx|đảng ủy|thành ủy|huyện ủy|thị ủy|tỉnh ủy|cơ quan|đơn vị|chính quyền|quân sự|bhxh|bảo hiểm xã hội|khối|xã(?! hội)|phường|thị trấn|huyện|quận|thị xã|thành phố|tiểu ban|cấp ủy|người dân|nhân dân|mọi người dân|bà con|hộ gia đình|chủ hộ|doanh nghiệp|viện kiểm sát|tòa án|chi bộ|đảng bộ|cục|tổng cục|thường trực|ban thường trực|ban thường vụ|chi đoàn|lực lượng|cơ sở (?:giáo dục|y tế|kinh doanh|đào tạo)|hệ thống chính trị|chi hội|phóng viên|cộng tác viên|tình nguyện viên|đoàn viên|hội viên|giáo viên|báo(?! cáo)|tổ chức (?:chính trị|đoàn)';
const officeOnly = new RegExp(`^(?:${office})(?: các)?$`, 'u');
const unitStart = new RegExp(`^(?:${office}|${body})(?!\\p{L})`, 'u');

/**
 * Verbs that separate the names of units from the order to them. Matched in the letter's own case: "Thông tin" and "Tổ
 * chức" inside a name are capitalised, the verb in running text is not.
 */
const verbs = [
  'chủ trì|phối hợp|(?<!các |Các )tổ chức(?! chính trị| đoàn thể| xã hội| thành viên| tín dụng| kinh tế| thuộc)',
  '(?<![Bb]an |[Tt]ổ )chỉ đạo|thực hiện|triển khai|tăng (?:cường|thời|tần|số|độ)|chủ động|xây dựng|có (?:trách nhiệm|nhiệm vụ|kế hoạch|biện pháp)|chịu trách nhiệm',
  '(?<![Tt]ổ |[Đđ]ội |[Bb]an )tuyên truyền|đẩy (?:mạnh|nhanh)|tiếp (?:tục|âm|sóng|nhận)|thường xuyên|căn cứ|theo (?:dõi|chức năng|nhiệm vụ)|hướng dẫn|tham (?:mưu|gia)',
  'bố trí|đăng(?: tải)?|(?<![Đđ]ài |truyền )phát(?! triển)|tập trung|cập nhật|(?<!ban )kiểm tra|đôn đốc|tổng hợp|báo cáo(?! viên)|quán triệt|phổ biến|rà soát|huy động|vận động',
  'bảo đảm|đảm bảo|khẩn trương|kịp thời|nghiêm (?:túc|chỉnh)|biên tập|(?<!trường |viện )sản xuất(?! kinh doanh|,| và kinh)|dành|thông báo|thông tin (?:kịp|rộng|về|đến|tới|tuyên|trên|đầy)',
  'nắm (?:bắt|chắc|rõ|tình)|sẵn sàng|ra quân|treo|lồng ghép|duy trì|cử|in|chuẩn bị|thành lập|đề xuất|nghiên cứu|yêu cầu|đề nghị|cần|phải|trên cơ sở|gửi|khai thác|(?<!vị )sử dụng',
  'lựa chọn|quan tâm|tích cực|đồng (?:loạt|thời)|phân công|lập (?:kế hoạch|danh sách)|trong đó|nếu|khi|sẽ|không|đã|nhằm|đi (?:từng|đến|tới)|đến (?:từng|tận)|vào cuộc|ban hành',
  'làm (?:tốt|việc|rõ)|giao|viết|truyền (?:tải|đạt)|h[ằà]ng ngày|mỗi ngày|thống nhất|chấp hành|cài đặt|tự(?! quản| trị| vệ)|nâng cao|xem xét|chia sẻ|(?<![Bb]an |[Đđ]ội |quan )quản lý|giám sát(?! cộng)',
  'lan tỏa|đưa|hưởng ứng|phản ánh|trực (?:tiếp|ban|24|sẵn)|cung cấp|hỗ trợ|được|để|là|từ (?:ngày|nay)|trước ngày|mở|ký|nhắn|mời|kêu gọi|phân loại|thu gom|dọn|giúp|niêm yết|đặt|cho|vệ sinh (?:môi|nhà|nơi)|tắt|ngừng|dừng|xử lý|phát huy|nhắc|phun|quay|chụp|hoàn thành|đánh giá|tiến hành|quy định|xác định',
];
const verb = new RegExp(`(?<!\\p{L})(?:${verbs.join('|')})(?!\\p{L})`, 'u');

const separators =
  /\s?[;\n]\s?|,\s(?=(?:Thủ trưởng|Chủ tịch|Phó Chủ tịch|Giám đốc|Trưởng|Bí thư|Hiệu trưởng|Chánh|Phòng|Ban|Trung tâm|Ủy ban|Uỷ ban|UBND|UBMTTQ|UB MTTQ|MTTQ|HĐND|Mặt trận|Đài|Sở|Công an|Văn phòng|Hội|Đoàn|Liên đoàn|Thành đoàn|Trạm|Trường|Bệnh viện|BCH|BCĐ|Chi cục|Hạt|Đội|Tổ|Công ty|Điện lực|Kho bạc|Bộ|Đồn|Bưu điện|Ngân hàng|Viễn thông|BHXH|Bảo hiểm|Tòa án|Viện|Các|Cơ quan|Đơn vị)(?!\p{L}))|(?<!HĐND|ĐBQH),?\s(?:và|cùng với|cùng)\s(?=(?:các (?:đoàn thể|tổ chức|hội|phòng|ban|cơ quan|đơn vị|trường|địa phương|ngành|doanh nghiệp)|thủ trưởng|chủ tịch|Thủ trưởng|Chủ tịch|Giám đốc|Trưởng|Phòng|Ban|Trung tâm|Ủy ban|Uỷ ban|UBND|UBMTTQ|MTTQ|Mặt trận|Đài|Sở|Công an|Văn phòng|Hội|Đoàn|Liên đoàn|Trạm|Trường|Bệnh viện|Đội|Tổ|Công ty|Các|Cơ quan|Đơn vị)(?!\p{L}))|,\s(?=các (?:đoàn thể|tổ chức chính trị|cơ quan|đơn vị|địa phương|trường|hội)(?!\p{L})(?!,))/u;

/** Units named at the start of `p`: before a colon ("UBND các phường, xã: …"), a verb, or the end of a short heading. */
export function addresseesOf(p: Passage): Naming | null {
  const lead = order.exec(p.low)?.[0].length ?? 0;
  const from = lead + (/^\s*/.exec(p.text.slice(lead))?.[0].length ?? 0);
  if (!unitStart.test(p.low.slice(from, from + 80))) return null;
  const window = cut(p, from, from + 420);
  const colon = colonIn(window);
  const verbAt = verb.exec(window.text)?.index ?? -1;
  const stop =
    /\.(?=\s+\p{Lu}|\s*$)|\n/u.exec(window.text.replace(/(?<=TP|Tp|TX|T\.P)\./gu, ' '))?.index ?? window.text.length;
  const end = Math.min(...[colon, verbAt, stop].filter((at) => at > 0));
  if (end === stop && colon !== stop && stop > (lead > 0 ? 240 : 160)) return null;
  const names = splitUnits(window.text.slice(0, end));
  return names.length === 0 ? null : { names, end: from + end };
}

/** "Giao Giám đốc: Sở …, Sở …": a colon inside the list does not end it. */
function colonIn(window: Passage): number {
  const at = window.text.indexOf(':');
  if (at < 0) return -1;
  const before = window.low.slice(0, at).trim();
  if (officeOnly.test(before) && unitStart.test(window.low.slice(at + 1).trimStart())) {
    return window.text.indexOf(':', at + 1);
  }
  return at;
}

/** "Phòng Y tế, Trung tâm Y tế và UBND các phường, xã" is three; "Các phòng, ban, đơn vị" and "Phòng Văn hóa và Thông tin" are one. */
export function splitUnits(text: string): string[] {
  return text
    .replace(/^(\s*(?:Giao |Đề nghị |Yêu cầu )?(?:Giám đốc|Thủ trưởng|Chủ tịch|Trưởng)(?: các)?)\s?:/u, '$1')
    .replace(/\((?:sau đây|gọi|viết)[^()\n]*\)/giu, ' ')
    .split(separators)
    .map((name) =>
      listItem(name)
        .replace(/^(?:và|cùng)\s+/u, '')
        .replace(/[\s:]+$/u, ''),
    )
    .filter((name) => name.length > 1 && name.length <= 200);
}

export function startsWithUnit(low: string): boolean {
  return unitStart.test(low.replace(order, '').trimStart());
}
