import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Config } from '../../dist/config/config.js';
import { Database } from '../../dist/database/database.js';
import { checkPlacement } from '../../dist/schedule/planning/placement.check.js';
import { plan } from '../../dist/schedule/planning/slot.planner.js';
// The table's entity must be known before the database is opened.
import '../../dist/schedule/slot.entity.js';
import { storedSlots } from '../../dist/schedule/slot-rows.js';
import { addDays, daysBetween, instantOf, VIETNAM } from '../../dist/shared/local-time.js';
import { medianSeconds, round } from './median.mjs';

const FROM = '2026-08-24';
const NOW = instantOf('2026-08-20', '08:00', VIETNAM);
const MINUTE = 60_000;
const CLIP_MS = 2 * MINUTE;

/**
 * Placements a second of the planner (channels × days × plays a day) and how many times longer it takes than a loop that
 * only lays slots one after another; then microseconds of one overlap check among 10,000, 100,000 and 1,000,000 stored slots:
 * - `bare`: the search of the trigger as a prepared statement of better-sqlite3;
 * - `guard`: an insertion that the table's own trigger refuses;
 * - `placement`: what a person's click costs, the slots around it through TypeORM and every rule over them.
 */
export async function bench(say) {
  const figures = {};
  for (const [channels, runs] of [
    [16, 11],
    [250, 7],
  ]) {
    Object.assign(figures, planning(channels, 60, 3, runs));
    say(`planned ${channels} channels`);
  }
  Object.assign(figures, await overlapChecks(say));
  return figures;
}

function rulesOf(id) {
  const window = { channelId: id, weekdays: [1, 2, 3, 4, 5, 6, 7], minutes: 30 };
  return {
    id,
    zone: VIETNAM,
    policy: { permitted: [{ from: '05:00', until: '21:00' }] },
    windows: [
      { ...window, id: `${id}-sang`, start: '05:30' },
      { ...window, id: `${id}-chieu`, start: '17:00' },
    ],
    overrides: [],
  };
}

function planning(count, days, plays, runs) {
  const channels = Array.from({ length: count }, (_, n) => rulesOf(`kenh-${n}`));
  const horizon = { from: FROM, until: addDays(FROM, days - 1) };
  const demand = {
    id: 'nhiem-vu',
    campaignId: 'dot',
    clipId: 'ban-thu',
    durationMs: CLIP_MS,
    priority: 'normal',
    minPlaysPerDay: plays,
    maxPlaysPerDay: plays,
    ...horizon,
    channelIds: channels.map(({ id }) => id),
  };
  const input = { obligations: [demand], channels, existing: [], now: NOW, lockMs: 10 * MINUTE, gapMs: 2_000, horizon };
  const wanted = count * days * plays;
  let placed = 0;
  const planOnce = () => (placed = plan(input).slots.length);
  const appendOnce = () => (appendedSlots = appended(input, demand, plays).length);
  let appendedSlots = 0;
  planOnce();
  appendOnce();
  const seconds = medianSeconds(runs, planOnce);
  const bare = medianSeconds(runs, appendOnce);
  if (placed !== wanted || appendedSlots !== wanted) throw new Error(`placed ${placed}, ${appendedSlots} of ${wanted}`);
  const name = `plan${count}x${days}x${plays}`;
  return {
    [`${name}PlacementsPerSecond`]: Math.round(wanted / seconds),
    [`${name}Ms`]: round(seconds * 1000),
    [`${name}BareAppendMs`]: round(bare * 1000),
    [`${name}TimesBare`]: round(seconds / bare),
  };
}

/** No rule is looked at and no zone but once: the clips of a day in a row. */
function appended({ channels, horizon }, demand, plays) {
  const slots = [];
  const days = daysBetween(horizon.from, horizon.until).map((date) => [date, instantOf(date, '05:30', VIETNAM)]);
  for (const { id: channelId, windows } of channels) {
    for (const [date, open] of days) {
      for (let n = 1; n <= plays; n++) {
        const start = open + (n - 1) * CLIP_MS;
        const key = `${demand.id}|${channelId}|${date}|${n}`;
        slots.push({ key, channelId, windowId: windows[0].id, date, start, end: start + CLIP_MS, demandId: demand.id });
      }
    }
  }
  return slots;
}

