import { DomainError } from '../../shared/domain-error.js';
import { aDemand, aPlanInput } from './planning-samples.fake.js';
import { aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { PlanDemand, PlanInput } from './planning.types.js';
import type { PlanChannel, HoursPolicy, DayOverride, WindowRule } from '../../channels/hours/hours.types.js';
import { plan } from './slot-planner.js';

function refusal(change: Partial<PlanInput>): string {
  try {
    plan(aPlanInput(change));
  } catch (error) {
    if (error instanceof DomainError) return `${error.kind} ${error.code} ${String(error.details.field ?? '')}`.trim();
    throw error;
  }
  return 'accepted';
}
const channel = (change: Partial<PlanChannel>) => refusal({ channels: [aChannel(change)] });
const window = (change: Partial<WindowRule>) => channel({ windows: [{ ...aChannel().windows[0]!, ...change }] });
const override = (change: Partial<DayOverride>) =>
  channel({ overrides: [{ windowId: 'channel-morning', date: '2026-08-24', kind: 'move', ...change }] });
const policy = (change: Partial<HoursPolicy>) => channel({ policy: { ...aChannel().policy, ...change } });
const demand = (change: Partial<PlanDemand>) => refusal({ obligations: [aDemand(change)] });
const slot = { id: 's', channelId: 'channel', date: '2026-08-24', state: 'planned' as const };

describe('what a plan cannot be asked', () => {
  it.each([
    ['invalid bad-window minutes', () => window({ minutes: 30 * 60 })],
    ['invalid bad-window minutes', () => window({ minutes: NaN })],
    ['invalid bad-window minutes', () => window({ minutes: 0 })],
    ['invalid bad-window start', () => window({ start: '25:00' })],
    ['invalid bad-window start', () => window({ start: '05:30:01' })],
    ['invalid bad-window weekdays', () => window({ weekdays: [] })],
    ['invalid bad-window weekdays', () => window({ weekdays: [0] })],
    ['invalid bad-window from', () => window({ from: '2026-02-30' })],
    ['invalid bad-window until', () => window({ from: '2026-08-25', until: '2026-08-24' })],
    ['invalid bad-window until', () => window({ from: '2026-08-24', until: '2026-08-25', weekdays: [7] })],
    ['invalid bad-window channelId', () => window({ channelId: 'other' })],
    ['invalid bad-window id', () => channel({ windows: [...aChannel().windows, ...aChannel().windows] })],
    ['invalid bad-override date', () => override({ date: '2026-02-30' })],
    ['invalid bad-override start', () => override({ start: '5:30' })],
    ['invalid bad-override minutes', () => override({ minutes: -1 })],
    ['invalid bad-policy permitted', () => policy({ permitted: [{ from: '05:00', until: '24:00' }] })],
    ['invalid bad-policy sessionsPerDay', () => policy({ sessionsPerDay: 0 })],
    ['invalid bad-policy minutesPerSession', () => policy({ minutesPerSession: 1.5 })],
    ['invalid bad-policy weekdays', () => policy({ weekdays: [8] })],
    ['invalid bad-demand durationMs', () => demand({ durationMs: 0 })],
    ['invalid bad-demand durationMs', () => demand({ durationMs: -1 })],
    ['invalid bad-demand durationMs', () => demand({ durationMs: NaN })],
    ['invalid bad-demand durationMs', () => demand({ durationMs: 1000.5 })],
    ['invalid bad-demand minPlaysPerDay', () => demand({ minPlaysPerDay: -1 })],
    ['invalid bad-demand maxPlaysPerDay', () => demand({ minPlaysPerDay: 4, maxPlaysPerDay: 3 })],
    ['invalid bad-demand until', () => demand({ until: '2026-08-01' })],
    ['invalid bad-demand until', () => demand({ until: '9999-12-31' })],
    ['invalid bad-demand weekdays', () => demand({ weekdays: [] })],
    ['invalid bad-demand id', () => refusal({ obligations: [aDemand(), aDemand()] })],
    ['invalid bad-channel id', () => refusal({ channels: [aChannel(), aChannel()] })],
    ['invalid bad-range end', () => refusal({ existing: [{ ...slot, start: Date.UTC(2026, 7, 24), end: 0 }] })],
    ['invalid bad-horizon until', () => refusal({ horizon: { from: '2026-08-24', until: '2026-08-23' } })],
    ['invalid bad-horizon until', () => refusal({ horizon: { from: '2026-08-24', until: '2028-08-24' } })],
    ['invalid bad-horizon from', () => refusal({ horizon: { from: '24/08/2026', until: '2026-08-24' } })],
    ['invalid bad-moment now', () => refusal({ now: NaN })],
    ['invalid bad-moment lockMs', () => refusal({ lockMs: -1 })],
    ['invalid bad-moment gapMs', () => refusal({ gapMs: 0.5 })],
    ['accepted', () => window({ minutes: 1440 })],
    ['accepted', () => policy({ weekdays: [] })],
    ['accepted', () => demand({ minPlaysPerDay: 0, maxPlaysPerDay: 0 })],
  ])('%s (%#)', (expected, ask) => {
    expect(ask()).toBe(expected);
  });

  it('more slots than any city has are refused before the first is placed', () => {
    const channelIds = Array.from({ length: 250 }, (_, i) => `c${i}`);
    const huge = aDemand({ channelIds, maxPlaysPerDay: 288 });
    const started = performance.now();
    const horizon = { from: '2026-08-24', until: '2026-10-24' };
    expect(refusal({ obligations: [huge], horizon })).toBe('too-large plan-too-large');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
