import { channelKindNames } from '../../shared/channel-kind.js';
import { showDate } from '../../shared/local-time.js';
import type { ProgressColumn } from './progress.js';
import { progressNames, progressStates, type StateCounts } from './progress-state.js';

/** '12 đạt, 2 chậm, 1 không đạt'; zero counts are left out. */
export function statesText(states: StateCounts): string {
  return progressStates
    .flatMap((state) => (states[state] > 0 ? [`${states[state]} ${progressNames[state]}`] : []))
    .join(', ');
}

/** 'ít nhất 2 lần mỗi ngày, từ 25/11/2026 đến 28/11/2026'. */
export function askedText({ minPlaysPerDay, from, until, channelKind }: ProgressColumn): string {
  const verb = channelKind === 'fanpage' ? 'đăng' : 'phát';
  const often = minPlaysPerDay === null ? `${verb} ít nhất một lần` : `${verb} ít nhất ${minPlaysPerDay} lần mỗi ngày`;
  const since = from ? `từ ${showDate(from)}` : '';
  const end = until ? `đến hết ${showDate(until)}` : '';
  const when = [since, end].filter(Boolean).join(' ');
  return when ? `${often}, ${when}` : often;
}

/** 'Điểm 2, Truyền thanh cơ sở'. */
export function columnHeading({ assignment, channelKind }: ProgressColumn): string {
  return `Điểm ${assignment}, ${channelKindNames[channelKind].toLocaleLowerCase('vi')}`;
}
