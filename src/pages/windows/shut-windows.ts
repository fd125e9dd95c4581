import type { EntityManager } from 'typeorm';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';

/** Two weeks show every weekday twice. */
const DAYS = 14;
const NO_LAW = { permitted: [{ from: '00:00', until: '00:00' }] };

export interface ShutWindow {
  name: string;
  /** The number of days on which the law keeps the window shut … */
  shut: string;
  /** … out of the days on which it would open. */
  days: string;
}

/**
 * The windows of a channel that the local law keeps shut on some of the next 14 days, by name. A window can be saved
 * even where the law permits no further session; the day's last window then stays silent, and this list says so.
 */
export async function shutWindows(em: EntityManager, channelId: string, today: LocalDate): Promise<ShutWindow[]> {
  const days = { from: today, until: addDays(today, DAYS - 1) };
  const [found] = await channelsWithRules(em, { ids: [channelId], days });
  return found ? shutByLaw(found.rules, found.windowNames, days.from, days.until) : [];
}

export function shutByLaw(
  rules: PlanChannel,
  names: ReadonlyMap<string, string>,
  from: LocalDate,
  until: LocalDate,
): ShutWindow[] {
  const open = new Set(opening(rules, from, until));
  const wanted = new Set(opening({ ...rules, policy: NO_LAW }, from, until));
  return rules.windows.flatMap(({ id }) => {
    const own = [...wanted].filter((one) => one.startsWith(`${id} `));
    const shut = own.filter((one) => !open.has(one)).length;
    return shut === 0 ? [] : [{ name: names.get(id) ?? '', shut: String(shut), days: String(own.length) }];
  });
}

function opening(rules: PlanChannel, from: LocalDate, until: LocalDate): string[] {
  return channelOccurrences(rules, from, until).map(({ windowId, date }) => `${windowId} ${date}`);
}
