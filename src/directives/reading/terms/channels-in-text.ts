import type { ChannelKind } from '../../../shared/channel-kind.js';
import { B, E } from '../text/passage.js';
import { levelsAfter, type SpeakerLevel } from '../text/speaker-levels.js';

/** A channel named in a text. For loudspeakers `levels` is empty when the text does not say whose. */
export interface ChannelMention {
  start: number;
  end: number;
  kind: 'loudspeaker' | Exclude<ChannelKind, 'city-loudspeaker' | 'ward-loudspeaker'>;
  levels: SpeakerLevel[];
}

const speaker = new RegExp(
  `${B}(?:(?:hệ thống|mạng lưới|cụm|trạm|đài|sóng|chương trình|các|dàn|bộ)\\s{1,2}){0,3}(?:loa\\s{1,2})?(?:truyền thanh|phát thanh)${E}(?!\\s{1,2}viên${E})|${B}(?:(?:hệ thống|mạng lưới|cụm|các|dàn|trên|qua|bằng)\\s{1,2}){0,3}loa${E}(?:\\s{1,2}(?:phóng thanh|công cộng))?`,
  'gu',
);
const mobile =
  /^\s{0,2}(?:-\s{0,2})?(?:kéo|kẹo kéo|cầm tay|lưu động|di động|tay|mini|thùng|bluetooth|xe|tuyên truyền lưu động|gắn)/u;
const fanpage = new RegExp(
  `${B}(?:(?:trang|các trang)\\s{1,2})?(?:mạng xã hội\\s{1,2})?(?:fan\\s?-?page|facebook|face\\s?book|fb)s?${E}`,
  'gu',
);
const website = new RegExp(
  `${B}(?:(?:các\\s)?(?:trang|cổng|trang/cổng|cổng/trang|cổng, trang|trang, cổng)\\s{0,2}/?\\s{0,2}(?:cổng\\s|trang\\s)?(?:(?:thông tin|tin)\\s{1,2}điện tử|ttđt|tt điện tử|web(?:site)?)|web\\s?sites?|trang mạng nội bộ|cổng thông tin(?=\\s(?:của\\s)?(?:thành phố|thị xã|huyện|phường|xã|ubnd|đơn vị|các)))${E}`,
  'gu',
);
const leaflet = new RegExp(
  `${B}(?:(?:đi|đến|tới|gõ cửa|rà|vào|xuống|tại|cho)\\s{1,2}(?:với\\s|được\\s)?(?:tận\\s|từng\\s)(?:ngõ,?\\s(?:gõ\\s|đến\\s|vào\\s|gặp\\s)?(?:cửa\\s)?(?:từng\\s)?)?(?:nhà|hộ|gia đình|người dân tại nhà)|từng\\s{1,2}(?:nhà|hộ(?: gia đình| dân)?)|tận\\s{1,2}(?:nhà|hộ)|tờ\\s{1,2}(?:rơi|gấp|bướm|dán|thông tin|hướng dẫn|tin)|tài liệu phát tay)${E}`,
  'gu',
);

/** "không sử dụng loa …": the channel is excluded. "không chỉ", "không quá" and the like are not refusals. */
const refusal =
  /(?<!\p{L})(?:không|chưa|nghiêm cấm|cấm|tạm dừng|tạm ngừng|dừng|ngừng|thôi|hạn chế|thay vì|thay cho|ngoài)(?:\s(?:được|nên|phải|cần|còn|việc|tiếp tục)){0,2}\s(?:sử dụng|dùng|phát|đăng|tuyên truyền|thông báo|triển khai|thực hiện|đưa|qua|trên|bằng|mở|áp dụng|có|tiếp tục|in|hoạt động của|hệ thống|loa|việc)[^;.\n]{0,80}$/u;
const refusalEnds =
  /(?<!\p{L})(?:mà|thì|nhưng|song|chỉ|thay vào đó|chuyển sang|ưu tiên|yêu cầu)(?!\p{L})|, (?:phát|đăng|tuyên truyền|sử dụng|tăng cường)(?!\p{L})/u;
/** Repairing or counting the loudspeakers is not broadcasting on them. */
const maintenance =
  /(?:sửa chữa|bảo dưỡng|bảo trì|nâng cấp|lắp đặt|đầu tư|kiểm tra|rà soát|khắc phục|trang bị|mua sắm|thay thế|bảo vệ)(?:,? (?:sửa chữa|kiểm tra|rà soát|bảo dưỡng|nâng cấp|khắc phục))*[^;,.\n]{0,24}$/u;
/** A place to read or fetch from, not to publish on. */
const source =
  /(?:(?<!đăng )tải(?: về| xuống| tại| từ)?|truy cập|tham khảo|tra cứu|khai thác|theo dõi|xem(?: thêm| chi tiết| tại)?|lấy từ|nguồn|đăng ký(?: trực tuyến| tại| trên| qua)?|(?:được|đã) đăng(?: tải)?|chia sẻ[^,;.\n]{0,30} từ|lấy[^,;.\n]{0,24} (?:từ|trên)|tài liệu[^,;.\n]{0,40} (?:từ|tại)|địa chỉ|nộp hồ sơ|nhắn tin|liên hệ)[^;.\n]{0,48}$/u;
