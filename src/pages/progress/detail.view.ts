import { evidenceNames } from '../../proof/evidence.js';
import type { RunView } from '../../proof/slot-proofs.service.js';
import { postStateNames } from '../../posts/state/post.transitions.js';
import {
  type CellDetail,
  DETAIL_PAGE,
  type DetailPost,
  type DetailSlot,
} from '../../reports/progress/progress-details.service.js';
import { slotStatusNames } from '../../schedule/slots/slot-status.js';
import { type SlotState, slotStateNames, slotStates } from '../../schedule/slots/slot.transitions.js';
import { type TimeZone, localTimeOf } from '../../shared/local-time.js';
import { moment, translate } from '../language/language.js';
import { upperFirst, postTones, slotTones } from '../language/words.js';
import { progressAmounts } from './progress.view.js';
import { columnTitle, demandText, stateView } from './progress-words.js';

const outcomeNames: Record<RunView['outcome'], string> = {
  played: 'đã phát',
  partial: 'phát một phần',
  failed: 'không phát được',
};

export function detailView(detail: CellDetail, state: SlotState | undefined, page: number) {
  const { progress, column, row, cell, slots, slotCount, posts, stationNames } = detail;
  const base = `/tien-do/${progress.directive.id}/${column.obligationId}/${row.unitCode}`;
  const address = (wanted: SlotState | undefined, at: number) => {
    const query = [...(wanted ? [`trangthai=${wanted}`] : []), ...(at > 1 ? [`trang=${at}`] : [])].join('&');
    return query ? `${base}?${query}` : base;
  };
  return {
    id: progress.directive.id,
    number: progress.directive.number,
    unit: row.unitName,
    column: columnTitle(column),
    text: column.text,
    demand: demandText(column),
    measured: column.measured,
    ...stateView(cell.state),
    ...progressAmounts(cell),
    channels: cell.channels.join('; '),
    figures: [
      { label: translate('phải có đến nay'), n: String(cell.required), tone: '' },
      { label: translate('đã xếp'), n: String(cell.planned), tone: '' },
      { label: translate('đã thực hiện'), n: String(cell.playedDue), tone: 'good' },
      ...(cell.short > 0 ? [{ label: translate('còn thiếu'), n: String(cell.short), tone: 'bad' }] : []),
      { label: translate('không thực hiện'), n: String(cell.missed), tone: cell.missed > 0 ? 'bad' : '' },
      { label: translate('đang chờ'), n: String(cell.waiting), tone: '' },
    ],
    late: cell.lateReported > 0 ? translate('{n} lượt báo muộn là đã phát', { n: cell.lateReported }) : '',
    days:
      cell.daysRequired > 0
        ? translate('{met}/{all} ngày đã qua đạt yêu cầu', { met: cell.daysMet, all: cell.daysRequired })
        : '',
    isPosts: column.channelKind === 'fanpage',
    choices: [undefined, ...slotStates].map((one) => ({
      href: address(one, 1),
      word: one ? translate(slotStateNames[one]) : translate('Tất cả'),
      chosen: one === state,
    })),
    slots: slots.map((slot) => slotView(slot, stationNames)),
    posts: posts.map(postView),
    count: String(slotCount),
    before: page > 1 ? address(state, page - 1) : '',
    after: page * DETAIL_PAGE < slotCount ? address(state, page + 1) : '',
    page: String(page),
  };
}

function slotView(
  { id, title, channelName, zone, startsAt, endsAt, state, proof }: DetailSlot,
  stations: ReadonlyMap<string, string>,
) {
  return {
    id,
    title,
    channel: channelName,
    when: moment(startsAt, zone),
    until: localTimeOf(endsAt, zone),
    state: translate(slotStatusNames[proof?.standing ?? state]),
    tone: slotTones[proof?.standing ?? state],
    note: proof?.note ?? '',
    grade: proof?.grade ? `${proof.grade} · ${translate(evidenceNames[proof.grade])}` : '',
    late: proof?.lateReported ?? false,
    said: String(proof?.runs.length ?? 0),
    runs: (proof?.runs ?? []).map((run) => runView(run, zone, stations)),
  };
}

function runView(run: RunView, zone: TimeZone, stations: ReadonlyMap<string, string>) {
  return {
    who: run.stationId ? (stations.get(run.stationId) ?? translate('Trạm không còn')) : translate('Trực đài'),
    byPerson: run.stationId === null,
    outcome: translate(outcomeNames[run.outcome]),
    bad: run.outcome === 'failed',
    grade: `${run.grade} · ${translate(evidenceNames[run.grade])}`,
    when: moment(run.startedAt, zone),
    received: moment(run.receivedAt, zone),
    detail: run.detail,
  };
}

function postView({ id, opening, channelName, zone, at, state, permalink }: DetailPost) {
  return {
    id,
    opening,
    channel: channelName,
    when: moment(at, zone),
    state: upperFirst(translate(postStateNames[state])),
    tone: postTones[state],
    permalink: permalink ?? '',
  };
}

/** UI texts from tables, for the spec that checks their English. */
export const detailWords: readonly string[] = Object.values(outcomeNames);
