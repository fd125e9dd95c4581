import { channelKindNames } from '../../shared/channel-kind.js';
import { showDate } from '../../shared/local-time.js';
import type { ProgressCell, ProgressColumn } from './progress.js';
import { progressNames, progressStates, type StateCounts } from './progress-state.js';

/** '12 đạt, 2 chậm, 1 không đạt'; zero counts are left out. */
export function statesText(states: StateCounts): string {
  return progressStates
    .flatMap((state) => (states[state] > 0 ? [`${states[state]} ${progressNames[state]}`] : []))
    .join(', ');
}

/** '28/30, thiếu 2': what was played of what was owed. '30/30, đã bù đủ' where a short day was made up. */
export function figureText({ state, playedDue, playedInTime, required, short, waitingDue }: ProgressCell): string {
  if (state === 'unmeasured') return progressNames.unmeasured;
  const figure = `${playedDue}/${required}`;
  if (short > 0) return `${figure}, thiếu ${short}`;
  if (state !== 'late' || waitingDue > 0) return figure;
  return playedInTime === 0 ? `${figure}, sau hạn` : `${figure}, đã bù đủ`;
}

/** 'ít nhất 2 lần mỗi ngày, từ 25/11/2026 đến 28/11/2026'. */
export function askedText({ minPlaysPerDay, from, until, firstPlanned, channelKind }: ProgressColumn): string {
  const verb = channelKind === 'fanpage' ? 'đăng' : 'phát';
  const often = minPlaysPerDay === null ? `${verb} ít nhất một lần` : `${verb} ít nhất ${minPlaysPerDay} lần mỗi ngày`;
  const since = from ? `từ ${showDate(from)}` : '';
  const end = until ? `đến hết ${showDate(until)}` : '';
  const when = [since, end].filter(Boolean).join(' ');
  const asked = when ? `${often}, ${when}` : often;
  return firstPlanned && from && firstPlanned > from
    ? `${asked}; tính từ ngày xếp lịch đầu tiên ${showDate(firstPlanned)}`
    : asked;
}

/** 'Điểm 2, Truyền thanh cơ sở'. */
export function columnHeading({ assignment, channelKind }: ProgressColumn): string {
  return `Điểm ${assignment}, ${channelKindNames[channelKind].toLocaleLowerCase('vi')}`;
}
