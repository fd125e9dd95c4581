import { channelsIn } from './channels-in-text.js';
import { lower } from '../text/passage.js';

/** 'ward', 'city', 'city+ward', '?' for a loudspeaker whose level the text does not say; otherwise the kind. */
function named(text: string): string {
  return channelsIn(lower(text))
    .map((c) => (c.kind === 'loudspeaker' ? c.levels.join('+') || '?' : c.kind))
    .join(' ');
}

describe('Channels that a letter names', () => {
  it.each([
    ['trên hệ thống truyền thanh thành phố', 'city'],
    ['trên hệ thống truyền thanh TP', 'city'],
    ['trên hệ thống loa truyền thanh của thị xã', 'city'],
    ['hệ thống truyền thanh cấp huyện', 'city'],
    ['Đài Truyền thanh - Truyền hình thành phố', 'city'],
    ['Đài Truyền thanh huyện', 'city'],
    ['hệ thống cơ sở truyền thanh – truyền hình cấp huyện', 'city'],
    ['Hệ thống truyền thanh cơ sở', 'ward'],
    ['loa truyền thanh phường, xã', 'ward'],
    ['loa phường', 'ward'],
    ['các cụm loa', 'ward'],
    ['cụm loa ở các thôn, tổ dân phố', 'ward'],
    ['trạm truyền thanh xã', 'ward'],
    ['trạm truyền thanh', 'ward'],
    ['đài truyền thanh các phường', 'ward'],
    ['đài truyền thanh cấp xã', 'ward'],
    ['hệ thống loa phát thanh ở khu dân cư', 'ward'],
    ['hệ thống truyền thanh ứng dụng CNTT - viễn thông các xã', 'ward'],
    ['hệ thống truyền thanh thông minh của phường', 'ward'],
    ['hệ thống truyền thanh từ thành phố đến cơ sở', 'city+ward'],
    ['hệ thống truyền thanh thành phố và các phường, xã', 'city+ward'],
    ['Đài truyền thanh cấp huyện, cấp xã', 'city+ward'],
    ['Đài truyền thanh cấp huyện, xã, phường, thị trấn', 'city+ward'],
    ['hệ thống truyền thanh các cấp', 'city+ward'],
    ['hệ thống truyền thanh cơ sở trên địa bàn thành phố', 'ward'],
    ['hệ thống truyền thanh', '?'],
    ['phát trên loa', '?'],
    ['hệ thống truyền thanh trên địa bàn thành phố', '?'],
    ['đăng trên trang Fanpage của Trung tâm', 'fanpage'],
    ['đăng trên Fan page', 'fanpage'],
    ['các trang mạng xã hội Facebook', 'fanpage'],
    ['Trang thông tin điện tử các phường, xã', 'website'],
    ['Cổng Thông tin điện tử thành phố', 'website'],
    ['Trang/Cổng TTĐT', 'website'],
    ['đăng trên website của đơn vị', 'website'],
    ['đăng trên trang web phường', 'website'],
    ['đăng trên Cổng thông tin điện tử thành phố (https://tp.example.vn)', 'website'],
    ['chỉ đạo các thôn đi từng nhà tuyên truyền', 'leaflet'],
    ['đến từng hộ gia đình', 'leaflet'],
    ['phát tờ rơi', 'leaflet'],
    ['in, cấp phát tờ gấp', 'leaflet'],
    ['đi từng ngõ, gõ từng nhà', 'leaflet'],
    ['không chỉ trên hệ thống truyền thanh thành phố mà còn trên Fanpage', 'city fanpage'],
    ['không dùng loa mà phát tờ rơi', 'leaflet'],
    ['Ngoài hệ thống truyền thanh cơ sở, đăng trên Fanpage', 'ward fanpage'],
    ['phát trên hệ thống truyền thanh cơ sở không quá 4 lần/ngày', 'ward'],
    ['phát trên hệ thống truyền thanh, cơ sở y tế niêm yết', '?'],
    ['hệ thống truyền thanh thành phố, trang Fanpage của Trung tâm', 'city fanpage'],
  ])('"%s": %s', (text, expected) => {
    expect(named(text)).toBe(expected);
  });

  it.each([
    ['không sử dụng loa sau 20 giờ'],
    ['không phát trên hệ thống truyền thanh cơ sở'],
    ['tạm dừng phát trên hệ thống truyền thanh thành phố'],
    ['nghiêm cấm sử dụng loa công suất lớn'],
    ['những nơi không có hệ thống truyền thanh'],
    ['tuyên truyền bằng xe loa lưu động'],
    ['sử dụng loa kéo'],
    ['sửa chữa hệ thống truyền thanh cơ sở'],
    ['Đài Phát thanh và Truyền hình tỉnh'],
    ['Đài Phát thanh - Truyền hình Hà Tĩnh'],
    ['Đài Tiếng nói Việt Nam'],
    ['phát thanh viên'],
    ['Tài liệu được đăng tải trên Web: https://www.example.vn'],
    ['tải tài liệu tại website https://tailieu.example.vn'],
    ['truy cập Cổng thông tin điện tử của Bộ Y tế'],
    ['theo dõi Fanpage "Thông tin Chính phủ"'],
    ['không đăng tải trên Fanpage'],
    ['để thông tin đến từng hộ dân'],
    ['Trung tâm Văn hóa - Truyền thông'],
    ['truyền thông rộng rãi'],
    ['Cổng dịch vụ công quốc gia'],
  ])('"%s" orders nothing of a channel', (text) => {
    expect(named(text)).toBe('');
  });
});
