import type { ProgressCell, ProgressColumn } from '../../reports/progress/progress.js';
import {
  progressMeanings,
  progressNames,
  type ProgressState,
  progressStates,
  type StateCounts,
} from '../../reports/progress/progress-state.js';
import { channelKindNames } from '../../shared/channel-kind.js';
import { showDate } from '../../shared/local-time.js';
import { translate } from '../language/language.js';
import { upperFirst, type Tone } from '../language/words.js';

export const progressTones: Record<ProgressState, Tone> = {
  met: 'good',
  late: 'warn',
  missed: 'bad',
  pending: '',
  unmeasured: 'off',
};

/** A sign beside the colour, for colour-blind readers and black-and-white print. */
export const progressSigns: Record<ProgressState, string> = {
  met: '✓',
  late: '!',
  missed: '✕',
  pending: '…',
  unmeasured: '–',
};

export function stateView(state: ProgressState) {
  return {
    state,
    tone: progressTones[state],
    sign: progressSigns[state],
    word: upperFirst(translate(progressNames[state])),
  };
}

/** The legend: the name and the meaning of each state. */
export function legend() {
  return progressStates.map((state) => ({ ...stateView(state), meaning: translate(progressMeanings[state]) }));
}

/** '12 đạt, 2 chậm, 1 không đạt'; zero counts are left out. */
export function countsText(states: StateCounts): string {
  return progressStates
    .flatMap((state) => (states[state] > 0 ? [`${states[state]} ${translate(progressNames[state])}`] : []))
    .join(', ');
}

/** As `figureText`, in the language of the page: '28/30, thiếu 2'. */
export function figureWords({ state, playedDue, playedInTime, required, short, waitingDue }: ProgressCell): string {
  const figure = `${playedDue}/${required}`;
  if (short > 0) return translate('{figure}, thiếu {n}', { figure, n: short });
  if (state !== 'late' || waitingDue > 0) return figure;
  return playedInTime === 0 ? translate('{figure}, sau hạn', { figure }) : translate('{figure}, đã bù đủ', { figure });
}

/** 'Điểm 2: Truyền thanh cơ sở'. */
export function columnTitle({ assignment, channelKind }: Pick<ProgressColumn, 'assignment' | 'channelKind'>): string {
  return translate('Điểm {n}: {kind}', { n: assignment, kind: translate(channelKindNames[channelKind]) });
}

/** 'ít nhất 2 lần mỗi ngày, 25/11/2026 – 28/11/2026'. */
export function demandText({
  minPlaysPerDay,
  from,
  until,
  firstPlanned,
  channelKind,
  measured,
}: ProgressColumn): string {
  const times = minPlaysPerDay === null ? '' : String(minPlaysPerDay);
  const often = !measured
    ? translate('đơn vị báo cáo bằng văn bản')
    : minPlaysPerDay !== null
      ? translate('ít nhất {n} lần mỗi ngày', { n: times })
      : channelKind === 'fanpage'
        ? translate('đăng ít nhất một lần')
        : translate('phát ít nhất một lần');
  const dates = [from, until].flatMap((date) => (date ? [showDate(date)] : []));
  const asked = dates.length > 0 ? `${often}, ${dates.join(' – ')}` : often;
  return firstPlanned && from && firstPlanned > from
    ? translate('{asked}; tính từ ngày xếp lịch đầu tiên {day}', { asked, day: showDate(firstPlanned) })
    : asked;
}
