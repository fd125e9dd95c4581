import type { Sentence } from '../../shared/domain-error.js';
import { showDate } from '../../shared/local-time.js';
import type { PlacementReason } from './day-solver.js';
import type { PriorityClass, RemovalCode } from './planning.types.js';
import type { PlanShortfallCode } from '../slots/shortfall.js';
import { MINUTE } from '../../channels/hours/zone-calendar.js';

/** '2 phút 10 giây'; lengths are rounded up to whole seconds, so that a needed length is never stated too short. */
export function showLength(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const parts = [
    Math.floor(seconds / 60) > 0 ? `${Math.floor(seconds / 60)} phút` : '',
    seconds % 60 > 0 ? `${seconds % 60} giây` : '',
  ];
  return parts.filter(Boolean).join(' ') || '0 giây';
}

export const classNames: Record<PriorityClass, string> = {
  emergency: 'khẩn cấp',
  priority: 'ưu tiên',
  normal: 'thông thường',
};

const howSentences: Record<PlacementReason, string> = {
  fresh: 'buổi này chưa có lượt nào của bài',
  again: 'các buổi khác đã có bài này hoặc không còn chỗ',
  only: 'trong ngày chỉ còn buổi này xếp được',
  earliest: 'xếp sớm nhất có thể, cách lượt trước của bài',
  close: 'liền với một lượt khác của bài vì không còn chỗ nào cách ra',
  former: 'giữ đúng giờ cũ',
  preferred: 'đúng khung giờ mà nhiệm vụ ưu tiên',
  tight: 'xếp sát nhau để đủ lượt cho các nhiệm vụ trong ngày',
};

/** 'Lượt 2/3 ngày 24/11/2026, buổi 17:00, hạng ưu tiên: …' */
export function whySentence(slot: {
  nth: number;
  of: number;
  date: string;
  windowTime: string;
  priority: PriorityClass;
  how: PlacementReason;
}): string {
  const play = `Lượt ${slot.nth}/${slot.of} ngày ${showDate(slot.date)}`;
  return `${play}, buổi ${slot.windowTime}, hạng ${classNames[slot.priority]}: ${howSentences[slot.how]}.`;
}

const shortfallWords: Record<PlanShortfallCode, Sentence> = {
  'unknown-channel': { vi: 'kênh này không hoạt động', en: 'the channel is not in service' },
  'no-window': { vi: 'kênh không có buổi phát nào trong ngày', en: 'no window opens that day' },
  'window-skipped': { vi: 'buổi phát của ngày này đã được cho nghỉ', en: 'the windows of that day are skipped' },
  'not-permitted': {
    vi: 'quy định không cho phát vào buổi nào của ngày này',
    en: 'the policy permits none of its windows',
  },
  'channel-closed': { vi: 'kênh tạm dừng phát ngày này', en: 'the channel is paused that day' },
  past: { vi: 'các buổi phát còn chỗ đã qua hoặc sát giờ phát', en: 'what was left of the day is over or locked' },
  'clip-too-long': {
    vi: 'bản thu dài hơn mọi buổi phát của ngày',
    en: 'the clip is longer than any window of the day',
  },
  full: { vi: 'các buổi phát không còn đủ chỗ trống', en: 'the windows have no free place of that length' },
};

export function shortfallSentence(code: PlanShortfallCode, date: string, wanted: number, placed: number): Sentence {
  const { vi, en } = shortfallWords[code];
  return {
    vi: `Ngày ${showDate(date)} cần ${wanted} lượt, xếp được ${placed}: ${vi}.`,
    en: `${date} needs ${wanted} plays and has ${placed}: ${en}.`,
  };
}

const removalSentences: Record<RemovalCode, Sentence> = {
  'clip-changed': { vi: 'Nhiệm vụ đã dùng bản thu khác.', en: 'The obligation now plays another clip.' },
  'length-changed': { vi: 'Bản thu đã đổi thời lượng.', en: 'The clip has another length now.' },
  'window-gone': { vi: 'Buổi phát này không còn vào giờ đó.', en: 'No window is open at that time any more.' },
  'not-wanted': { vi: 'Nhiệm vụ không còn yêu cầu phát ngày này.', en: 'The obligation no longer asks for this day.' },
  'over-maximum': { vi: 'Vượt số lượt tối đa trong ngày.', en: 'It is above the maximum of the day.' },
};

export function removalSentence(code: RemovalCode): Sentence {
  return removalSentences[code];
}

export const suggestionSentences = {
  longerWindow: (time: string, ms: number) => `Kéo dài buổi phát ${time} thêm ${Math.ceil(ms / MINUTE)} phút.`,
  shorterClip: (to: number, from: number) =>
    `Rút bản thu còn không quá ${showLength(to - 999)} (hiện ${showLength(from)}).`,
  /** Each item is '05:34 (campaign)'. */
  dropItems: (items: readonly string[]) => `Bỏ ${items.length} lượt: ${items.join(', ')}.`,
  addWindow: (date: string, ms: number) =>
    `Thêm buổi phát dài ít nhất ${Math.ceil(ms / MINUTE)} phút cho ngày ${showDate(date)}.`,
  unskip: (date: string) => `Bỏ lệnh nghỉ phát ngày ${showDate(date)}.`,
  special: (date: string, hours: string) => `Mở buổi đặc biệt ngày ${showDate(date)} trong giờ được phép (${hours}).`,
};
