import type { PlanChannel } from '../../channels/hours/hours.types.js';
import type { Instant } from '../../shared/clock.js';
import type { Start } from '../../schedule/slots/start-rule.js';
import type { SlotKind, SlotRole } from '../../schedule/slots/slot-kind.js';
import type { PermittedHours } from '../../channels/hours/permitted-hours.js';
import type { AuditAnchor } from '../../people/audit/audit-anchor.js';
import type { LocalDate, TimeZone } from '../../shared/local-time.js';

export interface PlaylistChannel {
  code: string;
  name: string;
  /** Its windows and the law of its place, as placing asks them. */
  rules: PlanChannel;
}

/** A slot that takes time on its channel, with what it plays. */
export interface PlaylistSlot {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  title: string;
  campaign: string;
  kind: SlotKind;
  role: SlotRole;
  start: Start;
  /** Of a clip. */
  sha256: string | null;
  bytes: number | null;
  durationMs: number;
  /** Of a relay. */
  streamUrl: string | null;
  /** Of a live item. */
  script: string | null;
  /** Of a station call: what it says. */
  words?: string | null;
  /** An emergency: who answers for it. It alone passes the law of the place. */
  authorisedBy?: string | null;
}

export interface AnyItem {
  slotId: string;
  /** An opening, a closing, or what stands between them. */
  role: SlotRole;
  /** `cut` at its time; `wait` so many seconds for what runs; `next` after what runs. */
  start: Start;
  /** ISO 8601 in UTC, with milliseconds. */
  startsAt: string;
  /** 'HH:MM:SS' on the clocks of the channel. */
  localTime: string;
  endsAt: string;
  durationMs: number;
  title: string;
  campaign: string;
  /** Only of an emergency: who answers for it. The player lets it pass the permitted hours. */
  authorisedBy?: string;
}

export interface ClipItem extends AnyItem {
  kind: 'clip';
  /** Of the file, in hex; the player checks it. */
  sha256: string;
  bytes: number;
  /** A path on the server that gave the playlist. */
  url: string;
  /** Only of a station call: what it says, for whoever has to say it himself. */
  words?: string;
}

export interface RelayItem extends AnyItem {
  kind: 'relay';
  /** Of the other station; carried for `durationMs`, then cut. */
  streamUrl: string;
}

export interface LiveItem extends AnyItem {
  kind: 'live';
  /** What the announcer reads. */
  script: string;
}

export type PlaylistItem = ClipItem | RelayItem | LiveItem;

/** What the JSON playlist says. */
export interface PlaylistDocument {
  channel: { code: string; name: string };
  date: LocalDate;
  zone: TimeZone;
  /** Grows by one with every change of the day. */
  version: number;
  /** Where the audit ended before this version; missing in those of before it was kept. Whoever keeps it sees a cut end later. */
  audit?: AuditAnchor;
  /** The player refuses to sound outside of them, whatever the items say. */
  permitted: readonly PermittedHours[];
  items: PlaylistItem[];
}
