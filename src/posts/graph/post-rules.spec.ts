import fc from 'fast-check';
import { unreachable } from '../../shared/transitions.js';
import type { FeedEntry, LookupOutcome } from './post-adapter.port.js';
import {
  cleanMessage,
  judge,
  lookFrom,
  lookupNumber,
  lookupPause,
  matching,
  retryPause,
  sameText,
  type Try,
  type LookupVerdict,
} from './post-rules.js';
import { postTransitions } from '../state/post.transitions.js';

const MINUTE = 60_000;
const T0 = 1_795_500_000_000;

const sent = (n: number, minute: number, outcome: string | null = 'unknown'): Try => {
  const startedAt = T0 + minute * MINUTE;
  return { n, kind: 'publish', startedAt, finishedAt: outcome === null ? null : startedAt, outcome };
};
const looked = (attempt: number, k: number, minute: number, outcome: string | null): Try => {
  const startedAt = T0 + minute * MINUTE;
  return { n: lookupNumber(attempt, k), kind: 'lookup', startedAt, finishedAt: startedAt, outcome };
};
const nothing: LookupOutcome = { kind: 'entries', entries: [] };
const entry = (minute: number, change: Partial<FeedEntry> = {}): FeedEntry => {
  const at = T0 + minute * MINUTE;
  return {
    externalId: `1_${minute}`,
    message: 'Xin chào',
    createdAt: at,
    permalink: `https://www.facebook.com/1_${minute}`,
    ...change,
  };
};

it('every state of a post can be reached', () => expect(unreachable(postTransitions, 'scheduled')).toEqual([]));

describe('what follows from a lookup', () => {
  const cases: [string, number, Try[], number, LookupVerdict['to']][] = [
    ['the first miss', 1, [sent(1, 0)], 1, 'unknown'],
    ['the second miss, when the page has settled', 1, [sent(1, 0), looked(1, 1, 1, 'not-found')], 6, 'scheduled'],
    [
      'the second miss, when a call that never ended may just have settled',
      1,
      [sent(1, 0, null), looked(1, 1, 1, 'not-found')],
      7,
      'unknown',
    ],
    [
      'the second miss, when a call that never ended has settled',
      1,
      [sent(1, 0, null), looked(1, 1, 1, 'not-found')],
      8,
      'scheduled',
    ],
    ['the second miss within a moment', 1, [sent(1, 0), looked(1, 1, 1, 'not-found')], 2, 'unknown'],
    [
      'a miss after failed lookups',
      1,
      [sent(1, 0), looked(1, 1, 1, 'failed'), looked(1, 2, 6, 'failed')],
      16,
      'unknown',
    ],
    ['a miss after a lookup that died', 1, [sent(1, 0), looked(1, 1, 1, null)], 10, 'unknown'],
    [
      'two misses of the second doubtful try',
      2,
      [sent(1, 0), sent(2, 10), looked(2, 1, 11, 'not-found')],
      20,
      'unknown',
    ],
    [
      'two misses after "duplicate"',
      2,
      [sent(1, 0), sent(2, 10, 'duplicate'), looked(2, 1, 11, 'not-found')],
      20,
      'unknown',
    ],
    [
      'misses of the try before do not count',
      2,
      [sent(1, 0, 'not-sent'), looked(1, 1, 1, 'not-found'), sent(2, 10)],
      20,
      'unknown',
    ],
    [
      'a try that surely was not sent is no doubt',
      2,
      [sent(1, 0, 'not-sent'), sent(2, 10), looked(2, 1, 11, 'not-found')],
      20,
      'scheduled',
    ],
  ];
  it.each(cases)('%s', (_name, attempt, history, minute, to) => {
    expect(judge(attempt, history, nothing, null, T0 + minute * MINUTE).to).toBe(to);
  });

  it('a failed lookup never leads to sending, an entry always to published', () => {
    const outcome = fc.constantFrom('unknown', null, 'not-sent', 'duplicate', 'refused');
    const history = fc.tuple(
      fc.array(outcome, { minLength: 1, maxLength: 4 }),
      fc.array(fc.constantFrom('not-found', 'failed', null), { maxLength: 6 }),
      fc.integer({ min: 0, max: 3000 }),
    );
    fc.assert(
      fc.property(history, ([tries, looks, minute]) => {
        const attempt = tries.length;
        const all = [
          ...tries.map((one, k) => sent(k + 1, k, one)),
          ...looks.map((one, k) => looked(attempt, k + 1, attempt + k, one)),
        ];
        const now = T0 + minute * MINUTE;
        const failed = judge(attempt, all, { kind: 'failed', reason: 'x' }, null, now);
        const found = judge(attempt, all, nothing, entry(0), now);
        const miss = judge(attempt, all, nothing, null, now);
        const doubtful = tries.filter((one) => one === 'unknown' || one === null).length;
        expect(failed.to).toBe('unknown');
        expect(found.to).toBe('published');
        if (doubtful !== 1 || looks.every((one) => one !== 'not-found')) expect(miss.to).toBe('unknown');
      }),
    );
  });

  it('after a day nothing more happens by itself', () => {
    const verdict = judge(1, [sent(1, 0)], { kind: 'failed', reason: 'x' }, null, T0 + 25 * 60 * MINUTE);
    expect(verdict).toMatchObject({ to: 'unknown', next: null });
  });
});

describe('which entry is ours', () => {
  const find = (entries: FeedEntry[], taken: string[] = []) =>
    matching('Xin chào', T0, entries, new Set(taken))?.externalId;

  it('the oldest with the same words that is young enough and nobody else’s', () => {
    expect(find([entry(3), entry(2)])).toBe('1_2');
    expect(find([entry(-1)])).toBeUndefined();
    expect(find([entry(1, { message: 'Xin chào bà con' })])).toBeUndefined();
    expect(find([entry(1), entry(2)], ['1_1'])).toBe('1_2');
    expect(find([entry(1)], ['https://www.facebook.com/1_1'])).toBeUndefined();
  });

  it('the time counts from the first try in doubt, less the difference of the clocks', () => {
    expect(lookFrom([sent(1, 0, 'refused'), sent(2, 10), sent(3, 20, 'duplicate')], T0)).toBe(T0 + 5 * MINUTE);
    expect(lookFrom([], T0)).toBe(T0 - 5 * MINUTE);
  });

  it('white space and the form of Vietnamese letters do not matter, words do', () => {
    expect(sameText('Hà Tĩnh\n\nxin  chào ', 'Hà Tĩnh xin chào'.normalize('NFD'))).toBe(true);
    expect(sameText('Hà Tĩnh', 'Ha Tinh')).toBe(false);
    expect(cleanMessage(' a \r\nb\t\r\n\r\n')).toBe('a\nb');
  });
});

it('pauses grow and stay bounded', () => {
  expect([1, 2, 3, 50].map((n) => retryPause(n) / MINUTE)).toEqual([1, 2, 4, 30]);
  expect(retryPause(1, 15 * MINUTE)).toBe(15 * MINUTE);
  expect([1, 2, 3, 4, 5, 900].map((k) => lookupPause(k) / MINUTE)).toEqual([5, 10, 20, 40, 60, 60]);
});
