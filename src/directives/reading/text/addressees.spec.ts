import { addresseesOf } from './addressees.js';
import { passage } from './passage.js';

describe('Units that a point speaks to', () => {
  it.each<[string, string[]]>([
    ['UBND các phường, xã: Quán triệt toàn thể cán bộ', ['UBND các phường, xã']],
    [
      'Các phòng, ban, cơ quan, đơn vị, trường học thuộc thành phố:',
      ['Các phòng, ban, cơ quan, đơn vị, trường học thuộc thành phố'],
    ],
    ['Đề nghị UBMTTQ thành phố và các đoàn thể: Phối hợp', ['UBMTTQ thành phố', 'các đoàn thể']],
    ['Giao Phòng Văn hóa và Thông tin chủ trì, phối hợp với Công an', ['Phòng Văn hóa và Thông tin']],
    ['Yêu cầu UBND các phường tổ chức tuyên truyền', ['UBND các phường']],
    ['Trung tâm Văn hóa - Truyền thông thành phố thực hiện phát sóng', ['Trung tâm Văn hóa - Truyền thông thành phố']],
    ['Phòng Giáo dục và Đào tạo thành phố chỉ đạo các trường', ['Phòng Giáo dục và Đào tạo thành phố']],
    [
      'Phòng Y tế, Trung tâm Y tế thành phố và UBND các phường, xã: Cung cấp',
      ['Phòng Y tế', 'Trung tâm Y tế thành phố', 'UBND các phường, xã'],
    ],
    [
      'Thủ trưởng các phòng, ban; Chủ tịch UBND các phường, xã chịu trách nhiệm thi hành',
      ['Thủ trưởng các phòng, ban', 'Chủ tịch UBND các phường, xã'],
    ],
    ['Văn phòng HĐND và UBND thành phố theo dõi', ['Văn phòng HĐND và UBND thành phố']],
    ['Sở Lao động - Thương binh và Xã hội hướng dẫn', ['Sở Lao động - Thương binh và Xã hội']],
    ['Đối với Đài Truyền thanh - Truyền hình thị xã: tăng thời lượng', ['Đài Truyền thanh - Truyền hình thị xã']],
    ['Trách nhiệm của Công an thành phố: kiểm tra', ['Công an thành phố']],
    ['Ban Chỉ huy Quân sự, Công an thành phố cử lực lượng', ['Ban Chỉ huy Quân sự', 'Công an thành phố']],
    ['Ban chỉ đạo phòng chống dịch các phường chỉ đạo', ['Ban chỉ đạo phòng chống dịch các phường']],
    ['Phòng Văn hóa và Thông tin', ['Phòng Văn hóa và Thông tin']],
    ['Đoàn Thanh niên, Hội Phụ nữ, Hội Nông dân vận động hội viên', ['Đoàn Thanh niên', 'Hội Phụ nữ', 'Hội Nông dân']],
    ['Giao Giám đốc: Sở Y tế, Sở Công Thương phối hợp', ['Giám đốc Sở Y tế', 'Sở Công Thương']],
    ['Các tổ chức chính trị - xã hội thành phố phát động', ['Các tổ chức chính trị - xã hội thành phố']],
    ['UBND các phường Bắc Hà, Nam Hà, Tân Giang phát thông báo', ['UBND các phường Bắc Hà, Nam Hà, Tân Giang']],
    ['Các đồng chí Ủy viên Ban Chỉ đạo căn cứ nhiệm vụ', ['Các đồng chí Ủy viên Ban Chỉ đạo']],
    ['Uỷ ban nhân dân các xã, phường: phát', ['Uỷ ban nhân dân các xã, phường']],
  ])('"%s"', (text, expected) => {
    expect(addresseesOf(passage(text))?.names).toEqual(expected);
  });

  it.each([
    ['Tuyên truyền rộng rãi qua các kênh thông tin, như: Hệ thống truyền thanh'],
    ['Phòng, chống sốt xuất huyết: mỗi nhà tự dọn'],
    ['Phòng chống cháy nổ là trách nhiệm của mọi người'],
    ['Tổ chức thực hiện: từ nay'],
    ['Ban hành kèm theo Quyết định này Quy chế'],
    ['Hội nghị diễn ra vào sáng mai'],
    ['Trường hợp phát hiện ổ dịch, báo ngay'],
    ['Nội dung tuyên truyền: theo tài liệu'],
    ['Thời gian: từ nay đến hết tháng'],
    ['Hệ thống truyền thanh cơ sở: phát 2 lần/ngày'],
    ['Đoàn kết là sức mạnh'],
    [''],
  ])('"%s" speaks to none', (text) => {
    expect(addresseesOf(passage(text))).toBeNull();
  });
});
