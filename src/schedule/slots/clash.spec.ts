import fc from 'fast-check';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { judgeOverride, type MetSlot, type Newcomer } from './clash.js';

const NOW = 1_800_000_000_000;
const LOCK = 600_000;
const met = (more: Partial<MetSlot> = {}): MetSlot => ({
  id: 'a',
  startsAt: NOW + 3_600_000,
  endsAt: NOW + 3_660_000,
  title: 'Bài',
  state: 'planned',
  version: 1,
  role: 'item',
  bulletinClass: 'normal',
  own: false,
  ...more,
});
const one = (more: Partial<Newcomer> = {}): Newcomer => ({
  bulletinClass: 'normal',
  own: false,
  authorisedBy: null,
  ...more,
});
const told = (newcomer: Newcomer, ...slots: MetSlot[]) => {
  const verdict = judgeOverride(newcomer, slots, NOW, LOCK);
  return verdict.verdict === 'refused' ? verdict.code : verdict.verdict;
};

describe('who may take whose place', () => {
  it.each([
    ['normal over normal', one(), met(), 'allowed'],
    ['priority over normal', one({ bulletinClass: 'priority' }), met(), 'allowed'],
    ['normal over priority', one(), met({ bulletinClass: 'priority' }), 'higher-class'],
    [
      'the centre’s priority over its own',
      one({ bulletinClass: 'priority' }),
      met({ bulletinClass: 'priority' }),
      'allowed',
    ],
    [
      'the centre’s priority over the ward’s',
      one({ bulletinClass: 'priority' }),
      met({ bulletinClass: 'priority', own: true }),
      'ward-decides',
    ],
    [
      'the ward’s priority over the centre’s',
      one({ bulletinClass: 'priority', own: true }),
      met({ bulletinClass: 'priority' }),
      'ward-decides',
    ],
    ['over what was played', one(), met({ state: 'played' }), 'frozen'],
    ['over what is on the air', one(), met({ startsAt: NOW }), 'on-air'],
    [
      'an emergency over what is on the air',
      one({ bulletinClass: 'emergency', authorisedBy: 'A' }),
      met({ startsAt: NOW }),
      'allowed',
    ],
    ['inside the lock', one(), met({ startsAt: NOW + LOCK - 1 }), 'locked'],
    ['inside the lock with a reason', one({ reason: 'Bão đổi hướng' }), met({ startsAt: NOW + LOCK - 1 }), 'allowed'],
    ['at the edge of the lock', one(), met({ startsAt: NOW + LOCK }), 'allowed'],
    ['over an opening', one(), met({ role: 'opening' }), 'frame'],
  ])('%s', (_name, newcomer, slot, verdict) => expect(told(newcomer, slot)).toBe(verdict));

  it('is judged by the strongest of all that are met', () => {
    expect(told(one(), met(), met({ bulletinClass: 'emergency' }))).toBe('higher-class');
  });

  it('never lets a lower class replace a higher one, whatever else is true', () => {
    const classes = fc.constantFrom(...bulletinClasses);
    fc.assert(
      fc.property(classes, classes, fc.boolean(), fc.boolean(), fc.boolean(), (a, b, own, other, reason) => {
        const newcomer = one({ bulletinClass: a, own, reason: reason ? 'lý do' : undefined });
        const verdict = told(newcomer, met({ bulletinClass: b, own: other }));
        if (bulletinClasses.indexOf(b) > bulletinClasses.indexOf(a)) expect(verdict).toBe('higher-class');
        else expect(['allowed', 'ward-decides']).toContain(verdict);
      }),
    );
  });
});
