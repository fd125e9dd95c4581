import { passage } from '../text/passage.js';
import { referencesIn } from './references.js';

const said = (text: string, own: string | null = null) =>
  referencesIn([passage(text)], own)
    .map((r) => `${r.number} ${r.date ?? '-'}`)
    .join('; ');

describe('Documents that a letter cites', () => {
  it.each([
    ['Công văn số 2841/BTTTT-THH ngày 01/8/2020 của Bộ', '2841/BTTTT-THH 2020-08-01'],
    ['văn bản số 2841/BTTTT-THH, ngày 01/8/2020', '2841/BTTTT-THH 2020-08-01'],
    ['Chỉ thị số 16/CT-TTg ngày 31 tháng 3 năm 2020', '16/CT-TTg 2020-03-31'],
    ['Chỉ thị số 16/CT - TTg ngày 31/3/2020', '16/CT-TTg 2020-03-31'],
    ['Công văn khẩn số 2718/ UBND - VX', '2718/UBND-VX -'],
    ['Nghị định số 30/2020/NĐ-CP ngày 05/3/2020', '30/2020/NĐ-CP 2020-03-05'],
    ['Luật số 15/2023/QH15', '15/2023/QH15 -'],
    ['Chỉ thị số 19-CT/TU ngày 20/11/2026', '19-CT/TU 2026-11-20'],
    ['Hướng dẫn số 169-HD/BTGTW', '169-HD/BTGTW -'],
    ['Kế hoạch số: 22/KH-TBVBPL&TTTT, ngày 4/3/2016', '22/KH-TBVBPL&TTTT 2016-03-04'],
    [
      'Công văn số 1068-CV/TU ngày 17/6/2022; Kế hoạch 170/KH-UBND, ngày 30/7/2021',
      '1068-CV/TU 2022-06-17; 170/KH-UBND 2021-07-30',
    ],
    ['Văn bản số 544 ngày 05/8/2020', '544 2020-08-05'],
    ['Kế hoạch số 8241 ngày 31-8 của UBND tỉnh', '8241 -'],
    ['số 12/UBND-VX ngày 30/02/2020', '12/UBND-VX -'],
    ['số 5/A-B và số 6/UBND', '6/UBND -'],
  ])('"%s": %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it('names each once, with the first date that any mention gives, and not the letter itself', () => {
    expect(said('Công văn 1/SYT-NV; số 1/SYT-NV ngày 02/8/2020; số 7/UBND ngày 1/8/2020', '7/UBND')).toBe(
      '1/SYT-NV 2020-08-02',
    );
  });

  it.each([['24/7'], ['7/10 phường'], ['05/8/2020'], ['2 lần/ngày'], ['https://a.vn/2020/UBND'], ['3/Tổ']])(
    '"%s" is no document',
    (text) => {
      expect(said(text)).toBe('');
    },
  );
});
