import type { Sentence } from '../../shared/domain-error.js';
import { showDate, type LocalDate } from '../../shared/local-time.js';
import type { Closure } from './closures.js';
import type { HoursPolicy } from './hours.types.js';
import { showHours } from './policy-hours.js';

export type RefusalCode =
  | 'past'
  | 'locked'
  | 'frozen'
  | 'channel-closed'
  | 'outside-permitted-hours'
  | 'outside-permitted-weekdays'
  | 'silent-day'
  | 'session-too-long'
  | 'too-many-sessions'
  | 'outside-window'
  | 'overlap';

const weekdayNames = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];

/** The sentences for people when a slot may not be placed. */
export const refusalSentences = {
  past: (): Sentence => ({
    vi: 'Giờ này đã qua; hãy chọn giờ khác.',
    en: 'That time is over; choose a later one.',
  }),
  locked: (lockMs: number): Sentence => ({
    vi: `Còn dưới ${Math.ceil(lockMs / 60_000)} phút nữa là phát; thay đổi lúc này phải ghi lý do.`,
    en: `Less than ${Math.ceil(lockMs / 60_000)} minutes before air; a change now needs a reason.`,
  }),
  frozen: (): Sentence => ({
    vi: 'Lượt này đã phát hoặc đã kết thúc, không dời được nữa.',
    en: 'This slot has aired or is otherwise final; it cannot move.',
  }),
  'channel-closed': ({ retired, reason }: Pick<Closure, 'retired' | 'reason'>): Sentence => ({
    vi: `${retired ? 'Kênh đã ngừng sử dụng' : 'Kênh đang tạm dừng phát lúc đó'}: ${reason}.`,
    en: `${retired ? 'The channel is retired' : 'The channel is paused at that time'}: ${reason}.`,
  }),
  'outside-permitted-hours': (policy: HoursPolicy): Sentence => ({
    vi: `Ngoài giờ được phép phát (${showHours(policy)}).`,
    en: `Outside the permitted hours (${showHours(policy)}).`,
  }),
  'outside-permitted-weekdays': (weekday: number): Sentence => ({
    vi: `Quy định không cho phát vào ${weekdayNames[weekday - 1]}, trừ dịp đặc biệt.`,
    en: 'The policy permits nothing on that weekday, except on a special occasion.',
  }),
  'silent-day': (date: LocalDate): Sentence => ({
    vi: `Quy định không cho phát vào ngày lễ ${showDate(date)}, trừ chương trình đặc biệt.`,
    en: 'The policy permits nothing on that holiday, except a special programme.',
  }),
  'session-too-long': (minutes: number): Sentence => ({
    vi: `Mỗi buổi chỉ được phát ${minutes} phút; lượt này nằm ngoài phần đó.`,
    en: `A session may last ${minutes} minutes; this slot lies beyond them.`,
  }),
  'too-many-sessions': (count: number): Sentence => ({
    vi: `Mỗi ngày chỉ được ${count} buổi phát; buổi này là buổi thừa.`,
    en: `Only ${count} sessions a day are permitted; this one is beyond them.`,
  }),
  'outside-window': (): Sentence => ({
    vi: 'Lượt phát không nằm trọn trong một buổi phát của kênh.',
    en: 'The slot does not lie inside one window of the channel.',
  }),
  overlap: (times: readonly string[], more: number): Sentence => ({
    vi: `Trùng với lượt phát ${times.join(', ')}${more > 0 ? ` và ${more} lượt khác` : ''}.`,
    en: `Overlaps the slot ${times.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  }),
};
