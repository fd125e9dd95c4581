import { type LocalDate, localDateOf } from '../shared/local-time.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { isNamed, unlawful } from '../channels/hours/law-check.js';
import { policyOn } from '../channels/hours/policy-hours.js';
import type { PlaylistDocument } from '../playlists/formats/playlist-document.js';
import { isPermitted } from './player/permitted.js';

/**
 * The items of a playlist that local law forbids, by slot; there should be none. The last check before a playlist
 * leaves for a station: all rules as the schedule knows them, and the hours once more with the player's own check.
 */
export function forbiddenItems(document: PlaylistDocument, rules: PlanChannel, date: LocalDate): string[] {
  const items = document.items.map(({ slotId, startsAt, endsAt, authorisedBy }) => ({
    slotId,
    start: Date.parse(startsAt),
    end: Date.parse(endsAt),
    authorisedBy,
  }));
  const found = new Set(unlawful(rules, date, items).map(({ range }) => range.slotId));
  for (const item of items) {
    const [opens, closes] = [item.start, item.end - 1].map((at) => policyOn(rules.policy, localDateOf(at, rules.zone)));
    // The first check has judged, minute by minute, an item across the midnight at which the rules change.
    if (isNamed(item.authorisedBy) || opens !== closes) continue;
    if (!isPermitted(item, opens!.permitted, rules.zone)) found.add(item.slotId);
  }
  return [...found];
}
