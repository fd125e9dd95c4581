import { readLetter } from './letter-reader.js';
import { letter, orders } from './sample-letter.fake.js';

describe('Letters quoted in part', () => {
  it('news of a bureau: number, day, issuer, frequency and period from running text', () => {
    const text =
      'Ngày 23/8/2020, Cục Thông tin cơ sở ban hành Công văn số 802/TTCS-TTTH về việc tuyên truyền ứng dụng, đề nghị các Sở Thông tin và Truyền thông chỉ đạo hệ thống truyền thanh cấp huyện và đài truyền thanh xã, phường phát thanh ít nhất 02 lần/ngày, từ nay đến ngày 31/8/2020.\nTin liên quan\nĐánh giá bài viết';
    const { directive } = readLetter(text, { partial: true });
    expect([directive.number, directive.issuedOn, directive.issuer, directive.subject]).toEqual([
      '802/TTCS-TTTH',
      '2020-08-23',
      'Cục Thông tin cơ sở',
      'tuyên truyền ứng dụng',
    ]);
    expect(orders(text, true)).toEqual([
      '1. các Sở Thông tin và Truyền thông | city 2.. 20-08-23..20-08-31, ward 2.. 20-08-23..20-08-31',
    ]);
  });

  it('a middle piece with character references', () => {
    const text =
      '&hellip; tr&ecirc;n địa b&agrave;n.\n3. UBND c&aacute;c phường, x&atilde;: ph&aacute;t tr&ecirc;n loa truyền thanh 2&nbsp;lần/ng&agrave;y.\n4. Ph&ograve;ng Y tế: cung cấp số liệu.\nNguồn: Báo điện tử';
    expect(orders(text, true)).toEqual(['3. UBND các phường, xã | ward 2..2', '4. Phòng Y tế | ']);
    expect(readLetter(text, { partial: true }).missing).toEqual(
      expect.arrayContaining(['number', 'issuedOn', 'issuer']),
    );
  });

  it('a ward told to inform its people so many times a day, with no channel named', () => {
    const text =
      'Ngày 5-8-2020, Sở Thông tin và Truyền thông có Văn bản số 544 đề nghị các địa phương vào cuộc. Sở đề nghị UBND các xã, phường tích cực thông báo đến người dân với tần suất từ 3-5 lần/ngày.';
    expect(orders(text, true)).toEqual(['1. các địa phương | ', '2. UBND các xã, phường | ward 3..5']);
    expect(readLetter(text, { partial: true }).warnings).toHaveLength(1);
  });

  it('a whole letter after the words of a page', () => {
    const text = `Toàn văn công văn\nĐăng bởi quản trị\n\n${letter('UBND thành phố giao:\n1. UBND các phường, xã: phát trên loa truyền thanh.')}`;
    const { directive } = readLetter(text, { partial: true });
    expect([directive.number, directive.issuer, directive.recipients.length]).toEqual([
      '12/UBND-VHTT',
      'Ủy ban nhân dân thành phố Hà Tĩnh',
      2,
    ]);
  });

  it('several units in one sentence of news, signed by a man', () => {
    const text =
      'Ngày 05/8/2020, Chủ tịch UBND TP Hà Tĩnh Nguyễn Văn An đã ký Công văn số 15/UBND-VHTT về việc tuyên truyền ứng dụng. Theo đó, UBND thành phố giao Trung tâm Văn hóa – Truyền thông phổ biến trên hệ thống truyền thanh thành phố; UBND các phường, xã phát trên hệ thống truyền thanh cơ sở 02 lần/ngày, chỉ đạo các thôn đi từng nhà. Tính đến ngày 10/8 đã có 5.000 lượt cài đặt.';
    expect(orders(text, true)).toEqual([
      '1. Trung tâm Văn hóa – Truyền thông | city',
      '2. UBND các phường, xã | ward 2..2, leaflet',
    ]);
    expect(readLetter(text, { partial: true }).directive.issuer).toBe('Chủ tịch UBND TP Hà Tĩnh');
  });

  it('a newspaper: a department that passes an order on is itself told', () => {
    const text =
      'UBND TP Hà Tĩnh vừa ban hành Công văn số 1102/UBND-GDĐT ngày 20/5/2024 về việc phòng, chống đuối nước.\nTheo đó, UBND thành phố yêu cầu Trung tâm Văn hóa - Truyền thông phát trên hệ thống truyền thanh, tối thiểu 2 lần/ngày, từ ngày 25/5 đến hết 31/8/2024.\nPhòng GD&ĐT chỉ đạo các trường dạy bơi. Các đơn vị báo cáo kết quả trước ngày 10/9/2024.\nThu Hà';
    expect(orders(text, true)).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 2.. 24-05-25..24-08-31 !24-09-10',
      '2. Phòng GD&ĐT | ',
      '3. Các đơn vị | ',
    ]);
  });
});
