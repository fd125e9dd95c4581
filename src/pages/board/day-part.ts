import type { LocalTime } from '../../shared/local-time.js';

/** The parts of a day in addresses; each begins at its hour and lasts until the next one. */
export const dayParts = ['sang', 'trua', 'chieu', 'toi'] as const;
export type DayPart = (typeof dayParts)[number];

export const dayPartNames: Record<DayPart, string> = {
  sang: 'Buổi sáng',
  trua: 'Buổi trưa',
  chieu: 'Buổi chiều',
  toi: 'Buổi tối',
};

const begins: Record<DayPart, LocalTime> = { sang: '00:00', trua: '11:00', chieu: '14:00', toi: '18:00' };

/** The part of the day in which a session that opens at `time` is counted. */
export function dayPartOf(time: LocalTime): DayPart {
  return dayParts.findLast((part) => begins[part] <= time) ?? 'sang';
}
