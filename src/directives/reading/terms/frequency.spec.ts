import { frequenciesIn } from './frequency.js';
import { lower } from '../text/passage.js';

/** '2..' is at least two, '..4' at most four, '3..5' three to five; '~2..' was written without "mỗi ngày". */
function said(text: string): string {
  const { perDay } = frequenciesIn(lower(text));
  return perDay.map((f) => `${f.per === 'assumed' ? '~' : ''}${f.min ?? ''}..${f.max ?? ''}`).join(' ');
}

describe('How often a letter asks for', () => {
  it.each([
    ['phát ít nhất 02 lần/ngày', '2..'],
    ['tối thiểu 2 lần mỗi ngày', '2..'],
    ['tuyên truyền 3-5 lần/ngày', '3..5'],
    ['tuyên truyền 3 – 5 lần / ngày', '3..5'],
    ['với tần suất từ 3-5 lần/ngày', '3..5'],
    ['từ 3 đến 5 lần một ngày', '3..5'],
    ['mỗi ngày 02 lần', '2..2'],
    ['mỗi ngày phát 02 lần', '2..2'],
    ['mỗi ngày phát ít nhất 02 lần', '2..'],
    ['ít nhất mỗi ngày 2 lần', '2..'],
    ['tối thiểu mỗi ngày 8 lần', '8..'],
    ['ngày phát 2 buổi', '2..2'],
    ['Ngày phát 2 buổi (sáng và chiều)', '2..2'],
    ['phát thanh 2 buổi (sáng, chiều) mỗi ngày', '2..2'],
    ['ngày ít nhất 3 lần', '3..'],
    ['02 (hai) lần/ngày', '2..2'],
    ['ít nhất 02 (hai) lần/ngày', '2..'],
    ['hai (02) lần trong ngày', '2..2'],
    ['không quá 4 lần/ngày', '..4'],
    ['tối đa bốn lần mỗi ngày', '..4'],
    ['nhiều nhất là 4 lần/ngày', '..4'],
    ['tối thiểu hai lần mỗi ngày', '2..'],
    ['tối thiểu hai lần', '~2..'],
    ['ít nhất 2 lần và không quá 4 lần/ngày', '2.. ..4'],
    ['tối thiểu 02 lần/ngày, tối đa 04 lần/ngày', '2.. ..4'],
    ['từ 02 lần/ngày trở lên', '2..'],
    ['02 lần/ngày trở lên', '2..'],
    ['không dưới 3 lần/ngày', '3..'],
    ['2 lần/1 ngày', '2..2'],
    ['02 lượt phát/ngày', '2..2'],
    ['phát 2 buổi trên ngày', '2..2'],
    ['2 lần phát sóng mỗi ngày', '2..2'],
    ['đăng ít nhất 1 bài/ngày', '1..'],
    ['đăng tải mỗi ngày 01 tin, bài', '1..1'],
    ['hằng ngày phát ba lần', '3..3'],
    ['hàng ngày, vào khung giờ sáng và chiều, phát 02 lần', '2..2'],
    ['phát 02 lần hằng ngày', '2..2'],
    ['ngày 2 buổi, mỗi buổi 02 lần', '4..4'],
    ['sáng 01 lần, chiều 01 lần', '2..2'],
    ['buổi sáng phát 2 lần, buổi chiều phát 2 lần', '4..4'],
    ['2 đến 3 lần/ngày', '2..3'],
    ['2 hoặc 3 lần/ngày', '2..3'],
    ['tần suất: Ít nhất 2 lần/ngày', '2..'],
    ['phát thanh liên tục ít nhất 02 lần/ngày', '2..'],
    ['mỗi ngày từ 2 đến 3 lần', '2..3'],
  ])('"%s" is %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['phát 2 lần/tuần'],
    ['mỗi tuần 02 lần'],
    ['mỗi tuần phát ít nhất 02 lần'],
    ['ít nhất 02 lần/tuần'],
    ['02 bài/tháng'],
    ['5-3 lần/ngày'],
  ])('"%s" is no number per day and is named as unread', (text) => {
    expect(said(text)).toBe('');
    expect(frequenciesIn(lower(text)).unread).toHaveLength(1);
  });

  it.each([
    ['không quá 03 phút mỗi bài'],
    ['trong 10 ngày'],
    ['lần thứ hai trong năm'],
    ['ngày 02/8 phát sóng'],
    ['01 bài phát thanh, thời lượng 5 phút'],
    ['trực 24/24 giờ'],
    ['Ngày hội hiến máu lần thứ 2'],
    ['tập huấn 2 buổi'],
    ['0 lần/ngày'],
  ])('"%s" states no frequency', (text) => {
    expect(said(text)).toBe('');
  });
});
