import { digitWords, integerWords } from '../integer-words.js';
import { NUMBER, numberWords } from '../number-forms.js';
import { spell } from '../letter-names.js';
import { ahead, behind, END, endOf, sticky, type Found, type Rule, type Scene } from '../scene.js';

const NOT_MORE = String.raw`(?![\p{N}]|[.,]\d)`;
const range = sticky(String.raw`(${NUMBER})(\s?)[-÷](\s?)(${NUMBER})(?![\p{N}/]|[.,-]\d)`);
const score = sticky(String.raw`(\d{1,3})\s?[-:]\s?(\d{1,3})${END}`);
const scale = sticky(String.raw`(\d{1,2})\s?[/:]\s?(\d[\d.]*)${NOT_MORE}`);
const mixed = sticky(String.raw`(\d{1,3})\s(\d{1,2})\/(\d{1,2})(?![\p{L}\p{N}/]|[.,]\d)`);
const fraction = sticky(String.raw`(\d+)\s?\/\s?(\d+)${NOT_MORE}(?!\/)`);
const slashed = sticky(String.raw`\d+[\p{L}]?(?:\/\d+\p{Lu}?)+${END}`);
const versioned = sticky(String.raw`\d+(?:\.\d+){2,}`);
const plain = sticky(NUMBER);
const always = sticky(String.raw`24\s?\/\s?(24|7)(?:\s?(?:h|giờ))?${END}`);

const scoreWord = /(?:tỷ số|tỉ số|thắng|thua|hòa|đánh bại|dẫn trước|kết quả|với điểm)\s*:?\s*(?:[\p{L}\s]{1,20}\s)?$/u;
const ratioWord = /(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch chi tiết|quy hoạch)\s*:?\s*$/;
const houseWord = /(?:số nhà|nhà số|số|ngõ|ngách|hẻm|kiệt|nhà|địa chỉ|đ\/c|tại|thửa|lô)\s*:?\s*$/;
const streetAhead = /^\s?,?\s?(?:đường|phố|ngõ|ngách|hẻm|khu|tổ|thôn|ấp|quốc lộ)/;
/** Numbers of papers, cards and accounts are said digit by digit. */
const codeWord =
  /(?:cccd|cmnd|căn cước(?: công dân)?|chứng minh(?: thư| nhân dân)?|tài khoản|stk|số tk|tk|mã(?:\s[\p{L}]+){0,3}|mst|mã số thuế|hộ chiếu|thẻ(?: bhyt)?|sổ|seri|imei|giấy phép|hồ sơ)\s*(?:số)?\s*:?\s*$/u;
const units = new Set([
  'thôn',
  'xã',
  'phường',
  'hộ',
  'tổ',
  'tiêu chí',
  'chỉ tiêu',
  'đại biểu',
  'người',
  'trường',
  'lớp',
  'đơn vị',
  'huyện',
  'tỉnh',
  'cháu',
  'em',
  'đảng viên',
  'hội viên',
  'phiếu',
  'mẫu',
  'ca',
  'trường hợp',
  'dự án',
  'công trình',
  'học sinh',
  'thí sinh',
  'khu',
  'chi bộ',
  'đồng chí',
  'khóm',
  'ấp',
  'bản',
  'sản phẩm',
  'nhà',
  'ủy viên',
  'thành viên',
  'doanh nghiệp',
  'nội dung',
  'nhiệm vụ',
  'cử tri',
  'chi hội',
  'cơ sở',
]);

