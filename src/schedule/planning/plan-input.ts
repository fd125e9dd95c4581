import { DomainError } from '../../shared/domain-error.js';
import { isLocalTime } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import { priorityClasses, type PlanDemand, type PlanInput } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import { DAY, dayNumberOf } from '../../channels/hours/zone-calendar.js';
import {
  areWeekdays,
  checker,
  isCount,
  isDuration,
  isInstant,
  isPlanDate,
  requireChannel,
  requireHorizon,
  requireMoment,
  requireUnique,
} from '../../channels/hours/rules-input.js';

const MAX_PLAYS_A_DAY = 288;
const MAX_PLAYS_A_PLAN = 1_000_000;

/** Throws `bad-demand` with the field. */
export function requireDemand(demand: PlanDemand): void {
  const check = checker('bad-demand', `nhiệm vụ ${demand.title ?? demand.id}`, `obligation ${demand.id}`);
  check(isDuration(demand.durationMs), 'durationMs', 'thời lượng không hợp lệ', 'is not a length of a clip');
  check(priorityClasses.includes(demand.priority), 'priority', 'không phải hạng tin', 'is not a class');
  const { minPlaysPerDay: min, maxPlaysPerDay: max } = demand;
  check(isCount(min, 0, MAX_PLAYS_A_DAY), 'minPlaysPerDay', 'phải từ 0 đến 288', 'must be 0 to 288');
  check(isCount(max, min, MAX_PLAYS_A_DAY), 'maxPlaysPerDay', 'phải từ mức tối thiểu đến 288', 'is below the minimum');
  check(isPlanDate(demand.from), 'from', 'không phải ngày', 'is not a date');
  check(isPlanDate(demand.until), 'until', 'không phải ngày', 'is not a date');
  check(demand.from <= demand.until, 'until', 'ngày cuối trước ngày đầu', 'is before from');
  check(demand.weekdays === undefined || areWeekdays(demand.weekdays), 'weekdays', 'thứ từ 1 đến 7', 'are 1 to 7');
  const hours = demand.preferred?.every(({ from, until }) => isLocalTime(from) && isLocalTime(until)) ?? true;
  check(hours, 'preferred', 'giờ phải có dạng 17:00', 'needs times like 17:00');
}

/** Throws `bad-range` for a range that no slot can have. */
export function requireSlotRange(range: TimeRange, what = ''): void {
  const check = checker('bad-range', `lượt phát ${what}`.trim(), `slot ${what}`.trim());
  check(isInstant(range.start), 'start', 'không phải thời điểm hợp lệ', 'is not an instant between 2000 and 2100');
  check(isInstant(range.end), 'end', 'không phải thời điểm hợp lệ', 'is not an instant between 2000 and 2100');
  check(range.start < range.end, 'end', 'giờ kết thúc không sau giờ bắt đầu', 'is not after start');
  check(range.end - range.start <= DAY, 'end', 'dài hơn một ngày', 'is more than a day after start');
}

/** Validates the whole input of a plan before planning starts. */
export function requirePlanInput(input: PlanInput): void {
  requireHorizon(input.horizon);
  requireMoment(input.now, input.lockMs, input.gapMs ?? 0);
  requireUnique(input.obligations, 'bad-demand', 'nhiệm vụ', 'obligation');
  requireUnique(input.channels, 'bad-channel', 'kênh', 'channel');
  input.obligations.forEach(requireDemand);
  input.channels.forEach(requireChannel);
  input.existing.forEach((slot: ExistingSlot) => requireSlotRange(slot, slot.id));
  const days = dayNumberOf(input.horizon.until) - dayNumberOf(input.horizon.from) + 1;
  const plays = input.obligations.reduce((sum, d) => sum + d.channelIds.length * d.maxPlaysPerDay * days, 0);
  if (plays > MAX_PLAYS_A_PLAN) {
    throw new DomainError(
      'too-large',
      'plan-too-large',
      {
        vi: 'Kế hoạch này có thể lên tới hơn một triệu lượt phát; hãy chia theo tháng hoặc theo kênh.',
        en: 'This plan could reach more than a million slots; split it by month or by channel.',
      },
      { plays },
    );
  }
}
