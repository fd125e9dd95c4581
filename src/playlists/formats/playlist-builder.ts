import type { Sentence } from '../../shared/domain-error.js';
import { sha256 } from '../../shared/ids.js';
import { type LocalDate, localTimeOf, showDate, type TimeZone } from '../../shared/local-time.js';
import type { AuditAnchor } from '../../people/audit/audit-anchor.js';
import { isNamed, unlawful } from '../../channels/hours/law-check.js';
import { policyOn } from '../../channels/hours/policy-hours.js';
import { m3u8 } from './m3u8.js';
import { xspf } from './xspf.js';
import type { AnyItem, PlaylistChannel, PlaylistDocument, PlaylistItem, PlaylistSlot } from './playlist-document.js';

export interface PlaylistQuestion {
  channel: PlaylistChannel;
  date: LocalDate;
  version: number;
  /** Base of absolute addresses: scheme, host and port without a trailing slash. */
  base: string;
  /** A key that opens this one file for anyone who holds the playlist: a plain player on an old PC has no session. */
  keyOf: (sha256: string) => string;
  /** The slots of that day, in any order. */
  slots: readonly PlaylistSlot[];
  /** By slot id: why a slot has no authority to air. */
  refused?: ReadonlyMap<string, Sentence>;
  audit?: AuditAnchor | null;
}

export interface BuiltPlaylist {
  items: number;
  /** Strong, with its quotes: SHA-256 of the JSON. The other formats have the same content and change with it. */
  etag: string;
  json: string;
  m3u8: string;
  xspf: string;
  /** Slots left out, without authority or forbidden by the law of the place, with the reason. Should be empty. */
  leftOut: { slot: PlaylistSlot; why: Sentence }[];
}

const LOST: Sentence = { vi: 'Không còn tệp âm thanh.', en: 'Its sound is not there.' };

/**
 * Everything that one channel plays on one local day, in order. The same slots in any order give the same bytes. The
 * law of the place is checked again: a slot that got past the schedule, or was placed before the law changed, does not
 * air.
 */
export function buildPlaylist(question: PlaylistQuestion): BuiltPlaylist {
  const { channel, date, version, base, keyOf, slots, refused, audit } = question;
  const { code, name, rules } = channel;
  const { zone } = rules;
  const all = [...slots].sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  // A slot without authority does not count in a session; otherwise it would displace an authorised one.
  const ordered = all.filter(({ id }) => !refused?.has(id));
  const ranges = ordered.map((slot) => ({
    slot,
    start: slot.startsAt,
    end: slot.endsAt,
    authorisedBy: slot.authorisedBy,
  }));
  const forbidden = unlawful(rules, date, ranges).map(({ range, objection }) => ({
    slot: range.slot,
    why: objection.sentence,
  }));
  // An opening whose audio is missing must not lose the whole day.
  const lost = ordered.filter((slot) => slot.role !== 'item' && slot.kind === 'clip' && slot.sha256 === null);
  forbidden.push(...lost.map((slot) => ({ slot, why: LOST })));
  const left = new Set(forbidden.map(({ slot }) => slot));
  const unauthorised = all.flatMap((slot) => {
    const why = refused?.get(slot.id);
    return why ? [{ slot, why }] : [];
  });
  const document: PlaylistDocument = {
    channel: { code, name },
    date,
    zone,
    version,
    ...(audit && { audit }),
    permitted: policyOn(rules.policy, date).permitted.map(({ from, until }) => ({ from, until })),
    items: ordered.filter((slot) => !left.has(slot)).map((slot) => itemOf(slot, zone, keyOf)),
  };
  const json = JSON.stringify(document);
  const title = `${name}, ${showDate(date)}`;
  return {
    items: document.items.length,
    etag: `"${sha256(json)}"`,
    json,
    m3u8: m3u8(title, document, base),
    xspf: xspf(title, document, base),
    leftOut: [...unauthorised, ...forbidden],
  };
}

function itemOf(slot: PlaylistSlot, zone: TimeZone, keyOf: (sha256: string) => string): PlaylistItem {
  const startsAt = new Date(slot.startsAt).toISOString();
  const { id: slotId, role, start, durationMs, title, campaign, authorisedBy } = slot;
  const item: AnyItem = {
    slotId,
    startsAt,
    // Zones differ from UTC by whole minutes, so the seconds are the same.
    localTime: `${localTimeOf(slot.startsAt, zone)}${startsAt.slice(16, 19)}`,
    endsAt: new Date(slot.endsAt).toISOString(),
    durationMs,
    title,
    campaign,
    role,
    start,
    ...(isNamed(authorisedBy) && { authorisedBy: authorisedBy! }),
  };
  if (slot.kind === 'relay') return { ...item, kind: 'relay', streamUrl: slot.streamUrl ?? '' };
  if (slot.kind === 'live') return { ...item, kind: 'live', script: slot.script ?? '' };
  const { sha256: hash, bytes, words } = slot;
  if (hash === null || bytes === null) throw new Error(`slot ${slotId} plays a clip without a file`);
  const sound = { sha256: hash, bytes, url: `${clipPath(hash)}?k=${keyOf(hash)}` };
  return { ...item, kind: 'clip', ...sound, ...(words && { words }) };
}

/** The address of the audio for a signed-in person; stations have a route of their own. */
export function clipPath(sha256OfFile: string): string {
  return `/api/clips/${sha256OfFile}.mp3`;
}
