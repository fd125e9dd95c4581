import type { Instant } from '../../shared/clock.js';
import {
  addDays,
  localDateOf,
  localTimeOf,
  showDate,
  showInstant,
  type TimeZone,
  weekdayName,
} from '../../shared/local-time.js';
import type { Channel } from '../../channels/channel.entity.js';
import { evidenceNames } from '../../proof/evidence.js';
import type { SlotProof } from '../../proof/slot-proof.service.js';
import type { DayView } from '../../schedule/day-view.js';
import { slotStateNames } from '../../schedule/planning/slot.transitions.js';
import type { SlotView } from '../../schedule/slot-view.js';
import { lengthShort, slotTones } from '../words.js';

export interface TodayFacts {
  channel: Pick<Channel, 'code' | 'name' | 'zone'>;
  day: DayView;
  proofs: ReadonlyMap<string, SlotProof>;
  now: Instant;
  /** The actor answers for this channel's unit. */
  mayTick: boolean;
}

/** The day in its order with a line where it is now. Cancelled slots stay, so that nobody wonders where they went. */
export function todayView({ channel, day, proofs, now, mayTick }: TodayFacts) {
  const { zone } = channel;
  const today = localDateOf(now, zone);
  const isToday = day.date === today;
  const rows = day.slots.map((slot) => rowView(slot, proofs.get(slot.id), zone, now, mayTick));
  const next = day.slots.find((slot) => slot.state === 'planned' && slot.endsAt > now);
  // The line stands before the first slot that has not ended; after the last one when all have.
  const place = day.slots.findIndex((slot) => slot.endsAt > now);
  const at = place < 0 ? rows.length : place;
  return {
    code: channel.code,
    channel: channel.name,
    date: day.date,
    heading: `${weekdayName(day.date)} ${showDate(day.date)}`,
    isToday,
    before: isToday ? rows.slice(0, at) : rows,
    after: isToday ? rows.slice(at) : [],
    nowText: localTimeOf(now, zone),
    next:
      isToday && next
        ? {
            title: next.title,
            playing: next.startsAt <= now,
            time: localTimeOf(next.startsAt, zone),
            length: lengthShort(next.durationMs),
          }
        : null,
    empty: rows.length === 0,
    windows: day.windows.map(({ name, start, end }) => ({ name, hours: `${start}–${end}` })),
    previousDay: addDays(day.date, -1),
    nextDay: addDays(day.date, 1),
    nextName: isToday ? 'Ngày mai' : 'Ngày sau',
    playlists: (['m3u8', 'xspf', 'json'] as const).map((format) => ({
      name: format.toUpperCase(),
      href: `/api/channels/${channel.code}/playlists/${day.date}.${format}`,
    })),
  };
}

function rowView(slot: SlotView, proof: SlotProof | undefined, zone: TimeZone, now: Instant, mayTick: boolean) {
  const planned = slot.state === 'planned';
  const begun = slot.startsAt <= now;
  const logged = proof?.runs.some((run) => run.stationId !== null) ?? false;
  const said = proof?.runs.filter((run) => run.stationId === null).at(-1);
  const playing = planned && begun && now < slot.endsAt;
  return {
    id: slot.id,
    time: localTimeOf(slot.startsAt, zone),
    length: lengthShort(slot.durationMs),
    title: slot.title,
    state: playing
      ? 'Đang trong giờ phát'
      : planned && begun
        ? 'Chờ kết quả'
        : planned
          ? 'Chờ phát'
          : slotStateNames[slot.state],
    tone: planned && begun ? 'warn' : slotTones[slot.state],
    off: slot.state === 'cancelled' || slot.state === 'replaced',
    note: planned && !begun ? '' : noteOf(slot, proof),
    said:
      planned && said
        ? said.outcome === 'played'
          ? 'Bạn đã ghi: đã phát.'
          : `Bạn đã ghi: không phát (${said.detail}).`
        : '',
    late: proof?.lateReported ?? false,
    src: slot.state === 'cancelled' || slot.state === 'replaced' ? '' : `/api/clips/${slot.sha256}.mp3`,
    mayTick: mayTick && planned && begun && !logged,
  };
}

function noteOf(slot: SlotView, proof: SlotProof | undefined): string {
  if (slot.state === 'played') return proof?.grade ? `Căn cứ: ${evidenceNames[proof.grade]}.` : '';
  return proof?.note || (slot.reason ?? '');
}

/** 'Thứ Ba 24/11, 05:30' for the choice between channels. */
export function channelChoice(channel: Pick<Channel, 'code' | 'name'>, next: SlotView | undefined, zone: TimeZone) {
  return {
    code: channel.code,
    name: channel.name,
    next: next ? `${showInstant(next.startsAt, zone)}: ${next.title}` : 'Hôm nay không còn lượt nào.',
  };
}
