import { readBuiltInLexicon } from '../../speech/reading/lexicon/lexicon-files.js';
import { prepare } from '../../speech/reading/read.js';
import { defaultReadingSettings } from '../../speech/reading/text/reading.js';
import { identParts, stationName, identText } from './ident-text.js';

const ward = { kind: 'ward' as const, name: 'Phường Bắc Hà' };

it('a place has a station of its name; an office speaks as itself', () => {
  expect(stationName(ward)).toBe('Đài truyền thanh phường Bắc Hà');
  expect(stationName({ kind: 'commune', name: 'Xã Thạch Hạ' })).toBe('Đài truyền thanh xã Thạch Hạ');
  expect(stationName({ kind: 'city', name: 'Thành phố Hà Tĩnh' })).toBe('Đài truyền thanh thành phố Hà Tĩnh');
  expect(stationName({ kind: 'centre', name: 'Trung tâm Văn hóa' })).toBe('Trung tâm Văn hóa');
});

it('the weekday and the date are spoken, and nothing is left over', async () => {
  const reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
  const read = (part: (typeof identParts)[number], date: string) => reader.read(identText(part, ward, date));
  const opening = read('opening', '2026-11-25');
  expect(opening.spoken).toContain('Đây là Đài truyền thanh phường Bắc Hà');
  expect(opening.spoken.toLowerCase()).toContain(
    'thứ tư, ngày hai mươi lăm tháng mười một năm hai nghìn không trăm hai mươi sáu',
  );
  expect(read('closing', '2027-01-03').spoken.toLowerCase()).toContain('chủ nhật, ngày mùng ba tháng một năm');
  for (const part of identParts) {
    for (const date of ['2026-11-25', '2027-02-28', '2028-02-29', '2030-10-05']) {
      const { spoken, warnings } = read(part, date);
      expect([warnings, /\d/.test(spoken)]).toEqual([[], false]);
    }
  }
});
