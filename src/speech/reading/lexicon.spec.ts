import { parseLexicon } from './lexicon/lexicon-file.js';
import { read } from './read.js';
import { defaultReadingSettings, type Lexicon } from './text/reading.js';

function lexicon(name: string, lines: string): Lexicon {
  const parsed = parseLexicon(name, lines);
  expect(parsed.problems).toEqual([]);
  return parsed.lexicon;
}
const say = (text: string, ...lexicons: Lexicon[]): string => read(text, defaultReadingSettings, lexicons).spoken;

it('the ward is heard before the centre, and the centre before the built-in', () => {
  const ward = lexicon('phường', 'NVH\tnhà văn hóa cộng đồng');
  const centre = lexicon('trung tâm', 'NVH\tnhà văn hóa thành phố\nTDP\ttổ dân phố');
  expect(say('NVH TDP', ward, centre)).toBe('Nhà văn hóa cộng đồng tổ dân phố');
  expect(say('NVH TDP', centre, ward)).toBe('Nhà văn hóa thành phố tổ dân phố');
});

it('a longer form wins over a shorter one, wherever it comes from', () => {
  const ward = lexicon('phường', 'TP\tthành phố');
  const builtIn = lexicon('Loa', 'TP.HCM\tthành phố Hồ Chí Minh');
  expect(say('tại TP.HCM', ward, builtIn)).toBe('tại thành phố Hồ Chí Minh');
});

it('context decides between two readings of one form', () => {
  const both = lexicon(
    'Loa',
    'Đ/c\tđịa chỉ\texact\t\tsố|#|đường\nĐ/c\tđồng chí\nP.\tphường\texact\t\tA|#\nCP\tcổ phần\texact\tcông ty',
  );
  expect(say('các Đ/c', both)).toBe('các đồng chí');
  expect(say('ở Đ/c: số 5', both)).toBe('ở địa chỉ: số năm');
  expect(say('ở Đ/c 12', both)).toBe('ở địa chỉ mười hai');
  expect(say('ở P. Bắc Hà', both)).toBe('ở phường. Bắc Hà'.replace('. ', ' '));
  expect(say('công ty CP', both)).toBe('công ty cổ phần');
  expect(say('của CP', both)).toBe('của xê pê');
});

it('case is minded when the entry asks for it', () => {
  const words = lexicon('Loa', 'zalo\tda lô\tany\nBA\tbiến áp');
  expect(say('trên ZALO và Zalo', words)).toBe('trên da lô và da lô');
  expect(say('ba trạm BA', words)).toBe('ba trạm biến áp');
});

it('a form is never found inside a longer word or number', () => {
  const words = lexicon('Loa', 'app\táp\tany\n5K\tnăm ca');
  expect(say('happy 15K apple', words)).toBe('happy mười lăm nghìn apple');
});

it('a tone mark may stand on either vowel', () => {
  const words = lexicon('Loa', 'hòa ước\thòa ước Patenôtre'.replace('Patenôtre', 'Pa tơ nốt'));
  expect(say('hoà ước', words)).toBe('hòa ước Pa tơ nốt');
});

it('a form may begin with a digit or a sign and beats the rules', () => {
  const words = lexicon('Loa', '1022\tmột không hai hai\n&\tvới');
  expect(say('số 1022 & 1023', words)).toBe('số một không hai hai với một nghìn không trăm hai mươi ba');
});

it('a capital word that is also a syllable is the word when its neighbours are capitals', () => {
  const words = lexicon('Loa', 'CA\tcông an');
  expect(say('báo CA phường', words)).toBe('báo công an phường');
  expect(say('ĐÊM CA NHẠC', words)).toBe('Đêm ca nhạc');
});

it('names the lines that cannot stand', () => {
  const { lexicon: kept, problems } = parseLexicon(
    'x',
    [
      'written\tspoken\tcase\tbefore\tafter\tby',
      '# lời ghi',
      'A1\ta 1',
      '\tmột',
      '...\tba chấm',
      'B\tbê',
      'B\tbê',
      '',
    ].join('\n'),
  );
  expect(problems.map((problem) => problem.line)).toEqual([3, 4, 5, 7]);
  expect(problems[0]?.sentence.vi).toContain('không có chữ số');
  expect(kept.entries).toEqual([
    { written: 'B', spoken: 'bê', matchCase: 'exact', before: [], after: [], addedBy: 'x' },
  ]);
});

it('a lexicon may say a whole address or road in its own way', () => {
  const ward = lexicon('phường', 'bacha.gov.vn\ttrang của phường\nQL1A\tđường Một');
  expect(say('xem bacha.gov.vn trên QL1A', ward)).toBe('xem trang của phường trên đường Một');
  expect(say('xem bacha.gov.vn/tin', ward)).toContain('chấm gốp chấm vê nờ');
});

it('what people keep goes before what the house tells from afar', () => {
  const builtIn = lexicon('built-in', 'CN\tchủ nhật');
  const ward = lexicon('phường', 'CN\tchi nhánh\nGB\tgiấy báo');
  expect(say('hộ nghèo và CN', builtIn)).toBe('hộ nghèo và cận nghèo');
  expect(say('hộ nghèo và CN', ward, builtIn)).toBe('hộ nghèo và chi nhánh');
  expect(say('thẻ BHYT mã GB', ward, builtIn)).toContain('giấy báo');
});

it('what people call a unit is heard behind a number too', () => {
  const ward = lexicon('phường', 'km\tcây số\nm2\tmét hai');
  expect(say('đi 5 km, từ 3-5km, đất 200 m2', ward)).toBe('đi năm cây số, từ ba đến năm cây số, đất hai trăm mét hai');
  expect(say('60km/h, 5 lít/km', ward)).toBe('Sáu mươi cây số trên giờ, năm lít trên cây số');
});