const rhetorical = /(?:thông tin|nội dung|âm thanh|sóng|kiến thức)(?: được)? (?:đến|tới)(?: được)?(?: với)?$/u;

/** Channels that letters name and Loa does not serve; a warning names them rather than losing them silently. */
const unserved: ReadonlyArray<[string, RegExp]> = [
  ['Zalo', new RegExp(`${B}zalo${E}`, 'u')],
  [
    'xe hoặc loa lưu động',
    /xe (?:tuyên truyền|thông tin|loa|phát thanh)|lưu động|loa (?:kéo|kẹo kéo|cầm tay|di động|tay)/u,
  ],
  ['băng rôn, pa nô, áp phích', /băng[\s-]?(?:rôn|zôn|roll?)|pa[\s-]?nô|áp[\s-]?phích|poster|khẩu hiệu/u],
  ['tin nhắn SMS', new RegExp(`${B}(?:sms|tin nhắn|nhắn tin)${E}`, 'u')],
];

/**
 * Channels named in `low` (the lower-case twin of a passage), in order, without those that are excluded or only read
 * from.
 */
export function channelsIn(low: string): ChannelMention[] {
  const found: ChannelMention[] = [];
  if (/thanh|loa/.test(low)) speakers(low, found);
  if (/page|face|fb/.test(low)) {
    for (const match of low.matchAll(fanpage)) add(low, match, 'fanpage', found);
  }
  if (/web|điện tử|ttđt|cổng thông tin|nội bộ/.test(low)) {
    for (const match of low.matchAll(website)) {
      if (isLinkOnly(low, match.index, match.index + match[0].length)) continue;
      add(low, match, 'website', found);
    }
  }
  if (/từng|tận|tờ |phát tay/.test(low)) {
    for (const match of low.matchAll(leaflet)) {
      const before = low.slice(Math.max(0, match.index - 32), match.index).trimEnd();
      if (rhetorical.test(`${before} ${/^(?:đến|tới)/.exec(match[0])?.[0] ?? ''}`.trim())) continue;
      add(low, match, 'leaflet', found);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

export function unservedIn(low: string): string[] {
  return unserved.filter(([, pattern]) => pattern.test(low)).map(([name]) => name);
}

function speakers(low: string, found: ChannelMention[]): void {
  for (const match of low.matchAll(speaker)) {
    const [start, at] = [match.index, match.index + match[0].length];
    if (found.length > 0 && start < found.at(-1)!.end) continue;
    const before = low.slice(Math.max(0, start - 90), start);
    if (mobile.test(low.slice(at, at + 24)) || /(?:xe|ô tô|xe máy)(?: ô tô| máy)?(?: gắn)?\s?$/u.test(before)) continue;
    if (maintenance.test(before) || isRefused(before)) continue;
    const after = levelsAfter(low, at);
    if (after.levels === 'elsewhere') continue;
    // "Đài Phát thanh - Truyền hình Hà Tĩnh", "Báo và Phát thanh, Truyền hình …": without a lower level, the province's
    // station.
    const station = after.television && after.levels.length === 0 && /phát thanh$/u.test(match[0]);
    if (station && !/chương trình|hệ thống|loa/u.test(match[0])) continue;
    const levels =
      after.levels.length === 0 && /(?:cụm|trạm)/u.test(match[0]) ? (['ward'] as SpeakerLevel[]) : after.levels;
    found.push({ start, end: after.end, kind: 'loudspeaker', levels });
  }
}

function add(low: string, match: RegExpMatchArray, kind: ChannelMention['kind'], found: ChannelMention[]): void {
  const start = match.index!;
  const before = low.slice(Math.max(0, start - 90), start);
  if (isRefused(before) || (kind !== 'leaflet' && source.test(before))) return;
  found.push({ start, end: start + match[0].length, kind, levels: [] });
}

function isRefused(before: string): boolean {
  if (!/không|chưa|cấm|dừng|ngừng|thôi|hạn chế|thay|ngoài/.test(before)) return false;
  const match = refusal.exec(before);
  if (match === null) return false;
  if (/^(?:không|ngoài) (?:chỉ|những)/u.test(match[0])) return false;
  if (/^(?:ngoài|thay)/u.test(match[0]) && before.slice(match.index).includes(',')) return false;
  return !refusalEnds.test(match[0]);
}

/**
 * "tài liệu … trên Web: https://…" refers to a page; "đăng trên Cổng thông tin điện tử (hatinhcity.gov.vn)" orders
 * publication there.
 */
function isLinkOnly(low: string, start: number, end: number): boolean {
  if (!/^\s?(?:tại |theo |ở )?(?:địa chỉ|đường dẫn|link)?\s?:?\s?\(?(?:https?:|www\.)/u.test(low.slice(end, end + 40)))
    return false;
  return !/(?:đăng(?: tải)?|cập nhật|tuyên truyền|phát)[^;.\n]{0,60}$/u.test(
    low.slice(Math.max(0, start - 80), start).replace(/(?:được|đã) đăng(?: tải)?/gu, ''),
  );
}
