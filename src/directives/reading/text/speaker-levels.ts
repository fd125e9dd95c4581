/** Whose loudspeakers: the city's (or town's, district's) or the wards'. */
export type SpeakerLevel = 'city' | 'ward';

const filler =
  /^(?:\s{0,2}(?:-|,|và|&)?\s{0,2}(?:truyền hình|truyền thanh|phát thanh|th)(?!\p{L})|\s(?:không dây|có dây|hữu tuyến|thông minh|công cộng|hiện có|ip|fm|địa phương|ứng dụng (?:cntt|công nghệ thông tin)(?:\s?(?:-|,|và)\s?viễn thông)?|\([^()\n]{0,40}\)))/u;
const linker =
  /^(?:\s{0,2}(?:,|-|\/|&|\+)\s{0,2}|\s(?:và|hoặc|đến|tới|xuống|với|cùng|lẫn|các|cấp|của|tại|ở|từ|thuộc|trong|mỗi|toàn|khắp|cả|hệ thống|đài|trạm|loa|cụm loa|truyền thanh|phát thanh)(?!\p{L}))/u;
const city = /^\s?(?:cấp\s)?(?:thành phố|tp\.?|thị xã|tx\.?|huyện|quận|trung tâm)(?![\p{L}\d])/u;
const ward =
  /^\s?(?:cấp\s)?(?:cơ sở(?! y tế| giáo dục| kinh doanh| sản xuất| vật chất| lưu trú| thờ| đào tạo| khám| dịch vụ)|phường|xã(?! hội)|thị trấn|thôn|tổ dân phố|tdp|khu phố|khu dân cư|xóm|bản|ấp|làng|buôn|khối phố|khối|tiểu khu)(?!\p{L})/u;
const both = /^\s?(?:các|hai|2|02|ba|3|03)\scấp(?!\p{L})/u;
const province = /^\s?(?:tỉnh|trung ương|quốc gia|việt nam|tiếng nói)(?!\p{L})/u;

export interface LevelsAfter {
  levels: SpeakerLevel[] | 'elsewhere';
  end: number;
  /** "… và Truyền hình": the name of a station, not of loudspeakers. */
  television: boolean;
}

/**
 * Levels named directly after a loudspeaker: "… cơ sở", "… từ thành phố đến các phường, xã", "… cấp huyện, cấp xã".
 * Empty when none is named there; 'elsewhere' for a provincial or national station, which is no channel of Loa.
 */
export function levelsAfter(low: string, at: number): LevelsAfter {
  let end = at;
  let window = low.slice(at, at + 140);
  const levels = new Set<SpeakerLevel>();
  const step = (length: number) => {
    end += length;
    window = window.slice(length);
  };
  for (let i = 0; i < 3; i++) {
    const fill = filler.exec(window);
    if (fill === null) break;
    step(fill[0].length);
  }
  const television = /truyền hình/u.test(low.slice(at, end));
  let lastEnd = end;
  for (let i = 0; i < 12; i++) {
    let linked = 0;
    const every = both.exec(window);
    if (every !== null) {
      step(every[0].length);
      return { levels: ['city', 'ward'], end, television };
    }
    for (let link = linker.exec(window); link !== null && linked < 4; link = linker.exec(window)) {
      step(link[0].length);
      linked++;
    }
    // A second level needs a linking word: in "loa phường thành phố" the city only says to which city the ward belongs.
    if (levels.size > 0 && linked === 0) break;
    const named = nameOf(window);
    if (named === null) break;
    if (named.level === 'province') return { levels: 'elsewhere', end, television };
    for (const level of named.level) levels.add(level);
    step(named.length);
    lastEnd = end;
  }
  return { levels: [...levels], end: lastEnd, television };
}

function nameOf(window: string): { level: SpeakerLevel[] | 'province'; length: number } | null {
  for (const [pattern, level] of [
    [city, ['city']],
    [ward, ['ward']],
    [province, 'province'],
  ] as Array<[RegExp, SpeakerLevel[] | 'province']>) {
    const match = pattern.exec(window);
    if (match !== null) return { level, length: match[0].length };
  }
  return null;
}

const wardUnit =
  /(?:ubnd|ủy ban nhân dân|chủ tịch|công chức|cán bộ|đài|trạm|mttq|các)[^,;]{0,30}?(?<!thị )(?:phường|xã(?! hội)|thị trấn)(?!\p{L})|^(?:phường|xã|thị trấn)\s|(?:phường|xã),? (?:xã|phường|thị trấn)|cấp xã|tổ dân phố|(?<!\p{L})thôn(?!\p{L})|khu phố|khu dân cư|chính quyền cơ sở|truyền thanh cơ sở/u;
const cityUnit =
  /trung tâm (?:văn hóa|vh|truyền thông|tt|thông tin|dịch vụ văn hóa)|(?:tt|trung tâm)\s?(?:vh|vhtt|vhttt|tt-vh|vh-tt)|phòng (?:văn hóa|vh)|đài (?:truyền thanh|phát thanh|tt)|(?<!\p{L})(?:thành phố|tp|thị xã|huyện|quận|cấp huyện)(?!\p{L})/u;

/** Whose loudspeakers a unit runs, from its name. A ward's name may contain the city's, so wards are matched first. */
export function levelOfUnit(low: string): SpeakerLevel | null {
  if (wardUnit.test(low)) return 'ward';
  return cityUnit.test(low) ? 'city' : null;
}

/** Distinct levels of several units, in the order of their naming. */
export function levelsOfUnits(lows: readonly string[]): SpeakerLevel[] {
  const levels = lows.map(levelOfUnit).filter((level): level is SpeakerLevel => level !== null);
  return [...new Set(levels)];
}
