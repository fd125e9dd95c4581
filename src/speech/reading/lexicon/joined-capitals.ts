import type { LexiconIndex } from './lexicon-index.js';

/** Parts of long abbreviations; the remainder must itself be a known abbreviation. */
const parts = tableOf(`
BCĐ ban chỉ đạo|BCH ban chỉ huy|BQL ban quản lý|BTC ban tổ chức|BTT ban thường trực|BTV ban thường vụ|HĐ hội đồng|HTX hợp tác xã|CLB câu lạc bộ
TT trung tâm|QL quản lý|BV bảo vệ|PC phòng chống|CB cán bộ|UB ủy ban|VP văn phòng|KV khu vực|KH kế hoạch|DA dự án|ĐK đăng ký
XD xây dựng|XL xử lý|XP xử phạt|DV dịch vụ|SX sản xuất|KD kinh doanh|GP giấy phép|GCN giấy chứng nhận|TTr tờ trình
QĐ quyết định|NQ nghị quyết|PCT phó chủ tịch|CTV cộng tác viên|CS cơ sở|TC tổ chức|KT kinh tế|XH xã hội|GD giáo dục|ĐT đào tạo
VH văn hóa|GT giao thông|MT môi trường|NN nông nghiệp|LĐ lao động|YT y tế|DN doanh nghiệp|HS học sinh|GV giáo viên|PT phát triển
QP quốc phòng|AN an ninh|TP thành phố|TX thị xã|PN phụ nữ|ND nông dân|TN thanh niên|CN công nghiệp|ĐĐ đất đai|QS quân sự
CA công an|TE trẻ em|VN Việt Nam|HCM Hồ Chí Minh|TW trung ương|TƯ trung ương|QG quốc gia|ĐP địa phương|CP chính phủ|QH quy hoạch|SDĐ sử dụng đất
TV tư vấn|DL du lịch|TM thương mại|TS tài sản|NH ngân hàng|VT vận tải|HC hành chính|XT xúc tiến|XK xuất khẩu|NK nhập khẩu|NS ngân sách|LL lực lượng
BQ bình quân|CĐ công đoàn|KK kê khai|CT chương trình|NT nông thôn|ĐV đơn vị|NV nhiệm vụ|HV hội viên|TĐ thi đua|KT kinh tế|BH bảo hiểm|CTXH công tác xã hội
`);
/** Ambiguous inside an abbreviation, so accepted only at its start. */
const onlyFirst = new Set(
  'TT HĐ UB VP PC QL BV TC KH CS KV BCĐ BCH BTT BTV ĐK PCT QĐ NQ GCN CT TĐ XL XT LL'.split(' '),
);
const LONGEST = 16;

interface Put {
  words: string;
  /** The split with the fewest pieces and the longest known one wins. */
  pieces: number;
  known: number;
}

/**
 * TTDVVL, QLTTĐT, HĐNVQS: composes the reading of an abbreviation in no lexicon from known parts. Of three pieces, one
 * must be in the lexicon. The result is a guess that a person should check; undefined when the letters cannot be split.
 */
export function joinedCapitals(written: string, lexicon: LexiconIndex): string | undefined {
  if (written.length < 4 || written.length > LONGEST) return undefined;
  const best: (Put | undefined)[] = [{ words: '', pieces: 0, known: 0 }];
  for (let end = 2; end <= written.length; end++) {
    for (let start = 0; start <= end - 2; start++) {
      const before = best[start];
      if (!before) continue;
      const piece = written.slice(start, end);
      const part = start > 0 && onlyFirst.has(piece) ? undefined : parts.get(piece);
      const entry = part === undefined && piece.length > 2 ? lexicon.alone(piece, piece.toLowerCase()) : undefined;
      const said = part ?? entry;
      if (said === undefined) continue;
      const known = before.known + (entry === undefined ? 0 : piece.length);
      const put = { words: `${before.words} ${said}`.trim(), pieces: before.pieces + 1, known };
      const now = best[end];
      if (!now || put.pieces < now.pieces || (put.pieces === now.pieces && put.known > now.known)) best[end] = put;
    }
  }
  const whole = best[written.length];
  return whole && whole.pieces < 4 && (whole.known > 2 || whole.pieces === 2) ? whole.words : undefined;
}

function tableOf(text: string): ReadonlyMap<string, string> {
  const entries = text.trim().split(/[|\n]/);
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)]));
}
