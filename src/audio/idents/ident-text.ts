import { isWard, type UnitKind } from '../../people/units/unit-kind.js';
import { type LocalDate, showDate, weekdayName } from '../../shared/local-time.js';

export const identParts = ['opening', 'closing'] as const;
/** Before the first item of a session, or after its last. */
export type IdentPart = (typeof identParts)[number];

interface NamedUnit {
  readonly kind: UnitKind;
  readonly name: string;
}

/**
 * The name of a station on air: that of a ward or city is the Đài truyền thanh of the place; an office uses its own
 * name.
 */
export function stationName({ kind, name }: NamedUnit): string {
  const place = name.charAt(0).toLowerCase() + name.slice(1);
  return isWard(kind) || kind === 'city' ? `Đài truyền thanh ${place}` : name;
}

/** Title of an ident in a list: 'Nhạc hiệu mở đầu, Thứ Tư ngày 25 tháng 11'. */
export function identTitle(part: IdentPart, date: LocalDate): string {
  const [, month, day] = date.split('-').map(Number);
  const what = part === 'opening' ? 'Nhạc hiệu mở đầu' : 'Lời chào kết thúc';
  return `${what}, ${weekdayName(date)} ngày ${day} tháng ${month}`;
}

/**
 * The text of the opening or closing of `date` in written form: the text normaliser reads numbers and dates, so that a
 * ward's own readings apply here too.
 */
export function identText(part: IdentPart, unit: NamedUnit, date: LocalDate): string {
  const station = stationName(unit);
  const weekday = weekdayName(date);
  const day = `${weekday.charAt(0).toLowerCase()}${weekday.slice(1)}, ngày ${showDate(date)}`;
  return part === 'opening'
    ? `Đây là ${station}. Hôm nay, ${day}. Mời bà con và các bạn nghe chương trình truyền thanh.`
    : `Chương trình truyền thanh ${day}, của ${station}, đến đây là hết. Cảm ơn bà con và các bạn đã lắng nghe.`;
}
