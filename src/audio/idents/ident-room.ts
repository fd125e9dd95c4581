import { estimateClipSeconds } from '../mix/estimate.js';
import { type IdentPart, stationName } from './ident-text.js';

/** The longest date of this century when spoken. */
const LONGEST_DAY = 'thứ tư, ngày hai mươi bốn tháng mười một năm hai nghìn không trăm hai mươi bốn';
/** The estimate is off by up to a tenth, and an ident that does not fit its reserved time is lost. */
const MARGIN = 1.12;

/**
 * Time that a session reserves for an ident that does not exist yet, ms, whole seconds: no day of this station takes
 * longer at `rate` words a minute with a voice like the one the estimate was measured on.
 */
export function roomForIdent(part: IdentPart, unit: Parameters<typeof stationName>[0], rate: number): number {
  const station = stationName(unit);
  const words =
    part === 'opening'
      ? `Đây là ${station}. Hôm nay, ${LONGEST_DAY}. Mời bà con và các bạn nghe chương trình truyền thanh.`
      : `Chương trình truyền thanh ${LONGEST_DAY}, của ${station}, đến đây là hết. Cảm ơn bà con và các bạn đã lắng nghe.`;
  const chimes = { opening: part === 'opening', closing: part === 'closing' };
  return Math.ceil(estimateClipSeconds(words, { rate, chimes }) * MARGIN) * 1000;
}
