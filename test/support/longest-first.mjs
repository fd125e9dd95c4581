import { readFileSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** Suites that allow themselves the most time begin first, so that none of them runs alone at the end while a core is idle. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const weighed = tests.map((test) => ({ test, weight: weightOf(test.path) }));
    return weighed.sort((a, b) => b.weight - a.weight).map(({ test }) => test);
  }
}

/** The largest time limit that a suite declares (milliseconds), or its size (bytes) when that is more. */
function weightOf(path) {
  const text = readFileSync(path, 'utf8');
  const limits = [...text.matchAll(/\b\d{1,3}_000\b/g)].map(([limit]) => Number(limit.replace('_', '')));
  return Math.max(text.length, ...limits);
}
