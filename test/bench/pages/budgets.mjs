import { middle } from '../median.mjs';

/**
 * Budgets: KB over the wire at a first visit, ms of p95, and p95 in bare handlers of the same run. The slowest screen
 * takes about 105 of them on a fast machine (82 ms) and on one that is half as fast (147 ms): a slow machine does not
 * make a screen slow.
 */
export const LIMITS = { kb: 200, playerKb: 350, p95Ms: 150, timesBare: 150 };
/** Extra weight allowed for a page that loads the player. */
const LARGE = /\/static\/wavesurfer\./;
/**
 * Processors that other programs may keep busy while a screen is measured; above that its time says more about them
 * than about the screen.
 */
const QUIET = 0.5;

export function weightLimit(html) {
  return LARGE.test(html) ? LIMITS.playerKb : LIMITS.kb;
}

/**
 * One figure of a screen from several rounds of visits: the median of the rounds' p95, so that one disturbed round does
 * not decide.
 */
export function timesOf(rounds) {
  const of = (pick) => middle(rounds.map((round) => p95(round.map(pick))));
  return {
    p95: of(({ ms }) => ms),
    bare: of(({ bareMs }) => bareMs),
    cpu: middle(rounds.flat().map(({ cpuMs }) => cpuMs)),
  };
}

function p95(values) {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}

/**
 * Exceeded budgets, each with a sentence. Weights and numbers of statements are the same on every machine. Time is not:
 * a screen is slow when it takes too long both by the clock and beside the bare handler. Where other programs hardly
 * use the processors, p95 is compared with the budget directly; on a busy machine it is a multiple of that, and the
 * processor time of the median visit is compared with the budget instead, because a screen cannot be faster than that.
 */
export function overBudget(rows, fewStatements) {
  const found = [];
  for (const { screen, kb, limit, p95: ms, bare, cpu, others, statements } of rows) {
    if (kb > limit) found.push(`${screen}: ${kb.toFixed(0)} KB, at most ${limit}`);
    const slow = ms > LIMITS.p95Ms && ms / bare > LIMITS.timesBare;
    if (slow && (others < QUIET || cpu > LIMITS.p95Ms)) {
      const times = `${(ms / bare).toFixed(0)} times the bare handler`;
      found.push(`${screen}: p95 ${ms.toFixed(0)} ms (${cpu.toFixed(0)} ms of the processor, ${times})`);
    }
    const few = fewStatements.get(screen);
    if (few !== undefined && statements > few) {
      found.push(`${screen}: ${statements} statements, ${few} before there were as many rows`);
    }
  }
  return found;
}
