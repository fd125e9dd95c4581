import type { Instant } from '../../shared/clock.js';
import { addDays, localDateOf, localTimeOf, type TimeZone } from '../../shared/local-time.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { evidenceNames } from '../../proof/evidence.js';
import type { SlotProof } from '../../proof/slot-proofs.service.js';
import type { DayView, WindowView } from '../../schedule/calendar/day-view.js';
import { slotStatusNames, slotStatusOf } from '../../schedule/slots/slot-status.js';
import { slotKindNames } from '../../schedule/slots/slot-kind.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { day as dayText, moment, translate } from '../language/language.js';
import { decimal, lengthShort, slotTones, type Tone } from '../language/words.js';

export interface TodayFacts {
  channel: Pick<Channel, 'code' | 'name' | 'zone'>;
  day: DayView;
  proofs: ReadonlyMap<string, SlotProof>;
  now: Instant;
  /** The actor may confirm plays of this channel's unit. */
  mayTick: boolean;
}

/** One broadcast session with its slots in order, or the slots outside every session. */
export interface SessionView {
  name: string;
  hours: string;
  fill: { percent: string; text: string; tone: Tone } | null;
  slots: SlotRow[];
  /** Addresses of its own lists; '' without slots. */
  m3u8: string;
  xspf: string;
}
export type SlotRow = ReturnType<typeof slotRow> & { nowAbove: boolean };

/**
 * The day in order with a line at the current time. Cancelled slots stay visible, so that they do not seem to be
 * missing.
 */
export function todayView({ channel, day, proofs, now, mayTick }: TodayFacts) {
  const { zone } = channel;
  const isToday = day.date === localDateOf(now, zone);
  // The line comes before the first slot that has not ended, or after the last one.
  const first = isToday ? day.slots.find((slot) => slot.endsAt > now) : undefined;
  const rows = day.slots.map((slot) => ({
    ...slotRow(slot, proofs.get(slot.id), zone, now, mayTick),
    nowAbove: slot === first,
  }));
  const upcoming = day.slots.filter((slot) => slot.state === 'planned' && slot.endsAt > now);
  const address = (ending: string) => `/api/channels/${channel.code}/playlists/${day.date}.${ending}`;
  // A slot that is playing may be confirmed already, but does not count as waiting yet.
  const waiting = rows.filter((row) => row.mayTick && row.past && row.said === '').length;
  return {
    code: channel.code,
    channel: channel.name,
    date: day.date,
    heading: dayText(day.date),
    isToday,
    now: String(now),
    zone,
    nowText: localTimeOf(now, zone),
    nowAtEnd: isToday && !first,
    sessions: sessionsOf(day, rows, address),
    next: isToday && upcoming[0] ? nextView(upcoming[0], proofs.get(upcoming[0].id), zone, now) : null,
    afterThat: isToday
      ? upcoming.slice(1, 4).map(({ startsAt, title }) => ({ time: localTimeOf(startsAt, zone), title }))
      : [],
    allDone: isToday && rows.length > 0 && upcoming.length === 0,
    toTick: waiting > 0 ? String(waiting) : '',
    empty: rows.length === 0,
    previousDay: addDays(day.date, -1),
    nextDay: addDays(day.date, 1),
    m3u8: address('m3u8'),
    xspf: address('xspf'),
    zip: address('zip'),
  };
}

function nextView(slot: SlotView, proof: SlotProof | undefined, zone: TimeZone, now: Instant) {
  return {
    title: slot.title,
    /** Only a device knows that it sounds; without its word the time has come, no more. */
    playing: proof?.sounding ?? false,
    due: slot.startsAt <= now,
    time: localTimeOf(slot.startsAt, zone),
    length: lengthShort(slot.durationMs),
    campaign: slot.campaign,
  };
}

function sessionsOf(
  { windows, slots }: DayView,
  rows: readonly SlotRow[],
  address: (ending: string) => string,
): SessionView[] {
  const inWindow = (id: string) => rows.filter((_, n) => slots[n]?.windowId === id);
  const known = new Set(windows.map(({ windowId }) => windowId));
  const others = rows.filter((_, n) => !known.has(slots[n]?.windowId ?? ''));
  const sessions: SessionView[] = windows.map((window) => ({
    name: window.name,
    hours: `${window.start}–${window.end}`,
    fill: fillView(window),
    slots: inWindow(window.windowId),
    ...sessionLists(window, inWindow(window.windowId).length, address),
  }));
  if (others.length > 0)
    sessions.push({ name: translate('Ngoài buổi phát'), hours: '', fill: null, slots: others, m3u8: '', xspf: '' });
  return sessions;
}

