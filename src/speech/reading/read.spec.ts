import { readBuiltInLexicon } from './lexicon/lexicon-files.js';
import { prepare, type PreparedReading } from './read.js';
import { defaultReadingSettings, type ReadingSettings } from './text/reading.js';

let reader: PreparedReading;
let withSettings: (settings: Partial<ReadingSettings>) => PreparedReading;
beforeAll(async () => {
  const builtIn = await readBuiltInLexicon();
  withSettings = (settings) => prepare([builtIn], { ...defaultReadingSettings, ...settings });
  reader = withSettings({});
});
const say = (text: string): string => reader.read(text).spoken;

describe('spans', () => {
  it('say where each piece of the source went', () => {
    expect(reader.read('Từ 7h30, UBND phường họp.').spans).toEqual([
      { start: 0, end: 2, source: 'Từ', spoken: 'Từ', rule: 'plain', sure: true },
      { start: 3, end: 7, source: '7h30', spoken: 'bảy giờ ba mươi phút', rule: 'time', sure: true },
      { start: 9, end: 13, source: 'UBND', spoken: 'ủy ban nhân dân', rule: 'lexicon', sure: true },
      { start: 14, end: 24, source: 'phường họp', spoken: 'phường họp', rule: 'plain', sure: true },
    ]);
  });

  it('count in the text that was given, decomposed letters, emoji and all', () => {
    const text = '🎉🎉 Ngày 05/8\u200b, phươ\u0300ng họp lúc 7h'.normalize('NFD');
    const { spans, spoken } = reader.read(text);
    expect(spoken).toBe('Ngày mùng năm tháng tám, phường họp lúc bảy giờ');
    expect(spans.every((span) => span.source === text.slice(span.start, span.end))).toBe(true);
    expect(spans.map((span) => span.source.normalize('NFC').replace('\u200b', ''))).toEqual([
      'Ngày',
      '05/8',
      'phường họp lúc',
      '7h',
    ]);
  });
});

describe('warnings', () => {
  it.each([
    ['họp tại XYZQ', 'unknown-capitals', 'XYZQ'],
    // A placeholder, not the number twenty.
    ['ông XX', 'unknown-capitals', 'XX'],
    ['dùng Blorptastic', 'foreign-word', 'Blorptastic'],
    ['ngày 31/02/2024', 'impossible-date', '31/02/2024'],
    ['ngày 15/13/2024', 'impossible-date', '15/13/2024'],
    ['hạn 13/13/2024', 'impossible-date', '13/13/2024'],
    ['ngày 00/00/2024', 'impossible-date', '00/00/2024'],
    ['ngày 32/1', 'impossible-date', '32/1'],
    ['lúc 19h30 ngày 32/1', 'impossible-date', '32/1'],
    ['lúc 17 giờ 30 ngày 30-31/9', 'impossible-date', '30-31/9'],
    ['đến 35/8', 'impossible-date', '35/8'],
    ['nghỉ ngày 30-31/9', 'impossible-date', '30-31/9'],
    ['từ ngày 15-5/8', 'impossible-date', '15-5/8'],
    ['họp lúc 25h30', 'impossible-time', '25h30'],
    ['từ 7h60', 'impossible-time', '7h60'],
    ['giá ƒ', 'foreign-word', 'ƒ'],
    ['ký hiệu ∮ ở đây', 'left-over', '∮'],
    ['làm 1/2 việc', 'ambiguous', '1/2'],
  ])('%s: %s', (text, kind, source) => {
    const { warnings, spans } = reader.read(text);
    expect(warnings.map((warning) => [warning.kind, warning.source])).toEqual([[kind, source]]);
    expect(warnings[0]?.message.vi).toContain(source);
    expect(spans.find((span) => span.start === warnings[0]?.start)?.sure).toBe(false);
  });

  it.each([
    'mỗi ngày 20/30 hộ',
    'trong 5 ngày 32/40',
    'ngõ 40/15/2012',
    'số nhà 40/15/2012',
    'ngâm trong 36h',
    'đến 35/40 hộ',
    'ngày 30-31/8',
  ])('%s has none', (text) => expect(reader.read(text).warnings).toEqual([]));

  it('an ordinary announcement has none', () => {
    const text =
      'UBND phường Bắc Hà thông báo: từ 7h30 - 11h00 ngày 05/8/2024, tại NVH TDP 5, tiêm vắc xin phòng COVID-19. ĐT: 0912 345 678.';
    expect(reader.read(text).warnings).toEqual([]);
  });
});

