import { type LocalDate, localDateOf } from '../shared/local-time.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { isNamed, unlawful } from '../channels/hours/law-check.js';
import { policyOn } from '../channels/hours/policy-hours.js';
import type { PlaylistDocument } from '../playlists/playlist-document.js';
import { isPermitted } from './player/permitted.js';

/**
 * What a playlist holds that the law of the place forbids, by slot; there should be nothing. The last look at what is about to
 * leave for a station: the whole law as the schedule knows it, and the hours once more by the judge that sits in the player.
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
    // What sounds over the midnight at which the law changes has been judged minute by minute by the first.
    if (isNamed(item.authorisedBy) || opens !== closes) continue;
    if (!isPermitted(item, opens!.permitted, rules.zone)) found.add(item.slotId);
  }
  return [...found];
}
