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
  /** Its windows and the law of its place, as used for placing. */
  rules: PlanChannel;
}

/** A slot that takes time on its channel, with its content. */
export interface PlaylistSlot {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  title: string;
  campaign: string;
  kind: SlotKind;
  role: SlotRole;
  start: Start;
  /** For a clip. */
  sha256: string | null;
  bytes: number | null;
  durationMs: number;
  /** For a relay. */
  streamUrl: string | null;
  /** For a live item. */
  script: string | null;
  /** For a station ident: its text. */
  words?: string | null;
  /** For an emergency: the person responsible. Only an emergency passes the law of the place. */
  authorisedBy?: string | null;
}

export interface AnyItem {
  slotId: string;
  /** An opening, a closing, or an item between them. */
  role: SlotRole;
  /** `cut` starts at its time; `wait` waits so many seconds for the running item; `next` starts after it. */
  start: Start;
  /** ISO 8601 in UTC, with milliseconds. */
  startsAt: string;
  /** 'HH:MM:SS' in the time zone of the channel. */
  localTime: string;
  endsAt: string;
  durationMs: number;
  title: string;
  campaign: string;
  /** Only for an emergency: the person responsible. The player lets it pass the permitted hours. */
  authorisedBy?: string;
}

export interface ClipItem extends AnyItem {
  kind: 'clip';
  /** Hash of the file, in hex; the player checks it. */
  sha256: string;
  bytes: number;
  /** A path on the server that served the playlist. */
  url: string;
  /** Only for a station ident: its text, for a presenter who has to say it himself. */
  words?: string;
}

export interface RelayItem extends AnyItem {
  kind: 'relay';
  /** Address of the other station; relayed for `durationMs`, then cut. */
  streamUrl: string;
}

export interface LiveItem extends AnyItem {
  kind: 'live';
  /** The text that the announcer reads. */
  script: string;
}

export type PlaylistItem = ClipItem | RelayItem | LiveItem;

/** The content of the JSON playlist. */
export interface PlaylistDocument {
  channel: { code: string; name: string };
  date: LocalDate;
  zone: TimeZone;
  /** Grows by one with every change of the day. */
  version: number;
  /**
   * The end of the audit before this version; missing in versions from before it was stored. Whoever stores it can
   * detect an audit that was cut off later.
   */
  audit?: AuditAnchor;
  /** The player does not play outside of these hours, whatever the items say. */
  permitted: readonly PermittedHours[];
  items: PlaylistItem[];
}