function sessionLists({ start, end }: WindowView, slots: number, address: (ending: string) => string) {
  if (slots === 0) return { m3u8: '', xspf: '' };
  const part = `?from=${start}&until=${end}`;
  return { m3u8: address('m3u8') + part, xspf: address('xspf') + part };
}

/** 'Đã xếp 12 phút, còn trống 48 phút'. */
export function fillView({ filledMinutes, shortMinutes, overMinutes, state }: WindowView): SessionView['fill'] {
  const all = filledMinutes + shortMinutes - overMinutes;
  const filled = decimal(filledMinutes);
  const text = {
    filled: translate('Kín: {filled} phút', { filled }),
    short: translate('Đã xếp {filled} phút, còn trống {rest} phút', { filled, rest: decimal(shortMinutes) }),
    over: translate('Quá {over} phút: đã xếp {filled} phút', { filled, over: decimal(overMinutes) }),
  }[state];
  const percent = all > 0 ? Math.min(100, Math.round((filledMinutes / all) * 100)) : 0;
  return { percent: String(percent), text, tone: state === 'over' ? 'bad' : state === 'filled' ? 'good' : '' };
}

/** One slot as the operator sees it; also rendered alone after a confirmation. */
export function slotRow(slot: SlotView, proof: SlotProof | undefined, zone: TimeZone, now: Instant, mayTick: boolean) {
  const planned = slot.state === 'planned';
  // The outcome is not final: the operator's confirmation still counts.
  const open = planned || slot.evidenceUntil !== null;
  const begun = slot.startsAt <= now;
  const logged = proof?.runs.some((run) => run.stationId !== null) ?? false;
  const said = proof?.runs.filter((run) => run.stationId === null).at(-1);
  const off = slot.state === 'cancelled' || slot.state === 'replaced';
  return {
    id: slot.id,
    starts: String(slot.startsAt),
    ends: String(slot.endsAt),
    time: localTimeOf(slot.startsAt, zone),
    length: lengthShort(slot.durationMs),
    title: slot.title,
    state: translate(stateOf(slot, proof, now)),
    tone: planned && begun ? ('warn' as const) : slotTones[slotStatusOf(slot)],
    off,
    past: slot.endsAt <= now,
    /** The recorded note, in Vietnamese. */
    note: planned && !begun ? '' : noteOf(slot, proof),
    evidence: evidenceOf(slot, proof),
    said: open && said ? saidOf(said) : '',
    late: proof?.lateReported ?? false,
    src: off || slot.sha256 === null ? '' : `/api/clips/${slot.sha256}.mp3`,
    /** '' for a clip; what the operator does otherwise for a relay or a live item. */
    kind: slot.kind === 'clip' ? '' : translate(slotKindNames[slot.kind]),
    stream: slot.streamUrl ?? '',
    script: slot.script ?? '',
    /** The text of a station ident. */
    says: slot.words ?? '',
    mayTick: mayTick && open && begun && !logged,
    /** A device log is expected; the operator's confirmation counts only when none arrives. */
    device: proof?.awaitsDevice ?? false,
    /** The machine is silent: the operator is asked, in words that say what to press. */
    silent: mayTick && open && slot.endsAt <= now && !logged && !said && (proof?.awaitsDevice ?? false),
  };
}

/** Translation keys for an open slot; a closed one shows the name of its state. */
export const openStates = ['Đang phát', 'Đến giờ phát', 'Chờ kết quả', 'Chờ phát'] as const;

function stateOf(slot: SlotView, proof: SlotProof | undefined, now: Instant): string {
  if (slot.state !== 'planned') return slotStatusNames[slotStatusOf(slot)];
  if (slot.startsAt > now) return 'Chờ phát';
  if (now >= slot.endsAt) return 'Chờ kết quả';
  return proof?.sounding ? 'Đang phát' : 'Đến giờ phát';
}

function saidOf({ outcome, detail }: SlotProof['runs'][number]): string {
  return outcome === 'played'
    ? translate('Bạn đã ghi: đã phát.')
    : translate('Bạn đã ghi: không phát ({reason}).', { reason: detail });
}

function noteOf(slot: SlotView, proof: SlotProof | undefined): string {
  return slot.state === 'played' ? '' : proof?.note || (slot.reason ?? '');
}

function evidenceOf({ state }: SlotView, proof: SlotProof | undefined): string {
  if (state !== 'played' || !proof?.grade) return '';
  return translate('Căn cứ: {evidence}.', { evidence: translate(evidenceNames[proof.grade]) });
}

/** A channel as a choice, with its next slot: 'Thứ Ba 24/11, 05:30'. */
export function channelChoice(channel: Pick<Channel, 'code' | 'name'>, next: SlotView | undefined, zone: TimeZone) {
  return {
    code: channel.code,
    name: channel.name,
    next: next ? `${moment(next.startsAt, zone)}: ${next.title}` : '',
  };
}
