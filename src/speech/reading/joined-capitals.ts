import type { LexiconIndex } from './lexicon-index.js';

/** What the long abbreviations of offices begin with; the rest must be known by itself. */
const heads = `
BCĐ ban chỉ đạo|BCH ban chỉ huy|BQL ban quản lý|BTC ban tổ chức|HĐ hội đồng|HTX hợp tác xã|CLB câu lạc bộ|TT trung tâm
QL quản lý|BV bảo vệ|PC phòng chống|CB cán bộ|UB ủy ban|VP văn phòng|KV khu vực|KH kế hoạch|DA dự án|ĐK đăng ký
XD xây dựng|XL xử lý|XP xử phạt|DV dịch vụ|SX sản xuất|KD kinh doanh|GP giấy phép|GCN giấy chứng nhận|TTr tờ trình
QĐ quyết định|NQ nghị quyết|PCT phó chủ tịch|CTV cộng tác viên
`
  .trim()
  .split(/[|\n]/)
  .map((head) => ({ letters: head.slice(0, head.indexOf(' ')), said: head.slice(head.indexOf(' ') + 1) }))
  .sort((a, b) => b.letters.length - a.letters.length);

/**
 * TTDVVL, QLTTĐT, HĐNVQS: an abbreviation that no lexicon holds, put together of one that begins many and one that is known.
 * It is a guess that a person should hear; undefined when the letters do not part so.
 */
export function joinedCapitals(written: string, lexicon: LexiconIndex): string | undefined {
  for (const { letters, said } of heads) {
    const rest = written.slice(letters.length);
    if (rest.length < 3 || !written.startsWith(letters)) continue;
    const known = lexicon.alone(rest, rest.toLowerCase());
    if (known !== undefined) return `${said} ${known}`;
  }
  return undefined;
}