export const numberRules: readonly Rule[] = [
  {
    name: 'number',
    pattern: always,
    say: (match, scene) =>
      `hai mươi ${scene.settings.fourAfterTens} trên ${match[1] === '7' ? 'bảy' : `hai mươi ${scene.settings.fourAfterTens}`}${/h|giờ/.test(match[0]) ? ' giờ' : ''}`,
  },
  {
    name: 'score',
    pattern: score,
    say: (match, scene) =>
      scoreWord.test(behind(scene, match.index)) ? `${say(match[1], scene)} ${say(match[2], scene)}` : undefined,
  },
  {
    name: 'ratio',
    pattern: scale,
    say: (match, scene) =>
      ratioWord.test(behind(scene, match.index)) || /^1\s?[/:]\s?\d[\d.]*0{2,}$/.test(match[0])
        ? `${say(match[1], scene)} trên ${numberWords(match[2] ?? '', scene.settings)}`
        : undefined,
  },
  {
    name: 'fraction',
    pattern: mixed,
    say: (match, scene) =>
      isPart(match[2], match[3]) && !/(?:số|ngõ|ngày|tổ|mùng)\s*$/.test(behind(scene, match.index))
        ? `${say(match[1], scene)} và ${part(match[2], match[3], scene)}`
        : undefined,
  },
  { name: 'house-number', pattern: slashed, say: (match, scene) => house(match, scene) },
  { name: 'fraction', pattern: fraction, say: (match, scene) => fractionOrCount(match, scene) },
  {
    name: 'range',
    pattern: range,
    say(match, scene): Found | undefined {
      const [, from = '', left, right, to = ''] = match;
      // '10 -20' is ten and then minus twenty in a table; a range has both spaces or none.
      if (left === '' && right !== '') return undefined;
      return {
        end: endOf(match),
        spoken: `${numberWords(from, scene.settings)} đến ${numberWords(to, scene.settings)}`,
      };
    },
  },
  {
    name: 'section',
    pattern: versioned,
    say: (match, scene) =>
      /^\d{1,3}(?:\.\d{3})+$/.test(match[0]) && !match[0].startsWith('0')
        ? undefined
        : match[0]
            .split('.')
            .map((piece) => say(piece, scene))
            .join(' chấm '),
  },
  { name: 'number', pattern: plain, say: (match, scene) => number(match, scene) },
];

function say(digits: string | undefined, scene: Scene): string {
  return integerWords(digits ?? '', scene.settings);
}

function number(match: RegExpExecArray, scene: Scene): Found {
  const written = match[0];
  const before = behind(scene, match.index);
  if (/^\d+$/.test(written)) {
    const coded = written.length >= 5 && codeWord.test(before);
    if (coded || (written.startsWith('0') && written.length > 2))
      return { end: endOf(match), spoken: digitWords(written) };
    return { end: endOf(match), spoken: say(written, scene) };
  }
  const scaled = /^\s?(?:triệu|tỷ|tỉ|nghìn|ngàn|vạn|độ|điểm|lần|mét|ki|tấn|tạ|lít|giờ|phút|phần)/.test(
    ahead(scene, endOf(match)),
  );
  const plainDot = !scaled && /^\d+\.\d{1,2}$/.test(written);
  return { end: endOf(match), spoken: numberWords(written, scene.settings, { plainDot }) };
}

function house(match: RegExpExecArray, scene: Scene): Found | undefined {
  const many = match[0].split('/').length > 2 || /\p{L}/u.test(match[0]);
  const before = behind(scene, match.index);
  const placed =
    /(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt|địa chỉ|thửa|lô)\s*:?\s*(?:số\s*)?$/.test(before) ||
    (houseWord.test(before) && streetAhead.test(ahead(scene, endOf(match)))) ||
    /(?:^|[\s(])(?:nhà|số)\s*:?\s*$/.test(before);
  if (!many && !placed && !streetAhead.test(ahead(scene, endOf(match)))) return undefined;
  const { houseSlash } = scene.settings;
  const joint = houseSlash === 'pause' ? ', ' : ` ${houseSlash} `;
  const spoken = match[0]
    .split('/')
    .map((piece) => {
      const [, digits = '', letter = ''] = /^(\d+)(\p{L}?)$/u.exec(piece) ?? [];
      return `${say(digits, scene)} ${letter && (spell(letter) ?? letter)}`.trim();
    })
    .join(joint);
  return { end: endOf(match), spoken };
}

function isPart(top: string | undefined, bottom: string | undefined): boolean {
  return Number(top) > 0 && Number(bottom) > 1 && Number(bottom) <= 100 && Number(top) < Number(bottom);
}

function part(top: string | undefined, bottom: string | undefined, scene: Scene): string {
  return `${say(top, scene)} phần ${Number(bottom) === 4 ? 'tư' : say(bottom, scene)}`;
}

function fractionOrCount(match: RegExpExecArray, scene: Scene): Found {
  const [, top = '', bottom = ''] = match;
  const after = ahead(scene, endOf(match)).trimStart();
  const end = endOf(match);
  const alone = !/\p{L}/u.test(scene.text);
  // 10/12 thôn counts ten of twelve; 2/3 số hộ is two thirds.
  const counts = Number(bottom) > 4 && [...units].some((unit) => after.startsWith(unit));
  const plainPart = Number(bottom) > 1 && Number(bottom) <= 10 && (Number(top) < Number(bottom) || alone);
  if (!counts && (plainPart || (alone && Number(bottom) < 100))) return { end, spoken: part(top, bottom, scene) };
  return { end, spoken: `${say(top, scene)} trên ${say(bottom, scene)}` };
}
