import type { Instant } from '../../shared/clock.js';
import type { BulletinClass } from '../../campaigns/bulletin-class.js';
import type { FillState, WindowView } from './day-view.js';
import type { SlotState } from '../slots/slot.transitions.js';
import { slotStatusNames, slotStatusOf } from '../slots/slot-status.js';
import type { ZoneCalendar } from '../../channels/hours/zone-calendar.js';
import type { SlotView } from '../slots/slot-view.js';

/**
 * An event in the format of @event-calendar. `start` and `end` are local clock faces of the channel
 * ('2026-11-25T05:30:00', no zone): the component shows the digits as given, so a browser in another zone still shows
 * 05:30. Instants are in `extendedProps`; after a drag, add its milliseconds to `startsAt`.
 */
export interface CalendarEvent<Props = SlotProps | WindowProps> {
  id: string;
  /** The channel's id. */
  resourceIds: [string];
  start: string;
  end: string;
  title: string;
  /** `background` for window openings, which are drawn behind the slots. */
  display: 'auto' | 'background';
  /** True for a slot that has not begun. Roles decide separately who may move it. */
  editable: boolean;
  /** `slot slot-<state, or no-word> class-<bulletin class>`, or `window window-<fill>`. */
  classNames: string[];
  extendedProps: Props;
}

export interface SlotProps {
  kind: 'slot';
  /** For `If-Match` when the slot is changed. */
  version: number;
  startsAt: Instant;
  endsAt: Instant;
  state: SlotState;
  /** In Vietnamese. */
  stateName: string;
  reason: string | null;
  why: string;
  campaignId: string | null;
  campaign: string;
  bulletinClass: BulletinClass;
  obligationId: string | null;
  windowId: string | null;
}

export interface WindowProps {
  kind: 'window';
  startsAt: Instant;
  endsAt: Instant;
  windowId: string;
  filledMinutes: number;
  shortMinutes: number;
  overMinutes: number;
  fill: FillState;
}

export function slotEvent(slot: SlotView, calendar: ZoneCalendar, now: Instant): CalendarEvent<SlotProps> {
  const { id, version, channelId, startsAt, endsAt, state, reason, why, title, bulletinClass } = slot;
  const { campaignId, campaign, obligationId, windowId } = slot;
  const status = slotStatusOf(slot);
  return {
    id,
    resourceIds: [channelId],
    start: calendar.clockFaceAt(startsAt),
    end: calendar.clockFaceAt(endsAt),
    title,
    display: 'auto',
    editable: state === 'planned' && startsAt > now,
    classNames: ['slot', `slot-${status}`, `class-${bulletinClass}`],
    extendedProps: {
      kind: 'slot',
      version,
      startsAt,
      endsAt,
      state,
      stateName: slotStatusNames[status],
      reason,
      why,
      campaignId,
      campaign,
      bulletinClass,
      obligationId,
      windowId,
    },
  };
}

export function windowEvent(channelId: string, window: WindowView, calendar: ZoneCalendar): CalendarEvent<WindowProps> {
  const { windowId, name, startsAt, endsAt, filledMinutes, shortMinutes, overMinutes, state } = window;
  return {
    // One window may open twice a day, where forbidden hours cut it in two.
    id: `${windowId}|${startsAt}`,
    resourceIds: [channelId],
    start: calendar.clockFaceAt(startsAt),
    end: calendar.clockFaceAt(endsAt),
    title: `${name}: ${fillWords(window)}`,
    display: 'background',
    editable: false,
    classNames: ['window', `window-${state}`],
    extendedProps: {
      kind: 'window',
      startsAt,
      endsAt,
      windowId,
      filledMinutes,
      shortMinutes,
      overMinutes,
      fill: state,
    },
  };
}

/** 'đã xếp 12 phút, còn trống 18 phút', 'đã xếp 30 phút, lố 1,5 phút'. */
export function fillWords({
  filledMinutes,
  shortMinutes,
  overMinutes,
}: Pick<WindowView, 'filledMinutes' | 'shortMinutes' | 'overMinutes'>): string {
  const parts = [`đã xếp ${decimal(filledMinutes)} phút`];
  if (shortMinutes > 0) parts.push(`còn trống ${decimal(shortMinutes)} phút`);
  if (overMinutes > 0) parts.push(`lố ${decimal(overMinutes)} phút`);
  return parts.join(', ');
}

function decimal(value: number): string {
  return String(value).replace('.', ',');
}
