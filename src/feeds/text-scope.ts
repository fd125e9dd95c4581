import type { Instant } from '../shared/clock.js';
import { instantOf, localDateOf, type TimeZone } from '../shared/local-time.js';
import type { Channel } from '../channels/entities/channel.entity.js';
import { closureAt } from '../channels/hours/closures.js';
import type { Scope } from '../approvals/scope.js';

/**
 * Since when a text that was approved and aired at `since` may appear on these websites; null when it may not, or not
 * yet. It is published inside its scope: not before its first day, and not at all when the first publication would come
 * after its last day. What has been published stays as the record of it.
 */
export function onWebsiteSince(
  since: Instant,
  scope: Scope | null,
  websiteIds: readonly string[],
  now: Instant,
  zone: TimeZone,
): Instant | null {
  if (!scope) return since;
  if (scope.channelIds && !websiteIds.some((id) => scope.channelIds?.includes(id))) return null;
  const first = Math.max(since, instantOf(scope.from, '00:00', zone));
  return localDateOf(now, zone) < scope.from || localDateOf(first, zone) > scope.until ? null : first;
}

/**
 * Whether an item of the moment `since` is withheld because the websites were closed then and still are. What was offered
 * before a pause stays, and a pause that is over withholds nothing.
 */
export function isWithheld(since: Instant, websites: readonly Pick<Channel, 'closures'>[], now: Instant): boolean {
  const isStillClosed = ({ closures }: Pick<Channel, 'closures'>) => {
    const closure = closureAt(closures, since);
    return closure !== undefined && (closure.end === null || closure.end > now);
  };
  return websites.length > 0 && websites.every(isStillClosed);
}
