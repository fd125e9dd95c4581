/**
 * Announcements in the style of wards, of the requested length, without a repeated sentence; another `seed` gives other
 * sentences.
 */
const moulds = [
  'Kính mời bà con tổ dân phố số {a} đến nhà văn hóa lúc {h}h30 ngày {d}/11/2026 để nghe phổ biến kế hoạch phòng, chống bão lụt đợt {b}.',
  'Nhân dân ở khu vực {b} cần chủ động chằng chống nhà cửa, cắt tỉa cành cây, di dời tài sản và người già, trẻ em đến nơi an toàn trước {h} giờ.',
  'Trạm Y tế phường tổ chức tiêm chủng cho trẻ từ {a} - 60 tháng tuổi tại nhà văn hóa số {b} vào sáng thứ Bảy, ngày {d}/12.',
  'Mức đóng quỹ vệ sinh của cụm {b} là {a}.000đ/hộ/tháng, hạn nộp đến hết ngày {d}/12; mọi thắc mắc liên hệ tổ trưởng tổ {a}.',
  'Điện lực tạm ngừng cấp điện tại trạm {b}, từ {h}h00 đến 17h00 ngày {d}/11, để sửa chữa đường dây số {a}; rất mong bà con thông cảm.',
  'Công an phường nhắc nhở các hộ ở ngõ {a} không để xe dưới lòng đường, không đốt rác ở khu {b}, và báo ngay khi thấy người lạ khả nghi.',
];
const LETTERS_A_SECOND = 13;

export function announcement(minutes, seed = 0) {
  const sentences = [];
  for (let n = 0, seconds = 0; seconds < minutes * 60; n++) {
    const at = seed * 1_009 + n;
    const values = { a: 1 + (at % 97), b: 1 + ((at * 7 + seed) % 389), h: 6 + (at % 9), d: 1 + (at % 28) };
    const sentence = moulds[at % moulds.length].replace(/\{(\w)\}/g, (_, name) => values[name]);
    sentences.push(sentence);
    seconds += (sentence.length + 14) / LETTERS_A_SECOND;
  }
  return sentences;
}

/** Five sentences a paragraph. */
export function asText(sentences) {
  return sentences.map((sentence, n) => sentence + (n % 5 === 4 ? '\n' : ' ')).join('');
}
