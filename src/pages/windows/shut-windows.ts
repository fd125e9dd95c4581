import type { EntityManager } from 'typeorm';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';

/** Two weeks show every weekday twice; nobody counts further. */
const DAYS = 14;
const NO_LAW = { permitted: [{ from: '00:00', until: '00:00' }] };

export interface ShutWindow {
  name: string;
  /** On so many days the law keeps it shut … */
  shut: string;
  /** … of those on which it would open. */
  days: string;
}

/**
 * Windows of a channel that the law of the place keeps shut in the fortnight to come, by their own names: a window is saved
 * also where the law has no room for one more session, and the last of the day then falls silent without a word.
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
