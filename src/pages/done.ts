/** What `?xong=` after a form says was done. The Vietnamese sentence is the key of its English one. */
export const doneSentences = {
  'da-luu': 'Đã lưu.',
  'da-trinh': 'Đã trình duyệt.',
  'da-duyet': 'Đã duyệt.',
  'da-tra': 'Đã trả lại cho người soạn.',
  'da-vao-so': 'Đã vào sổ.',
  'da-co': 'Văn bản này đã có trong sổ.',
  'da-sua-doc': 'Đã sửa cách đọc.',
  'da-bo-doc': 'Đã bỏ cách đọc riêng.',
  'dang-dung': 'Đang dựng bản thu.',
  'da-dung': 'Đã dừng dựng bản thu.',
  'da-xep-lich': 'Đã xếp lịch.',
  'da-ghi': 'Đã ghi nhận.',
  'da-hen': 'Đã hẹn giờ đăng.',
  'da-huy': 'Đã hủy.',
  'da-tam-dung': 'Đã tạm dừng đăng trên trang.',
  'da-dang-tiep': 'Trang đăng tiếp theo giờ hẹn.',
  'dang-tim': 'Đang tìm trên trang; tải lại sau ít phút để xem kết quả.',
  'da-tao': 'Đã tạo tài khoản.',
  'da-khoa': 'Đã khóa tài khoản.',
  'da-thu-hoi': 'Đã thu hồi quyền của trạm.',
} as const;
export type DoneCode = keyof typeof doneSentences;