describe('pauses', () => {
  it.each([
    ['Mở đầu:\n- Một việc;\n- Hai việc.', 'Mở đầu:\nMột việc;\nHai việc.'],
    ['1. Đối tượng\n2) Mức thu\na) Hộ nghèo', 'Một, Đối tượng\nHai, Mức thu\na, Hộ nghèo'],
    ['họp (có mặt đủ) rồi về', 'họp, có mặt đủ, rồi về'],
    ['phường, xã... về việc', 'phường, xã, về việc'],
    ['xã/phường/thị trấn', 'xã, phường, thị trấn'],
    ['nghiêm túc./.', 'nghiêm túc.'],
    ['Quỹ "Vì người nghèo" mở', 'Quỹ Vì người nghèo mở'],
    ['Văn hóa - Thông tin', 'Văn hóa, Thông tin'],
    ['Văn hóa-Thông tin', 'Văn hóa Thông tin'],
    ['**Lưu ý**: _khẩn_', 'Lưu ý: khẩn'],
    ['# Tiêu đề\r\n\r\nNội dung', 'Tiêu đề\nNội dung'],
    ['năm 2020\n15 người', 'năm hai nghìn không trăm hai mươi\nMười lăm người'],
    ['', ''],
    [' \n ', ''],
  ])('%j is said %j', (text, spoken) => expect(say(text)).toBe(spoken));

  it('nothing is read across a line break', () => {
    expect(say('tổ 5\n10 kg gạo')).toBe('tổ năm\nMười ki lô gam gạo');
    expect(say('https://hatinh.gov.vn\nNhận được')).toBe('Hà Tĩnh chấm gốp chấm vê nờ\nNhận được');
  });
});

describe('settings of a station', () => {
  it('the slash of a document number is a word or a pause', () => {
    expect(say('số 16/CT-TTg')).toBe('số mười sáu xuyệt chỉ thị thủ tướng');
    expect(withSettings({ documentSlash: 'trên' }).read('số 16/CT-TTg').spoken).toBe(
      'số mười sáu trên chỉ thị thủ tướng',
    );
    expect(withSettings({ documentSlash: 'pause' }).read('số 16/CT-TTg').spoken).toBe('số mười sáu, chỉ thị thủ tướng');
  });

  it('so is the slash of a house number', () => {
    expect(withSettings({ houseSlash: 'xuyệt' }).read('ngõ 12/3').spoken).toBe('ngõ mười hai xuyệt ba');
    expect(withSettings({ houseSlash: 'pause' }).read('ngõ 12/3').spoken).toBe('ngõ mười hai, ba');
  });

  it('numbers are said as in the South', () => {
    const south = withSettings({ zeroTens: 'lẻ', thousand: 'ngàn', fourAfterTens: 'bốn' });
    expect(south.read('năm 2004, 24 người, 50k').spoken).toBe(
      'năm hai ngàn không trăm lẻ bốn, hai mươi bốn người, năm mươi ngàn',
    );
  });
});

it.each(['A-', '1, ', 'a1', '%', 'i.', '1/', 'a@'])('twenty thousand characters of %j are read in time', (trap) => {
  const before = performance.now();
  reader.read(trap.repeat(10_000).slice(0, 20_000));
  expect(performance.now() - before).toBeLessThan(8_000);
});
