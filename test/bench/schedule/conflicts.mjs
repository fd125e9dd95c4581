import { Database } from '../../../dist/database/database.js';
import { checkPlacement } from '../../../dist/schedule/planning/placement-check.js';
import { conflictsAt, sqliteSql } from '../../../dist/schedule/slots/slot-conflicts.js';
import { storedSlots } from '../../../dist/schedule/slots/slot-rows.js';
import { addDays, instantOf, VIETNAM } from '../../../dist/shared/local-time.js';
import { round } from '../median.mjs';
import { CLIP_MS, FROM, MINUTE, NOW } from './office.mjs';
import { rulesOf } from './planning.mjs';

const SLOTS_A_DAY = 10;
const RUNS = 4_000;

/**
 * Among 10,000, 100,000 and 1,000,000 stored slots, milliseconds of
 * - `conflict`: the product's check, `conflictsAt`, through `Database`;
 * - `bare`: the same statement, prepared and run by better-sqlite3 directly, in turns with it;
 * - `guard`: an insertion that the table's own trigger refuses;
 * - `placement`: everything behind a person's click: the slots around it and every rule over them.
 */
export async function conflictChecks(office, sqlite, say) {
  const figures = {};
  const insert = likeAStoredSlot(sqlite);
  sqlite.pragma('foreign_keys = OFF');
  sqlite.pragma('synchronous = OFF');
  sqlite.exec('DELETE FROM slot');
  let days = 0;
  for (const [name, slots] of [
    ['10k', 10_000],
    ['100k', 100_000],
    ['1m', 1_000_000],
  ]) {
    const until = slots / office.channelIds.length / SLOTS_A_DAY;
    const begin = performance.now();
    fill(sqlite, insert, office.channelIds, days, until);
    say(`${slots} slots stored (${Math.round((performance.now() - begin) / 1000)} s)`);
    days = until;
    Object.assign(figures, await among(name, office, sqlite, insert, days));
  }
  return figures;
}

/** Copies all columns of a slot that the planner stored; only place, day and keys differ. */
function likeAStoredSlot(sqlite) {
  const pattern = sqlite.prepare('SELECT * FROM slot LIMIT 1').get();
  const columns = Object.keys(pattern);
  const given = { id: '@id', key: '@id', channel_id: '@channel', date: '@date', starts_at: '@start', ends_at: '@end' };
  const values = columns.map((column) => given[column] ?? `@${column}`);
  const text = `INSERT INTO slot (${columns.map((column) => `"${column}"`)}) VALUES (${values})`;
  const statement = sqlite.prepare(text);
  return ({ id, channel, date, start }) =>
    statement.run({ ...pattern, id, channel, date, start, end: start + CLIP_MS });
}

/** Five in the morning session and five in the evening, two minutes each with a minute between. */
function startOf(date, n) {
  const session = instantOf(date, n < SLOTS_A_DAY / 2 ? '05:30' : '17:00', VIETNAM);
  return session + (n % (SLOTS_A_DAY / 2)) * (CLIP_MS + MINUTE);
}

function fill(sqlite, insert, channelIds, fromDay, untilDay) {
  sqlite.transaction(() => {
    for (let day = fromDay; day < untilDay; day++) {
      const date = addDays(FROM, day);
      for (let n = 0; n < SLOTS_A_DAY; n++) {
        const start = startOf(date, n);
        channelIds.forEach((channel, c) => insert({ id: `${day}-${n}-${c}`, channel, date, start }));
      }
    }
  })();
}

async function among(name, { app, channelIds }, sqlite, insert, days) {
  const em = app.get(Database).read();
  const random = randomNumbers();
  const place = () => {
    const date = addDays(FROM, Math.floor(random() * days));
    const start = startOf(date, Math.floor(random() * SLOTS_A_DAY)) + MINUTE;
    return { channel: channelIds[Math.floor(random() * channelIds.length)], date, start };
  };
  const search = sqlite.prepare(sqliteSql);
  const times = { conflict: [], bare: [], guard: [], placement: [] };
  const timed = async (list, work) => {
    const begin = performance.now();
    const met = await work();
    list.push(performance.now() - begin);
    if (!met) throw new Error('an overlap was not seen');
  };
  for (let n = 0; n < RUNS * 1.1; n++) {
    // The first tenth warms up.
    if (n === RUNS / 10) for (const list of Object.values(times)) list.length = 0;
    const { channel, start } = place();
    const range = { start, end: start + CLIP_MS };
    await timed(times.conflict, async () => (await conflictsAt(em, channel, range)).length === 1);
    const other = place();
    const begin = performance.now();
    const met = search.all(other.channel, other.start - 86_400_000, other.start + CLIP_MS, other.start, '');
    times.bare.push(performance.now() - begin);
    if (met.length !== 1) throw new Error('an overlap was not seen');
  }
  sqlite.exec('BEGIN IMMEDIATE');
  for (let n = 0; n < RUNS / 2; n++) await timed(times.guard, () => refused(insert, place()));
  sqlite.exec('ROLLBACK');
  for (let n = 0; n < RUNS / 10; n++) {
    const { channel, date, start } = place();
    await timed(times.placement, async () => {
      const existing = await storedSlots(em, [channel], addDays(date, -2), addDays(date, 8));
      const range = { start, end: start + CLIP_MS };
      return !checkPlacement({ channel: rulesOf(channel), range, existing, now: NOW, lockMs: 0 }).ok;
    });
  }
  return Object.assign({}, ...Object.entries(times).map(([kind, list]) => percentiles(kind, name, list)));
}

function refused(insert, { channel, date, start }) {
  try {
    insert({ id: 'x', channel, date, start });
  } catch (error) {
    if (String(error.message).includes('ex_slot_overlap')) return true;
    throw error;
  }
  return false;
}

function percentiles(kind, name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))], 4);
  return { [`${kind}P50Ms${name}`]: at(0.5), [`${kind}P99Ms${name}`]: at(0.99) };
}

/** The same places in every run (Park and Miller's minimal standard generator). */
function randomNumbers() {
  let state = 20_261_124;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
