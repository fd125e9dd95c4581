import { Playlists } from '../../../dist/playlists/playlists.service.js';
import { addDays } from '../../../dist/shared/local-time.js';
import { middle, round } from '../median.mjs';
import { FROM } from './office.mjs';

const RUNS = 5;

/**
 * Seconds until the playlists of one day of all channels exist: built, signed, stored and audited, one channel after
 * the other, as when stations request a day for the first time. Another day of the same plan in each run; the median.
 */
export async function playlistsOfADay({ app, channelIds }, say, name = 'playlists250', firstDay = 7) {
  const playlists = app.get(Playlists);
  const seconds = [];
  let items = 0;
  for (let run = 0; run < RUNS; run++) {
    const date = addDays(FROM, firstDay + run);
    items = 0;
    const begin = performance.now();
    for (const channelId of channelIds) items += (await playlists.day(channelId, date)).items;
    seconds.push((performance.now() - begin) / 1000);
  }
  say(`${channelIds.length} playlists with ${items} items built and stored in ${round(middle(seconds), 2)} s`);
  return { [`${name}Seconds`]: round(middle(seconds), 3), [`${name}Items`]: items };
}
