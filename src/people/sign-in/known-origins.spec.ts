import type { KnownOrigin } from '../accounts/known-origin.entity.js';
import { superfluous } from './known-origins.service.js';

const DAY = 86_400_000;
const NOW = 1_764_000_000_000;

describe('known devices and networks', () => {
  const row = (n: number, days: number, kind = 'device', codeAt: number | null = null): KnownOrigin => {
    return { id: `${kind}-${n}`, accountId: 'a', mark: `${kind}:${n}`, seenAt: NOW - days * DAY, codeAt };
  };

  it('are forgotten after ninety days', () => {
    expect(superfluous([row(1, 89), row(2, 91), row(3, 92, 'network', NOW)], NOW)).toEqual(['device-2', 'network-3']);
  });

  it('are ten of a kind, the latest; sign-ins without a code push out none that has given one', () => {
    const proven = row(0, 80, 'device', NOW - 80 * DAY);
    const without = Array.from({ length: 14 }, (_, n) => row(n + 1, n / 10));
    expect(superfluous([proven, ...without, row(99, 50, 'network')], NOW)).toEqual([
      'device-11',
      'device-12',
      'device-13',
      'device-14',
    ]);
  });
});
