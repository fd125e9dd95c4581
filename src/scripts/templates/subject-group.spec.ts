import { pickSubject, type SubjectGroup } from './subject-group.js';

describe('The subject group of a letter', () => {
  const bySubject: [string, SubjectGroup][] = [
    ['V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone', 'app-campaign'],
    ['V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone'.normalize('NFD'), 'app-campaign'],
    ['Kích hoạt tài khoản định danh điện tử trên VNeID', 'app-campaign'],
    ['V/v ứng dụng công nghệ thông tin trong cơ quan nhà nước', 'general'],
    ['V/v tổ chức ngày tiêm chủng vắc xin sởi', 'vaccination-day'],
    ['Chiến dịch tiêm vắc-xin phòng COVID-19', 'vaccination-day'],
    ['V/v tiêm vắc xin phòng dại cho đàn chó, mèo', 'general'],
    ['V/v tiêm phòng cho đàn gia súc, gia cầm', 'general'],
    ['V/v tăng cường phòng, chống dịch bệnh SỐT XUẤT HUYẾT', 'dengue-prevention'],
    ['Chiến dịch diệt lăng quăng', 'dengue-prevention'],
    ['Công điện về việc chủ động ứng phó với bão số 5', 'storm-warning'],
    ['V/v ứng phó với áp thấp nhiệt đới và mưa lớn', 'storm-warning'],
    ['V/v khắc phục hậu quả bão số 5', 'general'],
    ['V/v quyên góp ủng hộ đồng bào bị ảnh hưởng của cơn bão', 'general'],
    ['V/v báo cáo kết quả, bảo đảm trật tự', 'general'],
    ['Thông báo tạm ngừng cấp nước', 'water-cut'],
    ['V/v nộp thuế sử dụng đất phi nông nghiệp', 'general'],
    ['', 'general'],
  ];
  it.each(bySubject)('%j is %s', (subject, group) => expect(pickSubject(subject)).toBe(group));

  it('comes from the body only when that speaks of it in two ways', () => {
    expect(pickSubject('V/v tăng cường tuyên truyền', 'Bệnh sốt xuất huyết đang tăng.')).toBe('general');
    expect(pickSubject('V/v tăng cường tuyên truyền', 'Bệnh sốt xuất huyết tăng; các hộ diệt bọ gậy.')).toBe(
      'dengue-prevention',
    );
    expect(pickSubject('V/v tạm ngừng cấp nước', 'sốt xuất huyết, diệt bọ gậy, diệt muỗi')).toBe('water-cut');
  });

  it('meets whole words only', () => {
    expect(pickSubject('V/v con bão sốt, cơn bãotáp')).toBe('general');
  });
});
