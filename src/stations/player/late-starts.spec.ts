import type { FixedClock } from '../../shared/clock.js';
import type { FakeCentre } from './centre.fake.js';
import type { StationPlaylistItem } from './local-playlist-store.js';
import type { Player } from './player.js';
import { at, DATE, FakeStation } from './station.fake.js';

const LONG = 60_000;

describe('what runs late, by the start rule of what follows', () => {
  let station: FakeStation;
  let centre: FakeCentre;
  let clock: FixedClock;

  beforeEach(async () => {
    station = await FakeStation.open();
    ({ centre, clock } = station);
  });
  afterEach(() => station.close());

  /** `a` would run from 05:30 to 05:31, `b` from 05:31:02; the machine starts 40 s late. */
  async function lateInto(
    start: StationPlaylistItem['start'],
    more: Partial<StationPlaylistItem> = {},
  ): Promise<Player> {
    const playlist = centre.playlists.get(DATE)!;
    const b = { ...centre.item('b', at('05:31') + 2_000, 30_000, 'bài hai'), ...(start && { start }), ...more };
    centre.playlists.set(DATE, { ...playlist, items: [centre.item('a', at('05:30'), LONG, 'bài một'), b] });
    const one = station.player();
    await one.pull([DATE]);
    clock.set(at('05:30') + 40_000);
    return one;
  }
  const outcomes = (events: Awaited<ReturnType<Player['play']>>) =>
    events.map(({ slotId, outcome, startedAt, endedAt }) => {
      return [slotId, outcome, (startedAt - at('05:30')) / 1000, (endedAt - at('05:30')) / 1000];
    });

  it('cut: it stops at the very time', async () => {
    const one = await lateInto({ rule: 'cut' });
    const events = await one.play(DATE);
    expect(outcomes(events)).toEqual([
      ['a', 'partial', 40, 62],
      ['b', 'played', 62, 92],
    ]);
    expect(events[0]?.detail).toBe('Dừng nhường “bài hai”, bài này bắt đầu đúng giờ');
  });

  it('wait: it may end within the seconds', async () => {
    const one = await lateInto({ rule: 'wait', seconds: 45 });
    expect(outcomes(await one.play(DATE))).toEqual([
      ['a', 'played', 40, 100],
      ['b', 'played', 100, 130],
    ]);
  });

  it('wait: after the seconds it stops', async () => {
    const one = await lateInto({ rule: 'wait', seconds: 15 });
    const events = await one.play(DATE);
    expect(outcomes(events)).toEqual([
      ['a', 'partial', 40, 77],
      ['b', 'played', 77, 107],
    ]);
    expect(events[0]?.detail).toBe('Dừng nhường “bài hai”, bài này đã chờ đủ lâu');
  });

  it('next: it begins when the other has ended, however late', async () => {
    const one = await lateInto({ rule: 'next' });
    expect(outcomes(await one.play(DATE))).toEqual([
      ['a', 'played', 40, 100],
      ['b', 'played', 100, 130],
    ]);
  });

  it('nothing is stopped for what cannot be played', async () => {
    const one = await lateInto({ rule: 'cut' }, { sha256: 'f'.repeat(64) });
    expect(outcomes(await one.play(DATE))).toEqual([
      ['a', 'played', 40, 100],
      ['b', 'failed', 100, 100],
    ]);
  });

  it('what would have to stop before it begins does not begin', async () => {
    const one = await lateInto({ rule: 'cut' });
    clock.set(at('05:31'));
    clock.advance(2_000);
    // It is less than a minute late itself, but the other item is due.
    const playlist = centre.playlists.get(DATE)!;
    const [a, b] = playlist.items as [StationPlaylistItem, StationPlaylistItem];
    centre.playlists.set(DATE, { ...playlist, items: [{ ...a, start: { rule: 'wait', seconds: 90 } }, b] });
    await one.pull([DATE]);
    expect(outcomes(await one.play(DATE))).toEqual([
      ['a', 'failed', 62, 62],
      ['b', 'played', 62, 92],
    ]);
  });

  it('what the centre puts in between cuts what runs, at its time', async () => {
    const playlist = centre.playlists.get(DATE)!;
    const urgent: StationPlaylistItem = {
      ...centre.item('x', at('05:30') + 20_000, 30_000, 'khẩn'),
      start: { rule: 'cut' },
    };
    const one = station.player({
      speaker: {
        play: async (_file, durationMs, on, signal) => {
          if (durationMs === LONG) {
            await on.sleep(10_000, signal);
            centre.playlists.set(DATE, { ...playlist, items: [...centre.playlists.get(DATE)!.items, urgent] });
            await one.pull([DATE]);
            await new Promise(setImmediate);
            if (signal?.aborted) throw new Error('silent');
            await on.sleep(durationMs - 10_000, signal);
          } else await on.sleep(durationMs, signal);
        },
      },
    });
    centre.playlists.set(DATE, { ...playlist, items: [centre.item('a', at('05:30'), LONG, 'bài một')] });
    await one.pull([DATE]);
    expect(outcomes(await one.play(DATE))).toEqual([
      ['a', 'partial', 0, 20],
      ['x', 'played', 20, 50],
    ]);
  });
});
