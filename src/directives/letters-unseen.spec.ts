import { readLetter } from './letter-reader.js';
import { letter, orders } from './sample-letter.fake.js';

describe('Letters never seen before', () => {
  it('numbers closed by a bracket, several numbers of plays in one point', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\n1) Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh 3-5 lần/ngày, đăng Fanpage ít nhất 1 bài/ngày, đến hết ngày 31/12/2026.\n2) UBND các phường, xã: phát trên loa truyền thanh tối thiểu hai lần mỗi ngày; đăng trên trang thông tin điện tử.\n3) Các đơn vị báo cáo kết quả trước ngày 05/01/2027.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 3..5 ..26-12-31 !27-01-05, page 1.. ..26-12-31 !27-01-05',
      '2. UBND các phường, xã | ward 2.. !27-01-05, web !27-01-05',
      '3. Các đơn vị | ',
    ]);
  });

  it('lines broken at eighty characters, as a PDF gives them', () => {
    expect(
      orders(
        letter(
          'Thực hiện Công văn số 3021/UBND-VX ngày 18/11/2026 của UBND tỉnh về phòng, chống\nrét đậm, UBND thành phố giao:\n1. Trung tâm Văn hóa - Truyền thông thành phố biên tập, phát trên hệ thống truyền\nthanh thành phố ít nhất\n02 lần/ngày bản tin thời tiết, từ ngày 01/12/2026 đến hết ngày 28/02/2027; đăng trên\nFanpage của Trung tâm.\n2. Ủy ban nhân dân các phường, xã phát trên hệ thống truyền thanh cơ sở; cử người\nđến từng hộ chăn nuôi hướng dẫn che chắn chuồng trại.\nYêu cầu các đơn vị nghiêm túc thực hiện./.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông thành phố | city 2.. 26-12-01..27-02-28, page',
      '2. Ủy ban nhân dân các phường, xã | ward, leaflet',
    ]);
  });

  it('terms stated once, in points of their own', () => {
    expect(
      orders(
        letter(
          'UBND thành phố đề nghị các đơn vị triển khai:\n1. Trung tâm Văn hóa - Truyền thông phát trên hệ thống truyền thanh thành phố và đăng trên Fanpage.\n2. UBND các phường, xã phát trên hệ thống truyền thanh cơ sở.\n3. Thời gian tuyên truyền: từ nay đến hết ngày 15/12/2026.\n4. Tần suất: tối thiểu 03 lần/ngày.\n5. Chế độ báo cáo: các đơn vị gửi kết quả về Phòng Văn hóa và Thông tin trước ngày 20/12/2026.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 3.. 26-11-20..26-12-15 !26-12-20, page 26-11-20..26-12-15 !26-12-20',
      '2. UBND các phường, xã | ward 3.. 26-11-20..26-12-15 !26-12-20',
      '3. các đơn vị | ',
      '4. các đơn vị | ',
      '5. các đơn vị | ',
    ]);
  });

  it('a decision in articles', () => {
    const text = `ỦY BAN NHÂN DÂN\nPHƯỜNG TRẦN PHÚ\nSố: 88/QĐ-UBND\nTrần Phú, ngày 02 tháng 12 năm 2026\nQUYẾT ĐỊNH\nVề việc tổ chức tuyên truyền bầu cử trên hệ thống truyền thanh\n\nCăn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;\nXét đề nghị của công chức Văn hóa - Xã hội,\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phát bản tin bầu cử trên hệ thống truyền thanh phường mỗi ngày 02 lần, từ ngày 10/12/2026 đến hết ngày 15/03/2027.\nĐiều 2. Giao công chức Văn hóa - Xã hội biên tập, đăng trên trang thông tin điện tử của phường.\nĐiều 3. Văn phòng HĐND và UBND, các tổ dân phố chịu trách nhiệm thi hành Quyết định này./.\n\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH`;
    expect(orders(text)).toEqual([
      '1.  | ward 2..2 26-12-10..27-03-15',
      '2. công chức Văn hóa - Xã hội | web',
      '3. Văn phòng HĐND và UBND, các tổ dân phố | ',
    ]);
    const { directive } = readLetter(text);
    expect(directive.references).toEqual([{ number: '72/2025/QH15', date: null }]);
    expect(directive.subject).toBe('tổ chức tuyên truyền bầu cử trên hệ thống truyền thanh');
  });

  it('points in Roman numbers with bullets and letters inside', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\nI. Phòng Văn hóa và Thông tin:\n- Chủ trì, hướng dẫn.\n- Tổng hợp, báo cáo.\nII. UBND các phường, xã:\na) Phát trên hệ thống truyền thanh 2 buổi/ngày;\nb) Đăng trên trang thông tin điện tử;\nc) Phát tờ gấp đến từng hộ.\nIII. Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh thành phố.\nTrên đây là nội dung tuyên truyền, đề nghị các đơn vị thực hiện./.',
        ),
      ),
    ).toEqual([
      '1. Phòng Văn hóa và Thông tin | ',
      '2. UBND các phường, xã | ward 2..2, web, leaflet',
      '3. Trung tâm Văn hóa - Truyền thông | city',
    ]);
  });

  it('subjects first, units in the bullets below them', () => {
    expect(
      orders(
        letter(
          'UBND thành phố chỉ đạo một số nội dung sau:\n1. Công tác tuyên truyền:\n- Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh ít nhất 03 lần/ngày.\n- UBND các phường, xã: phát trên hệ thống truyền thanh 04 lần/ngày.\n2. Công tác kiểm tra:\n- Công an thành phố: kiểm tra các chợ.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông + UBND các phường, xã | city 3.., ward 4..4',
      '2. Công an thành phố | ',
    ]);
  });
});
