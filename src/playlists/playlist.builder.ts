import type { Instant } from '../shared/clock.js';
import { sha256 } from '../shared/ids.js';
import { type LocalDate, localTimeOf, showDate, type TimeZone } from '../shared/local-time.js';
import type { PermittedHours } from '../channels/permitted-hours.js';
import { permittedHours } from '../schedule/planning/policy.hours.js';
import { ZoneCalendar } from '../schedule/planning/zone.calendar.js';
import { m3u8 } from './playlist.m3u8.js';
import { xspf } from './playlist.xspf.js';

export interface PlaylistChannel {
  code: string;
  name: string;
  zone: TimeZone;
  permitted: readonly PermittedHours[];
}

/** A slot that takes time on its channel, with the clip that it plays. */
export interface PlaylistSlot {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  title: string;
  campaign: string;
  sha256: string;
  bytes: number;
  durationMs: number;
}

export interface PlaylistItem {
  slotId: string;
  /** ISO 8601 in UTC, with milliseconds. */
  startsAt: string;
  /** 'HH:MM:SS' on the clocks of the channel. */
  localTime: string;
  endsAt: string;
  durationMs: number;
  title: string;
  campaign: string;
  /** Of the file, in hex; the player checks it. */
  sha256: string;
  bytes: number;
  /** A path on the server that gave the playlist. */
  url: string;
}

/** What the JSON playlist says. */
export interface PlaylistDocument {
  channel: { code: string; name: string };
  date: LocalDate;
  zone: TimeZone;
  /** Grows by one with every change of the day. */
  version: number;
  /** The player refuses to sound outside of them, whatever the items say. */
  permitted: readonly PermittedHours[];
  items: PlaylistItem[];
}

export interface PlaylistQuestion {
  channel: PlaylistChannel;
  date: LocalDate;
  version: number;
  /** What players that need whole addresses are told: scheme, host and port without a slash at the end. */
  base: string;
  /** A key that opens this one file to whoever holds the playlist: a plain player on an old PC has no session. */
  keyOf: (sha256: string) => string;
  /** Of that day, in any order. */
  slots: readonly PlaylistSlot[];
}

export interface BuiltPlaylist {
  items: number;
  /** Strong, with its quotes: SHA-256 of the JSON. The other formats say the same and change with it. */
  etag: string;
  json: string;
  m3u8: string;
  xspf: string;
  /** Slots that were left out because they lie outside the permitted hours. There should be none. */
  leftOut: PlaylistSlot[];
}

/**
 * All that one channel plays on one local day, in order. The same slots in any order give the same bytes. The permitted hours
 * are asked once more: a slot that got past the schedule, or stood there when the hours were changed, does not sound.
 */
export function buildPlaylist({ channel, date, version, base, keyOf, slots }: PlaylistQuestion): BuiltPlaylist {
  const { code, name, zone, permitted } = channel;
  const hours = permittedHours({ permitted }, new ZoneCalendar(zone, date, date));
  const ordered = [...slots].sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  const allowed = ordered.filter(({ startsAt, endsAt }) => hours.covers({ start: startsAt, end: endsAt }));
  const document: PlaylistDocument = {
    channel: { code, name },
    date,
    zone,
    version,
    permitted: permitted.map(({ from, until }) => ({ from, until })),
    items: allowed.map((slot) => itemOf(slot, zone, keyOf)),
  };
  const json = JSON.stringify(document);
  const title = `${name}, ${showDate(date)}`;
  return {
    items: document.items.length,
    etag: `"${sha256(json)}"`,
    json,
    m3u8: m3u8(title, document, base),
    xspf: xspf(title, document, base),
    leftOut: ordered.filter((slot) => !allowed.includes(slot)),
  };
}

function itemOf(slot: PlaylistSlot, zone: TimeZone, keyOf: (sha256: string) => string): PlaylistItem {
  const startsAt = new Date(slot.startsAt).toISOString();
  return {
    slotId: slot.id,
    startsAt,
    // Zones differ from UTC by whole minutes, so the seconds are the same.
    localTime: `${localTimeOf(slot.startsAt, zone)}${startsAt.slice(16, 19)}`,
    endsAt: new Date(slot.endsAt).toISOString(),
    durationMs: slot.durationMs,
    title: slot.title,
    campaign: slot.campaign,
    sha256: slot.sha256,
    bytes: slot.bytes,
    url: `${clipPath(slot.sha256)}?k=${keyOf(slot.sha256)}`,
  };
}

/** Where a signed-in person gets the sound; stations have a route of their own. */
export function clipPath(sha256OfFile: string): string {
  return `/api/clips/${sha256OfFile}.mp3`;
}
