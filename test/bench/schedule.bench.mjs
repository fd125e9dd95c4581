import BetterSqlite3 from 'better-sqlite3';
import { conflictChecks } from './schedule/conflicts.mjs';
import { openOffice } from './schedule/office.mjs';
import { purePlans, servicePlans } from './schedule/planning.mjs';
import { playlistsOfADay } from './schedule/playlists.mjs';

const CHANNELS = 250;

/**
 * The schedule at the size of a city and of a province, in the real application on SQLite: plans from the request to
 * the commit (`citySeconds`, `provinceSeconds`; `…PlannerSeconds` is the pure planner alone), all playlists of a day,
 * and one conflict check among up to a million slots beside the same bare statement.
 */
export async function bench(say) {
  const figures = purePlans(say);
  const office = await openOffice(CHANNELS);
  const sqlite = new BetterSqlite3(office.file);
  try {
    Object.assign(figures, await servicePlans(office, sqlite, say));
    Object.assign(figures, await playlistsOfADay(office, say));
    Object.assign(figures, await conflictChecks(office, sqlite, say));
    // Days of ten items, in a table of a million.
    Object.assign(figures, await playlistsOfADay(office, say, 'playlists250Full', 200));
  } finally {
    sqlite.close();
    await office.close();
  }
  const ratio = (a, b) => Math.round((figures[a] / figures[b]) * 100) / 100;
  return {
    ...figures,
    conflict1mTimes100k: ratio('conflictP99Ms1m', 'conflictP99Ms100k'),
    conflict1mTimesBare: ratio('conflictP99Ms1m', 'bareP99Ms1m'),
  };
}
