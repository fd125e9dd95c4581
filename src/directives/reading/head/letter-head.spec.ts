import { readHead } from './letter-head.js';
import { usualCase } from './issuer-name.js';
import { cleanPassage } from '../text/passage.js';

const body = '\n\nKính gửi: UBND các phường, xã.\n\nThực hiện Công văn số 1/SYT ngày 01/01/2020 của Sở Y tế.\n';

function head(text: string): string {
  const h = readHead(cleanPassage(text + body));
  return [h.number, h.issuedOn, h.place, h.issuer, h.subject, h.urgency].map((v) => v ?? '-').join(' | ');
}

const hatinh =
  '12/UBND-VX | 2020-08-05 | Hà Tĩnh | Ủy ban nhân dân thành phố Hà Tĩnh | tuyên truyền cài đặt ứng dụng | -';

describe('The head of a letter', () => {
  it.each([
    [
      'two columns, one after the other',
      'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nV/v tuyên truyền cài đặt ứng dụng\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Tĩnh, ngày 05 tháng 8 năm 2020',
    ],
    [
      'two columns, row by row with tabs',
      'ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ HÀ TĨNH\tĐộc lập - Tự do - Hạnh phúc\n-------\t---------------\nSố: 12/UBND-VX\tHà Tĩnh, ngày 05 tháng 8 năm 2020\nV/v tuyên truyền cài đặt\nứng dụng',
    ],
    [
      'row by row with spaces',
      'ỦY BAN NHÂN DÂN          CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n THÀNH PHỐ HÀ TĨNH           Độc lập – Tự do – Hạnh phúc\n\nSố: 12 /UBND-VX      Hà Tĩnh, ngày 5 tháng 8 năm 2020\nV/v: tuyên truyền cài đặt ứng dụng',
    ],
    [
      'row by row with single spaces',
      'ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ HÀ TĨNH Độc lập - Tự do - Hạnh phúc\nSố: 12/UBND-VX Hà Tĩnh, ngày 5 tháng 8 năm 2020\nV/v tuyên truyền cài đặt ứng dụng',
    ],
    [
      'everything on one line',
      'ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Hà Tĩnh, ngày 05 tháng 8 năm 2020 Số: 12/UBND-VX V/v tuyên truyền cài đặt ứng dụng',
    ],
    [
      'right column first',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Tĩnh, ngày 05 tháng 8 năm 2020\nỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nV/v tuyên truyền cài đặt ứng dụng',
    ],
    [
      'a table with bars',
      '| ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n| Số: 12/UBND-VX V/v tuyên truyền cài đặt ứng dụng | Hà Tĩnh, ngày 05 tháng 8 năm 2020 |',
    ],
    [
      'old spelling, day with slashes',
      'UỶ BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\n\nSố : 12/UBND - VX\n\nVề việc tuyên truyền cài đặt ứng dụng\n\nHà Tĩnh, ngày 5/8/2020',
    ],
    [
      'a date in figures alone',
      'Ủy ban nhân dân thành phố Hà Tĩnh\nSố: 12/UBND-VX\nHà Tĩnh, 05-08-2020\nV/v tuyên truyền cài đặt ứng dụng',
    ],
    [
      'the subject beside the date',
      'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nV/v tuyên truyền\tHà Tĩnh, ngày 05 tháng 8 năm 2020\ncài đặt ứng dụng',
    ],
    [
      'words of a web page above',
      'Trang chủ > Văn bản > Chỉ đạo điều hành\nLượt xem: 120\n\nỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nV/v tuyên truyền cài đặt ứng dụng\nHà Tĩnh, ngày 05 tháng 8 năm 2020',
    ],
  ])('is read from %s', (_layout, text) => {
    expect(head(text)).toBe(hatinh);
  });

  it.each([
    [
      'UBND TỈNH HÀ TĨNH\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 893/STTTT-TTBCXB\nHà Tĩnh, ngày 3 tháng 8 năm 2020\nV/v triển khai tuyên truyền',
      '893/STTTT-TTBCXB | 2020-08-03 | Hà Tĩnh | Sở Thông tin và Truyền thông | triển khai tuyên truyền | -',
    ],
    [
      'THỦ TƯỚNG CHÍNH PHỦ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 16/CT-TTg\tHà Nội, ngày 31 tháng 3 năm 2020\nCHỈ THỊ\nVề thực hiện các biện pháp cấp bách phòng, chống dịch',
      '16/CT-TTg | 2020-03-31 | Hà Nội | Thủ tướng Chính phủ | thực hiện các biện pháp cấp bách phòng, chống dịch | -',
    ],
    [
      'UBND TP HÀ TĨNH\nBAN CHỈ ĐẠO\nPHÒNG, CHỐNG DỊCH COVID-19\nSố: 5/BCĐ\nHà Tĩnh, ngày 1 tháng 9 năm 2021\nHỎA TỐC\nV/v truy vết',
      '5/BCĐ | 2021-09-01 | Hà Tĩnh | Ban Chỉ đạo phòng, chống dịch COVID-19 | truy vết | Hỏa tốc',
    ],
    [
      'TỈNH ỦY HÀ TĨNH\nBAN TUYÊN GIÁO\n*\nSố 12-CV/BTGTU\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Tĩnh, ngày 10 tháng 01 năm 2022\nV/v định hướng tuyên truyền',
      '12-CV/BTGTU | 2022-01-10 | Hà Tĩnh | Ban Tuyên giáo | định hướng tuyên truyền | -',
    ],
    [
      'ỦY BAN NHÂN DÂN\nXÃ THẠCH HẠ\nSố:   /TB-UBND\nThạch Hạ, ngày     tháng 11 năm 2026\nTHÔNG BÁO\nLịch phun thuốc diệt muỗi',
      '- | - | Thạch Hạ | Ủy ban nhân dân xã Thạch Hạ | Lịch phun thuốc diệt muỗi | -',
    ],
    [
      'UBND PHƯỜNG NAM HÀ\nSố: 9/UBND, ngày 5/8/2020\nV/v họp dân',
      '9/UBND | 2020-08-05 | - | UBND phường Nam Hà | họp dân | -',
    ],
    [
      'UBND PHƯỜNG NAM HÀ\nSố: 9/UBND-VX ngày 05 tháng 8 năm 2020\nV/v họp dân',
      '9/UBND-VX | 2020-08-05 | - | UBND phường Nam Hà | họp dân | -',
    ],
    [
      'UBND TỈNH HÀ TĨNH\nVĂN PHÒNG\nSố: 44/VP-NV\nHà Tĩnh, hồi 9 giờ 00 ngày 18 tháng 9 năm 2024\nV/v trực bão',
      '44/VP-NV | 2024-09-18 | Hà Tĩnh | Văn phòng | trực bão | -',
    ],
    [
      'UBND PHƯỜNG NAM HÀ\nSố: 8/KH-UBND\nNam Hà, ngày 30 tháng 02 năm 2026\nKẾ HOẠCH\nTuyên truyền bầu cử\nnhiệm kỳ 2026 - 2031',
      '8/KH-UBND | - | Nam Hà | UBND phường Nam Hà | Tuyên truyền bầu cử nhiệm kỳ 2026 - 2031 | -',
    ],
    [
      'CHỦ TỊCH ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nCÔNG ĐIỆN KHẨN SỐ 03/CĐ-UBND\nHà Tĩnh, ngày 18 tháng 9 năm 2026\nVề việc ứng phó bão',
      '03/CĐ-UBND | 2026-09-18 | Hà Tĩnh | Chủ tịch Ủy ban nhân dân thành phố Hà Tĩnh | ứng phó bão | Khẩn',
    ],
    [
      'ỦY BAN NHÂN DÂN\nTHỊ XÃ KỲ ANH\nSố: 51/2021/QĐ-UBND\nTX. Kỳ Anh, ngày 02 tháng 4 năm 2021\nQUYẾT ĐỊNH\nVề việc ban hành Quy chế hoạt động của đài truyền thanh',
      '51/2021/QĐ-UBND | 2021-04-02 | TX. Kỳ Anh | Ủy ban nhân dân thị xã Kỳ Anh | ban hành Quy chế hoạt động của đài truyền thanh | -',
    ],
  ])('%#', (text, expected) => {
    expect(head(text)).toBe(expected);
  });

  it('says that a day which does not exist was left out', () => {
    const read = readHead('UBND PHƯỜNG NAM HÀ\nSố: 8/KH-UBND\nNam Hà, ngày 30 tháng 02 năm 2026\n' + body);
    expect(read.dateLine).toBe(true);
    expect(read.warnings).toHaveLength(1);
  });

  it('finds no head in prose', () => {
    const read = readHead(
      'Gió thổi qua ngày 05 tháng 8 năm 2020. Ông lão ngồi lặng bên bờ sông, số phận an bài.\n'.repeat(30),
    );
    expect([read.numberLine, read.dateLine, read.issuer, read.end]).toEqual([false, false, null, 0]);
  });
});

describe('The usual case of an office in capitals', () => {
  it.each([
    ['ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH', 'Ủy ban nhân dân thành phố Hà Tĩnh'],
    ['UBND HUYỆN THẠCH HÀ', 'UBND huyện Thạch Hà'],
    ['SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI', 'Sở Lao động - Thương binh và Xã hội'],
    ['TRUNG TÂM VĂN HÓA - TRUYỀN THÔNG', 'Trung tâm Văn hóa - Truyền thông'],
    ['PHÒNG GIÁO DỤC VÀ ĐÀO TẠO', 'Phòng Giáo dục và Đào tạo'],
    ['ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM', 'Ủy ban Mặt trận Tổ quốc Việt Nam'],
    ['UBND QUẬN 1', 'UBND quận 1'],
    ['CÔNG AN TỈNH HÀ TĨNH', 'Công an tỉnh Hà Tĩnh'],
    ['BỘ THÔNG TIN VÀ TRUYỀN THÔNG', 'Bộ Thông tin và Truyền thông'],
    ['Ủy ban nhân dân xã Đồng Môn', 'Ủy ban nhân dân xã Đồng Môn'],
  ])('%s', (printed, expected) => {
    expect(usualCase(printed)).toBe(expected);
  });
});
