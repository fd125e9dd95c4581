import type { Approval } from '../../approvals/approval.entity.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ApprovedSound } from '../slots/approved-content.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import { daysOfCampaign, type DemandRequest, demandsOf, withNames, withDemands } from './plan-request.js';
import type { StoredSlot } from '../slots/slot-rows.js';

const days = { from: '2026-11-25', until: '2026-11-30' };
const campaign = { id: 'k', bulletinClass: 'priority' as const };

function channel(id: string, profile: 'horn' | 'fm', unitId = `unit-${id}`): ChannelWithRules {
  const kind = profile === 'fm' ? 'city-loudspeaker' : 'ward-loudspeaker';
  const zone = 'Asia/Ho_Chi_Minh';
  const row = { id, code: id, kind, name: id, unitId, profile, zone, permitted: [], active: true } as const;
  return {
    channel: { ...row, permitted: [], closures: [] },
    rules: { id, zone, policy: { permitted: [] }, windows: [], overrides: [] },
    windowNames: new Map(),
  };
}

const channels = [channel('w1', 'horn'), channel('w2', 'horn'), channel('city', 'fm')];

function clip(id: string, profile: string, durationMs: number) {
  return { id, profile, durationMs, sha256: id } as unknown as ApprovedSound['clip'] & Clip;
}

function sound(clips: ReturnType<typeof clip>[], unitId: string | null = null): ApprovedSound {
  return {
    clip: clips[0]!,
    siblings: clips,
    title: 'Bài',
    script: { id: 's', unitId } as Script,
    approval: {} as Approval,
  };
}

const request = (more: Partial<DemandRequest>): DemandRequest => ({ clipId: 'horn', minPlaysPerDay: 3, ...more });
const shape = (demands: readonly { id: string; clipId: string; durationMs: number; channelIds: readonly string[] }[]) =>
  demands.map(({ id, clipId, durationMs, channelIds }) => [id, clipId, durationMs, channelIds.join()]);

describe('demands of a request', () => {
  it('give each channel the clip that was mastered for its loudspeakers', () => {
    const both = sound([clip('horn', 'horn', 30_000), clip('fm', 'fm', 31_000)]);
    const made = demandsOf(request({ channelIds: ['w1', 'city', 'w2', 'w1'] }), both, campaign, days, channels);
    expect(shape(made)).toEqual([
      ['k:horn', 'horn', 30_000, 'w1,w2'],
      ['k:fm', 'fm', 31_000, 'city'],
    ]);
    expect(made[0]).toMatchObject({ priority: 'priority', minPlaysPerDay: 3, maxPlaysPerDay: 3, ...days });
    // The named clip is better than silence.
    const one = sound([clip('horn', 'horn', 30_000)]);
    expect(shape(demandsOf(request({ channelIds: ['city'] }), one, campaign, days, channels))).toEqual([
      ['k:horn', 'horn', 30_000, 'city'],
    ]);
  });

  it('name the obligation where there is one', () => {
    const one = sound([clip('horn', 'horn', 30_000)]);
    const [made] = demandsOf(
      request({ channelKind: 'ward-loudspeaker', obligationId: 'o', maxPlaysPerDay: 5 }),
      one,
      campaign,
      days,
      channels,
    );
    expect(made).toMatchObject({ id: 'o:horn', obligationId: 'o', channelIds: ['w1', 'w2'], maxPlaysPerDay: 5 });
  });

  it('keep a script of one unit to the channels of that unit', () => {
    const own = sound([clip('horn', 'horn', 30_000)], 'unit-w2');
    const all = demandsOf(request({ channelKind: 'ward-loudspeaker' }), own, campaign, days, channels);
    expect(all.map(({ channelIds }) => channelIds)).toEqual([['w2']]);
    expect(() => demandsOf(request({ channelIds: ['w1'] }), own, campaign, days, channels)).toThrow(
      'written for another unit',
    );
  });

  it('have names of their own, and refuse the same clip twice on one channel', () => {
    const one = sound([clip('horn', 'horn', 30_000)]);
    const of = (...channelIds: string[]) => demandsOf(request({ channelIds }), one, campaign, days, channels);
    expect(withNames([...of('w1'), ...of('w2')]).map(({ id }) => id)).toEqual(['k:horn', 'k:horn:2']);
    expect(() => withNames([...of('w1', 'w2'), ...of('w2')])).toThrow('one channel twice');
  });
});

describe('whose a stored slot is', () => {
  const stored = (more: Partial<StoredSlot>): StoredSlot => ({
    id: 's',
    channelId: 'w1',
    date: '2026-11-25',
    state: 'planned',
    start: 0,
    end: 1,
    campaignId: 'k',
    obligationId: 'o',
    clipId: 'horn',
    role: 'item',
    ...more,
  });
  const demandIdOf = (slot: StoredSlot, requests: DemandRequest[]) => {
    const demands = requests.flatMap((one) =>
      demandsOf(one, sound([clip(one.clipId, 'horn', 30_000)]), campaign, days, channels),
    );
    const scriptOf = new Map([...['horn', 'old', 'a', 'b'].map((id) => [id, 's'] as const), ['other', 'other']]);
    return withDemands([slot], demands, scriptOf)[0]?.demandId;
  };
  const ofObligation = (clipId: string) => request({ clipId, channelIds: ['w1'], obligationId: 'o' });
  const ofCampaign = (clipId: string) => request({ clipId, channelIds: ['w1'] });

  it.each([
    ['the demand of its source and clip', stored({}), [ofObligation('horn')], 'o:horn'],
    ['the obligation whose script has a new clip', stored({ clipId: 'old' }), [ofObligation('horn')], 'o:horn'],
    [
      'nobody, when another script of the obligation plays it',
      stored({ clipId: 'other' }),
      [ofObligation('horn')],
      undefined,
    ],
    [
      'the script that replaces the others',
      stored({ clipId: 'other' }),
      [{ ...ofObligation('horn'), others: 'replace' as const }],
      'o:horn',
    ],
    ['of two clips of one obligation its own', stored({ clipId: 'b' }), [ofObligation('a'), ofObligation('b')], 'o:b'],
    ['nobody, when two could follow it', stored({ clipId: 'old' }), [ofObligation('a'), ofObligation('b')], undefined],
    ['nobody on a channel not asked for', stored({ channelId: 'w2' }), [ofObligation('horn')], undefined],
    ['nobody of another obligation', stored({ obligationId: 'p' }), [ofObligation('horn')], undefined],
    ['the campaign without obligation', stored({ obligationId: null }), [ofCampaign('horn')], 'k:horn'],
    [
      'itself beside another clip of the campaign',
      stored({ obligationId: null, clipId: 'b' }),
      [ofCampaign('a')],
      undefined,
    ],
  ])('%s', (_, slot, requests, expected) => {
    expect(demandIdOf(slot, requests)).toBe(expected);
  });
});

describe('days of a campaign', () => {
  const season = { from: '2026-11-20', until: '2026-12-20' };
  it('are cut to the campaign', () => {
    expect(daysOfCampaign(season, { from: '2026-11-01', until: '2026-11-25' })).toEqual({
      from: '2026-11-20',
      until: '2026-11-25',
    });
    expect(() => daysOfCampaign(season, { from: '2026-12-21', until: '2026-12-22' })).toThrow('lasts from');
    expect(() => daysOfCampaign(season, { from: '2026-11-25', until: '2026-11-24' })).toThrow('ends before it begins');
  });
});