const CHANNELS = 250;
const SLOTS_A_DAY = 10;
const channelId = (n) => `01a20edc-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** 250 channels with ten slots a day, filled day by day, in the real tables with all their indices and triggers. */
async function overlapChecks(say) {
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const config = new Config({ LOA_DATA_DIR: dir });
  const database = new Database(config);
  try {
    await database.open();
    const bare = new BetterSqlite3(config.databaseUrl.slice('sqlite:'.length));
    // The rows that slots refer to do not matter here; nor does what a power cut would do to them.
    bare.pragma('foreign_keys = OFF');
    bare.pragma('synchronous = OFF');
    const figures = {};
    let days = 0;
    for (const [name, slots] of [
      ['10k', 10_000],
      ['100k', 100_000],
      ['1m', 1_000_000],
    ]) {
      const until = slots / CHANNELS / SLOTS_A_DAY;
      const start = performance.now();
      fill(bare, days, until);
      say(`${slots} slots stored (${Math.round((performance.now() - start) / 1000)} s)`);
      days = until;
      Object.assign(figures, await among(name, bare, database, days));
    }
    bare.close();
    return figures;
  } finally {
    await database.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const columns =
  'id, "key", channel_id, window_id, date, campaign_id, clip_id, starts_at, ends_at, state, why, created_at';
const insertSql = `INSERT INTO slot (${columns}) VALUES (${columns
  .split(', ')
  .map(() => '?')
  .join(', ')})`;

/** Five in the morning session and five in the evening, two minutes each with a minute between. */
function startOf(date, n) {
  const session = instantOf(date, n < SLOTS_A_DAY / 2 ? '05:30' : '17:00', VIETNAM);
  return session + (n % (SLOTS_A_DAY / 2)) * (CLIP_MS + MINUTE);
}

function row(id, channel, date, start) {
  return [id, id, channel, 'w', date, 'dot', 'ban-thu', start, start + CLIP_MS, 'planned', 'Thử.', NOW];
}

function fill(sqlite, fromDay, untilDay) {
  const insert = sqlite.prepare(insertSql);
  sqlite.transaction(() => {
    for (let day = fromDay; day < untilDay; day++) {
      const date = addDays(FROM, day);
      for (let n = 0; n < SLOTS_A_DAY; n++) {
        const start = startOf(date, n);
        for (let c = 0; c < CHANNELS; c++) insert.run(row(`${day}-${n}-${c}`, channelId(c), date, start));
      }
    }
  })();
}

async function among(name, sqlite, database, days) {
  const random = randomNumbers();
  const place = () => {
    const date = addDays(FROM, Math.floor(random() * days));
    const n = Math.floor(random() * SLOTS_A_DAY);
    return { channel: Math.floor(random() * CHANNELS), date, start: startOf(date, n) + MINUTE };
  };
  const search = sqlite.prepare(
    `SELECT EXISTS (SELECT 1 FROM slot WHERE channel_id = @channel AND id <> 'x'
       AND starts_at > @start - 86400000 AND starts_at < @end AND ends_at > @start
       AND state NOT IN ('cancelled', 'replaced')) AS met`,
  );
  const bare = timesOf(2_000, place, ({ channel, start }) => {
    const { met } = search.get({ channel: channelId(channel), start, end: start + CLIP_MS });
    if (met !== 1) throw new Error('the search missed an overlap');
  });
  const insert = sqlite.prepare(insertSql);
  sqlite.exec('BEGIN IMMEDIATE');
  const guard = timesOf(2_000, place, ({ channel, date, start }) => {
    try {
      insert.run(row('x', channelId(channel), date, start));
    } catch (error) {
      if (String(error.message).includes('ex_slot_overlap')) return;
      throw error;
    }
    throw new Error('the table took an overlap');
  });
  sqlite.exec('ROLLBACK');
  const rules = Array.from({ length: CHANNELS }, (_, n) => rulesOf(channelId(n)));
  const placement = [];
  for (let n = 0; n < 300; n++) {
    const { channel, date, start } = place();
    const begin = performance.now();
    const existing = await storedSlots(database.read(), [channelId(channel)], addDays(date, -2), addDays(date, 8));
    const range = { start, end: start + CLIP_MS };
    const answer = checkPlacement({ channel: rules[channel], range, existing, now: NOW, lockMs: 0 });
    placement.push((performance.now() - begin) * 1000);
    if (answer.ok) throw new Error('the check permitted an overlap');
  }
  return {
    ...percentiles(`overlap${name}Bare`, bare),
    ...percentiles(`overlap${name}Guard`, guard),
    [`overlap${name}GuardTimesBare`]: round(middle(guard) / middle(bare)),
    ...percentiles(`overlap${name}Placement`, placement),
    [`overlap${name}PlacementTimesBare`]: round(middle(placement) / middle(bare)),
  };
}

/** Microseconds of each of `count` runs, after a tenth as many that do not count. */
function timesOf(count, place, work) {
  for (let n = 0; n < count / 10; n++) work(place());
  return Array.from({ length: count }, () => {
    const where = place();
    const begin = performance.now();
    work(where);
    return (performance.now() - begin) * 1000;
  });
}

function percentiles(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))], 1);
  return { [`${name}P50Us`]: at(0.5), [`${name}P99Us`]: at(0.99) };
}

function middle(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** The same places in every run (Park and Miller's minimal standard generator). */
function randomNumbers() {
  let state = 20_261_124;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
