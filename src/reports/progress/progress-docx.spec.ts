import { agencyOf, markOf } from './agency.js';
import { dayInWords } from './progress-docx.js';

const unit = (id: string, kind: 'office' | 'centre' | 'committee', name: string, shortName: string) => ({
  id,
  code: id,
  kind,
  name,
  shortName,
  parentId: id === 'ubnd' ? null : 'ubnd',
  aliases: [],
  search: '',
  active: true,
});
const units = [
  unit('ubnd', 'committee', 'Ủy ban nhân dân thành phố Hà Tĩnh', 'UBND thành phố'),
  unit('yte', 'office', 'Phòng Y tế thành phố Hà Tĩnh', 'Phòng Y tế'),
  unit('vhtt', 'office', 'Phòng Văn hóa - Thông tin thành phố Hà Tĩnh', 'Phòng VH-TT'),
  unit('tt', 'centre', 'Trung tâm Văn hóa - Truyền thông', 'Trung tâm VH-TT'),
];
const letter = { issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh', place: 'Hà Tĩnh' };

describe('the paper', () => {
  it.each([
    ['2026-02-05', 'ngày 05 tháng 02 năm 2026'],
    ['2026-11-24', 'ngày 24 tháng 11 năm 2026'],
    ['2026-03-01', 'ngày 01 tháng 3 năm 2026'],
  ])('writes %s as papers do', (date, words) => {
    expect(dayInWords(date)).toBe(words);
  });

  it('is signed by the own unit, else the office of culture, else the centre, else the issuer', () => {
    expect(agencyOf(units, ['yte'], letter)).toMatchObject({ name: 'Phòng Y tế thành phố Hà Tĩnh', mark: 'PYT' });
    expect(agencyOf(units, [], letter)).toEqual({
      parent: 'Ủy ban nhân dân thành phố Hà Tĩnh',
      name: 'Phòng Văn hóa - Thông tin thành phố Hà Tĩnh',
      mark: 'PVHTT',
      place: 'Hà Tĩnh',
    });
    expect(agencyOf([units[3]!], [], letter)).toMatchObject({ mark: 'TTVHTT', parent: '' });
    expect(agencyOf([], [], letter)).toMatchObject({ name: letter.issuer, parent: '' });
  });

  it('abbreviates a name to its first letters', () => {
    expect([markOf('UBND thành phố'), markOf('Đài Phát thanh'), markOf('')]).toEqual(['UBNDTP', 'DPT', 'VP']);
  });
});
