import { Schedule } from '../../../dist/schedule/schedule.service.js';
import { plan } from '../../../dist/schedule/planning/slot-planner.js';
import { addDays, VIETNAM } from '../../../dist/shared/local-time.js';
import { medianSeconds, middle, round } from '../median.mjs';
import { approvedCampaign, CLIP_MS, FROM, MINUTE, NOW } from './office.mjs';

const DAYS = 60;
const PLAYS = 3;

/**
 * Seconds of `Schedule.planCampaign`, from the request to the commit: rows read, planned, stored with their indices and
 * triggers, audited. Medians; the slots of the previous run are removed between runs.
 */
export async function servicePlans(office, sqlite, say) {
  const campaign = await approvedCampaign(office, DAYS);
  const figures = {};
  for (const [name, count, runs] of [
    ['city', 16, 5],
    ['province', office.channelIds.length, 3],
  ]) {
    const seconds = [];
    const channelIds = office.channelIds.slice(0, count);
    const demands = [{ channelIds, clipId: campaign.clipId, minPlaysPerDay: PLAYS }];
    const { editor, campaignId, from, until } = campaign;
    for (let run = 0; run < runs; run++) {
      sqlite.pragma('foreign_keys = OFF');
      sqlite.exec('DELETE FROM slot');
      const begin = performance.now();
      const made = await office.app.get(Schedule).planCampaign(editor, { campaignId, demands, from, until });
      seconds.push((performance.now() - begin) / 1000);
      const wanted = count * DAYS * PLAYS;
      if (made.placed.length !== wanted) throw new Error(`${made.placed.length} of ${wanted} placed`);
    }
    const median = middle(seconds);
    figures[`${name}Seconds`] = round(median, 3);
    figures[`${name}SlotsPerSecond`] = Math.round((count * DAYS * PLAYS) / median);
    say(`${name}: ${count} channels × ${DAYS} days × ${PLAYS} plays planned and stored in ${round(median, 2)} s`);
  }
  return figures;
}

/** The pure planner alone, and on 16 channels that twelve campaigns together overfill. */
export function purePlans(say) {
  const figures = {
    cityPlannerSeconds: planSeconds(16, [{}], 7),
    provincePlannerSeconds: planSeconds(250, [{}], 5),
    overfullPlannerSeconds: planSeconds(16, overfull(), 5),
  };
  say('the planner alone measured');
  return figures;
}

function overfull() {
  return Array.from({ length: 12 }, (_, n) => ({
    id: `nv-${n}`,
    campaignId: `dot-${n}`,
    durationMs: 90_000 + n * 17_321,
  }));
}

function planSeconds(count, demands, runs) {
  const channels = Array.from({ length: count }, (_, n) => rulesOf(`kenh-${n}`));
  const horizon = { from: FROM, until: addDays(FROM, DAYS - 1) };
  const plays = { minPlaysPerDay: PLAYS, maxPlaysPerDay: PLAYS };
  const usual = { id: 'nv', campaignId: 'dot', clipId: 'ban-thu', durationMs: CLIP_MS, priority: 'normal' };
  const channelIds = channels.map(({ id }) => id);
  const obligations = demands.map((demand) => ({ ...usual, ...plays, ...horizon, channelIds, ...demand }));
  const input = { obligations, channels, existing: [], now: NOW, lockMs: 10 * MINUTE, gapMs: 2_000, horizon };
  const wanted = count * DAYS * PLAYS * demands.length;
  return round(
    medianSeconds(runs, () => {
      const { slots, shortfalls } = plan(input);
      const told = shortfalls.reduce((sum, { wanted: all, placed }) => sum + all - placed, 0);
      if (slots.length + told !== wanted) throw new Error(`${slots.length} placed and ${told} told of ${wanted}`);
    }),
    3,
  );
}

export function rulesOf(id) {
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
