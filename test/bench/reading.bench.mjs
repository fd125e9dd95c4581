import { readBuiltInLexicon } from '../../dist/speech/reading/lexicon/lexicon-files.js';
import { prepare } from '../../dist/speech/reading/read.js';
import { defaultReadingSettings } from '../../dist/speech/reading/text/reading.js';
import { medianSeconds, round } from './median.mjs';

const sentences = [
  'Thực hiện Công văn số 1871/UBND-VHTT ngày 05/8/2020 của UBND thành phố, đề nghị bà con cài đặt ứng dụng Bluezone.',
  'Từ 7h30 đến 11h00 ngày 25/11/2026, Trạm Y tế phường tổ chức tiêm chủng cho trẻ từ 5 - 11 tuổi tại nhà văn hóa tổ dân phố 5.',
  'Mức đóng là 1.000.000đ/hộ/năm, hạn nộp đến hết ngày 31/12; mọi thắc mắc liên hệ số điện thoại 0239 3855 123.',
  'Nhân dân trên địa bàn cần chủ động chằng chống nhà cửa, cắt tỉa cành cây, di dời tài sản và người già, trẻ em đến nơi an toàn.',
];

/** Words a second of the reading on one core, and the ratio to NFC alone over the same text. */
export async function bench(say) {
  const reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
  const texts = Array.from({ length: 500 }, (_, n) =>
    sentences.map((one) => one.replace('25', String(1 + (n % 28)))).join(' '),
  );
  const words = texts.join(' ').split(/\s+/).length;
  say(`${words} words`);
  let length = 0;
  const bare = medianSeconds(5, () => texts.forEach((text) => (length += text.normalize('NFC').split(/\s+/).length)));
  const seconds = medianSeconds(5, () => texts.forEach((text) => (length += reader.read(text).spoken.length)));
  return { words, wordsPerSecond: Math.round(words / seconds), timesNfc: round(seconds / bare), checked: length };
}
