import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FixedClock } from '../../shared/clock.js';
import { FakeCentre } from './centre.fake.js';
import type { FaultyWire } from './faulty-wire.fake.js';
import { clipsOf } from './local-playlist-store.js';
import type { PlayerOptions } from './player.js';
import { at, DATE, FakeStation } from './station.fake.js';

describe('a station', () => {
  let station: FakeStation;
  let dir: string;
  let centre: FakeCentre;
  let wire: FaultyWire;
  let clock: FixedClock;

  beforeEach(async () => {
    station = await FakeStation.open();
    ({ dir, centre, wire, clock } = station);
  });
  afterEach(() => station.close());

  const player = (change?: Partial<PlayerOptions>) => station.player(change);
  const received = () => [...centre.received.values()].map((event) => [event.sequence, event.slotId, event.outcome]);
  const clipsAsked = () => wire.asked.filter((path) => path.includes('/clips/')).length;

  it('pulls, plays at the very times and reports', async () => {
    const one = player();
    expect(await one.pull([DATE])).toEqual([{ date: DATE, state: 'new', items: 3, downloaded: 2, missing: [] }]);
    const events = await one.play(DATE);
    expect(events.map(({ sequence, slotId, startedAt, endedAt }) => [sequence, slotId, startedAt, endedAt])).toEqual([
      [1, 's1', at('05:30'), at('05:30') + 30_000],
      [2, 's2', at('05:31'), at('05:31') + 45_000],
      [3, 's3', at('17:00'), at('17:00') + 30_000],
    ]);
    expect(await one.report()).toEqual({ sent: 3, refused: 0, left: 0 });
    expect(received()).toEqual([
      [1, 's1', 'played'],
      [2, 's2', 'played'],
      [3, 's3', 'played'],
    ]);
    expect(await one.report()).toEqual({ sent: 0, refused: 0, left: 0 });
    expect(await one.play(DATE)).toEqual([]);
    expect(await one.heartbeat()).toBe(true);
  });

  it('fetches nothing twice: neither a playlist that has not changed nor a clip that is here', async () => {
    await player().pull([DATE]);
    expect(clipsAsked()).toBe(2);
    expect(await player().pull([DATE])).toEqual([
      { date: DATE, state: 'unchanged', items: 3, downloaded: 0, missing: [] },
    ]);
    expect(clipsAsked()).toBe(2);
  });

  it('goes on without the centre: plays what it holds, and reports when the line is back', async () => {
    const one = player();
    await one.pull([DATE]);
    wire.cut = true;
    expect(await one.pull([DATE])).toMatchObject([{ state: 'offline', items: 3, missing: [] }]);
    expect(await one.play(DATE)).toHaveLength(3);
    expect(await one.report()).toEqual({ sent: 0, refused: 0, left: 3, problem: 'offline' });
    expect(await one.heartbeat()).toBe(false);
    wire.cut = false;
    expect(await one.report()).toMatchObject({ sent: 3, left: 0 });
  });

  it('is killed in the middle of an item: a new player on the same folder goes on with the same numbers', async () => {
    const killed = player({
      speaker: {
        play: (_file, durationMs) =>
          clock.now() >= at('05:31') ? new Promise(() => undefined) : clock.sleep(durationMs),
      },
    });
    await killed.pull([DATE]);
    wire.cut = true;
    void killed.play(DATE); // never resolves: this is the kill
    while (!(await readFile(join(dir, 'log.ndjson'), 'utf8')).includes('"s2"')) await new Promise(setImmediate);
    await appendFile(join(dir, 'log.ndjson'), '{"line":"event","sequ'); // the power failed while a line was written
    clock.set(at('05:31') + 20_000);
    const next = player();
    expect((await next.play(DATE)).map(({ sequence, slotId }) => [sequence, slotId])).toEqual([[3, 's3']]);
    expect((await next.report()).left).toBe(3);
    wire.cut = false;
    await next.report();
    expect(received()).toEqual([
      [1, 's1', 'played'],
      [2, 's2', 'partial'],
      [3, 's3', 'played'],
    ]);
    expect(centre.received.get(2)).toMatchObject({
      endedAt: at('05:31') + 20_000,
      detail: 'Máy phát bị ngắt giữa chừng',
    });
  });

  it('sends again what was taken while the answer was lost, under the same numbers, also after a kill', async () => {
    const one = player();
    await one.pull([DATE]);
    await one.play(DATE);
    wire.loseAnswers = 3;
    expect(await one.report()).toMatchObject({ sent: 0, left: 3, problem: 'offline' });
    expect(centre.received.size).toBe(3);
    const before = received();
    expect(await player().report()).toMatchObject({ sent: 3, left: 0 });
    expect(received()).toEqual(before);
  });

  it('sends again what a centre that was restored has lost, once, whether it polls or only says that it lives', async () => {
    const one = player();
    await one.pull([DATE]);
    await one.play(DATE);
    await one.report();
    for (const listens of [() => one.heartbeat(), () => one.pull([DATE])]) {
      const before = received();
      centre.received.delete(2);
      centre.received.delete(3);
      expect(await one.report()).toEqual({ sent: 0, refused: 0, left: 0 });
      await listens();
      expect(await one.report()).toEqual({ sent: 2, refused: 0, left: 0 });
      expect(received()).toEqual(before);
      expect(centre.received.get(3)?.acknowledgedAt).toBe(at('17:00') + 30_000);
    }
  });

  it('hears with an answer what else is lost, and does not go on for ever with a centre that loses everything', async () => {
    const one = player();
    await one.pull([DATE]);
    const [first] = await one.play(DATE);
    await one.report();
    centre.received.clear();
    await one.heartbeat();
    centre.received.set(first!.sequence, first!);
    expect(await one.report()).toMatchObject({ sent: 3, left: 0 });
    centre.received.clear();
    centre.keepsNothing = true;
    await one.heartbeat();
    expect(await one.report()).toMatchObject({ sent: 3, left: 0 });
  });

  it('comes again when a centre that is busy has asked it to', async () => {
    const one = player();
    await one.pull([DATE]);
    await one.play(DATE);
    wire.busy = 2;
    const before = clock.now();
    expect(await one.report()).toEqual({ sent: 3, refused: 0, left: 0 });
    expect(clock.now() - before).toBe(14_000);
  });

  it('does not keep a clip that was spoiled on the way, and asks again', async () => {
    wire.spoilClips = 2;
    const one = player();
    expect(await one.pull([DATE])).toMatchObject([{ downloaded: 2, missing: [] }]);
    expect(clipsAsked()).toBe(4);
    expect((await one.play(DATE)).map((event) => event.outcome)).toEqual(['played', 'played', 'played']);
  });

  it('says which clips it lacks when they stay spoiled, plays the rest, and gets them another time', async () => {
    const [, spoiled] = clipsOf(centre.playlists.get(DATE)!);
    const hash = spoiled?.sha256 ?? '';
    const sound = centre.clips.get(hash);
    centre.clips.set(hash, Buffer.from('thứ khác'));
    const one = player();
    expect(await one.pull([DATE])).toMatchObject([{ downloaded: 1, missing: [hash] }]);
    if (sound) centre.clips.set(hash, sound);
    expect(await one.pull([DATE])).toMatchObject([{ state: 'unchanged', downloaded: 1, missing: [] }]);
    centre.clips.delete(hash);
    await writeFile(join(dir, 'clips', `${hash}.mp3`), 'bài hay'); // the disk corrupts the bytes, the length stays
    const outcomes = (await one.play(DATE)).map((event) => [event.slotId, event.outcome, event.detail]);
    expect(outcomes).toEqual([
      ['s1', 'played', undefined],
      ['s2', 'failed', 'thiếu clip'],
      ['s3', 'played', undefined],
    ]);
  });

  it('does not sound at three in the morning, whatever the centre says', async () => {
    const playlist = centre.playlists.get(DATE);
    playlist?.items.unshift(centre.item('night', at('03:15'), 30_000, 'bài một'));
    playlist?.items.push(centre.item('evening', at('20:59') + 45_000, 30_000, 'bài hai'));
    clock.set(at('00:30'));
    const one = player();
    await one.pull([DATE]);
    const sounded: number[] = [];
    const loud = player({
      speaker: {
        play: (_file, durationMs) => {
          sounded.push(clock.now());
          return clock.sleep(durationMs);
        },
      },
    });
    await one.close();
    const events = await loud.play(DATE);
    expect(events.map((event) => [event.slotId, event.outcome])).toEqual([
      ['night', 'failed'],
      ['s1', 'played'],
      ['s2', 'played'],
      ['s3', 'played'],
      ['evening', 'failed'],
    ]);
    expect(events[0]?.detail).toBe('Ngoài khung giờ được phép phát');
    expect(sounded).toEqual([at('05:30'), at('05:31'), at('17:00')]);
  });

  it('keeps the playlist it has when another is not signed, changed on the way, or of another day', async () => {
    const one = player();
    await one.pull([DATE]);
    const playlist = centre.playlists.get(DATE);
    const forged = player({ publicKey: new FakeCentre().publicKey });
    playlist?.items.push(centre.item('s4', at('18:00'), 30_000, 'bài lạ'));
    expect(await forged.pull([DATE])).toMatchObject([{ state: 'refused', reason: 'not signed by the centre' }]);
    centre.playlists.set(DATE, { ...playlist!, date: '2026-11-25' });
    expect(await one.pull([DATE])).toMatchObject([
      { state: 'refused', items: 3, reason: 'the playlist of 2026-11-25' },
    ]);
    expect((await one.play(DATE)).map((event) => event.slotId)).toEqual(['s1', 's2', 's3']);
  });

  it('does not play a playlist that somebody changed on its own disk', async () => {
    const one = player();
    await one.pull([DATE]);
    const file = join(dir, 'playlists', `${DATE}.json`);
    await writeFile(file, (await readFile(file, 'utf8')).replace('05:00', '00:00'));
    await expect(one.play(DATE)).rejects.toThrow('not signed by the centre');
    expect(await one.pull([DATE])).toMatchObject([{ state: 'new' }]);
    expect(await one.play(DATE)).toHaveLength(3);
  });

  it('leaves out what is too late to begin, and says so at the time it should have played', async () => {
    const one = player();
    await one.pull([DATE]);
    clock.set(at('08:00'));
    const events = await one.play(DATE);
    expect(events.map((event) => event.outcome)).toEqual(['failed', 'failed', 'played']);
    expect(events[0]).toMatchObject({
      startedAt: at('05:31'),
      detail: 'Quá giờ phát, máy phát không chạy lúc đến lượt',
    });
  });

  it('takes up a change that came while it waited', async () => {
    const one = player();
    await one.pull([DATE]);
    const playlist = centre.playlists.get(DATE);
    clock.sleep = async (ms) => {
      const wakes = clock.now() + ms;
      if (wakes === at('17:00')) {
        centre.playlists.set(DATE, { ...playlist!, items: [centre.item('s9', at('17:05'), 30_000, 'bài thay')] });
        clock.sleep = (rest) => FixedClock.prototype.sleep.call(clock, rest);
        await one.pull([DATE]);
      }
      clock.set(wakes);
    };
    expect((await one.play(DATE)).map((event) => [event.slotId, event.startedAt])).toEqual([
      ['s1', at('05:30')],
      ['s2', at('05:31')],
      ['s9', at('17:05')],
    ]);
  });

  it('lives a day that is over by another clock, for a simulation', async () => {
    const one = player();
    await one.pull([DATE]);
    clock.set(at('22:00'));
    const events = await one.play(DATE, { clock: new FixedClock(at('00:00')) });
    expect(events.map((event) => [event.startedAt, event.outcome])).toEqual([
      [at('05:30'), 'played'],
      [at('05:31'), 'played'],
      [at('17:00'), 'played'],
    ]);
    expect(clock.now()).toBe(at('22:00'));
  });

  it('sets aside what the centre will never take, and sends the rest', async () => {
    const one = player();
    await one.pull([DATE]);
    await one.play(DATE, { miss: (item) => (item.slotId === 's2' ? 'mất điện' : null) });
    centre.unwanted.add(2);
    expect(await one.report()).toEqual({ sent: 2, refused: 1, left: 0 });
    expect(received()).toEqual([
      [1, 's1', 'played'],
      [3, 's3', 'played'],
    ]);
  });

  it('keeps its log when its token is revoked, and a new disk goes on above the numbers the centre has', async () => {
    const one = player();
    await one.pull([DATE]);
    await one.play(DATE);
    await one.report();
    centre.token = 'loa_st_new';
    expect(await one.pull([DATE])).toMatchObject([{ state: 'refused', reason: 'bad-station-token', items: 3 }]);
    await rm(dir, { recursive: true });
    centre.playlists.get(DATE)?.items.push(centre.item('s4', at('18:00'), 30_000, 'bài ba'));
    const fresh = player({ token: centre.token });
    await fresh.pull([DATE]);
    expect((await fresh.play(DATE)).map((event) => event.sequence)).toEqual([4, 5, 6, 7]);
    await fresh.report();
    expect(centre.received.size).toBe(7);
  });
});
