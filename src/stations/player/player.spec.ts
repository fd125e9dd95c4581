import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../shared/clock.js';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { FakeCentre, FaultyWire } from './centre.fake.js';
import { clipsOf, type SheetItem } from './day-sheet.js';
import { Player, type PlayerOptions } from './player.js';

const DATE = '2026-11-24';
const at = (time: string) => instantOf(DATE, time, VIETNAM);

describe('a station', () => {
  let dir: string;
  let centre: FakeCentre;
  let wire: FaultyWire;
  let clock: FixedClock;
  let players: Player[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'loa-player-'));
    centre = new FakeCentre();
    wire = new FaultyWire(centre.fetch);
    clock = new FixedClock(at('04:00'));
    players = [];
    centre.sheets.set(DATE, {
      date: DATE,
      version: 1,
      zone: VIETNAM,
      permitted: [{ from: '05:00', until: '21:00' }],
      items: [
        centre.item('s1', at('05:30'), 30_000, 'bài một'),
        centre.item('s2', at('05:31'), 45_000, 'bài hai'),
        centre.item('s3', at('17:00'), 30_000, 'bài một'),
      ],
    });
  });
  afterEach(async () => {
    for (const player of players) await player.close();
    await rm(dir, { recursive: true, force: true });
  });

  const player = (change: Partial<PlayerOptions> = {}): Player => {
    const options = { baseUrl: 'http://centre/', token: centre.token, dir, clock, fetch: wire.fetch };
    const made = new Player({ ...options, publicKey: centre.publicKey, ...change });
    players.push(made);
    return made;
  };
  const received = () => [...centre.received.values()].map((event) => [event.sequence, event.slotId, event.outcome]);
  const clipsAsked = () => wire.asked.filter((path) => path.includes('/clips/')).length;

  it('pulls, plays at the very times and reports', async () => {
    const one = player();
    expect(await one.pull([DATE])).toEqual([{ date: DATE, state: 'new', items: 3, downloaded: 2, lacking: [] }]);
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
      { date: DATE, state: 'unchanged', items: 3, downloaded: 0, lacking: [] },
    ]);
    expect(clipsAsked()).toBe(2);
  });

  it('goes on without the centre: plays what it holds, and reports when the line is back', async () => {
    const one = player();
    await one.pull([DATE]);
    wire.cut = true;
    expect(await one.pull([DATE])).toMatchObject([{ state: 'offline', items: 3, lacking: [] }]);
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
    void killed.play(DATE); // never comes back: this is the kill
    while (!(await readFile(join(dir, 'log.ndjson'), 'utf8')).includes('"s2"')) await new Promise(setImmediate);
    await appendFile(join(dir, 'log.ndjson'), '{"line":"event","sequ'); // the power went while a line was written
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

  it('does not keep a clip that was spoiled on the way, and asks again', async () => {
    wire.spoilClips = 2;
    const one = player();
    expect(await one.pull([DATE])).toMatchObject([{ downloaded: 2, lacking: [] }]);
    expect(clipsAsked()).toBe(4);
    expect((await one.play(DATE)).map((event) => event.outcome)).toEqual(['played', 'played', 'played']);
  });

  it('says which clips it lacks when they stay spoiled, plays the rest, and gets them another time', async () => {
    const [, spoiled] = clipsOf(centre.sheets.get(DATE)!);
    const hash = spoiled?.sha256 ?? '';
    const sound = centre.clips.get(hash);
    centre.clips.set(hash, Buffer.from('thứ khác'));
    const one = player();
    expect(await one.pull([DATE])).toMatchObject([{ downloaded: 1, lacking: [hash] }]);
    if (sound) centre.clips.set(hash, sound);
    expect(await one.pull([DATE])).toMatchObject([{ state: 'unchanged', downloaded: 1, lacking: [] }]);
    centre.clips.delete(hash);
    await writeFile(join(dir, 'clips', `${hash}.mp3`), 'bài hay'); // the disk forgets, the length stays
    const outcomes = (await one.play(DATE)).map((event) => [event.slotId, event.outcome, event.detail]);
    expect(outcomes).toEqual([
      ['s1', 'played', undefined],
      ['s2', 'failed', 'thiếu clip'],
      ['s3', 'played', undefined],
    ]);
  });

  it('does not sound at three in the morning, whatever the centre says', async () => {
    const sheet = centre.sheets.get(DATE);
    sheet?.items.unshift(centre.item('night', at('03:15'), 30_000, 'bài một'));
    sheet?.items.push(centre.item('evening', at('20:59') + 45_000, 30_000, 'bài hai'));
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
    const sheet = centre.sheets.get(DATE);
    const forged = player({ publicKey: new FakeCentre().publicKey });
    sheet?.items.push(centre.item('s4', at('18:00'), 30_000, 'bài lạ'));
    expect(await forged.pull([DATE])).toMatchObject([{ state: 'refused', reason: 'not signed by the centre' }]);
    centre.sheets.set(DATE, { ...sheet!, date: '2026-11-25' });
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
    const sheet = centre.sheets.get(DATE);
    clock.sleep = async (ms) => {
      const wakes = clock.now() + ms;
      if (wakes === at('17:00')) {
        centre.sheets.set(DATE, { ...sheet!, items: [centre.item('s9', at('17:05'), 30_000, 'bài thay')] });
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
    centre.sheets.get(DATE)?.items.push(centre.item('s4', at('18:00'), 30_000, 'bài ba'));
    const fresh = player({ token: centre.token });
    await fresh.pull([DATE]);
    expect((await fresh.play(DATE)).map((event) => event.sequence)).toEqual([4, 5, 6, 7]);
    await fresh.report();
    expect(centre.received.size).toBe(7);
  });

  describe('what runs late, by the start rule of what follows', () => {
    const LONG = 60_000;
    /** `a` would run from 05:30 to 05:31, `b` from 05:31:02; the machine comes on 40 s late. */
    async function lateInto(start: SheetItem['start'], more: Partial<SheetItem> = {}): Promise<Player> {
      const sheet = centre.sheets.get(DATE)!;
      const b = { ...centre.item('b', at('05:31') + 2_000, 30_000, 'bài hai'), ...(start && { start }), ...more };
      centre.sheets.set(DATE, { ...sheet, items: [centre.item('a', at('05:30'), LONG, 'bài một'), b] });
      const one = player();
      await one.pull([DATE]);
      clock.set(at('05:30') + 40_000);
      return one;
    }
    const told = (events: Awaited<ReturnType<Player['play']>>) =>
      events.map(({ slotId, outcome, startedAt, endedAt }) => {
        return [slotId, outcome, (startedAt - at('05:30')) / 1000, (endedAt - at('05:30')) / 1000];
      });

    it('cut: it stops at the very time', async () => {
      const one = await lateInto({ rule: 'cut' });
      const events = await one.play(DATE);
      expect(told(events)).toEqual([
        ['a', 'partial', 40, 62],
        ['b', 'played', 62, 92],
      ]);
      expect(events[0]?.detail).toBe('Dừng nhường “bài hai”, bài này bắt đầu đúng giờ');
    });

    it('wait: it may end within the seconds', async () => {
      const one = await lateInto({ rule: 'wait', seconds: 45 });
      expect(told(await one.play(DATE))).toEqual([
        ['a', 'played', 40, 100],
        ['b', 'played', 100, 130],
      ]);
    });

    it('wait: after the seconds it stops', async () => {
      const one = await lateInto({ rule: 'wait', seconds: 15 });
      const events = await one.play(DATE);
      expect(told(events)).toEqual([
        ['a', 'partial', 40, 77],
        ['b', 'played', 77, 107],
      ]);
      expect(events[0]?.detail).toBe('Dừng nhường “bài hai”, bài này đã chờ đủ lâu');
    });

    it('next: it begins when the other has ended, however late', async () => {
      const one = await lateInto({ rule: 'next' });
      expect(told(await one.play(DATE))).toEqual([
        ['a', 'played', 40, 100],
        ['b', 'played', 100, 130],
      ]);
    });

    it('nothing is stopped for what cannot be played', async () => {
      const one = await lateInto({ rule: 'cut' }, { sha256: 'f'.repeat(64) });
      expect(told(await one.play(DATE))).toEqual([
        ['a', 'played', 40, 100],
        ['b', 'failed', 100, 100],
      ]);
    });

    it('what would have to stop before it begins does not begin', async () => {
      const one = await lateInto({ rule: 'cut' });
      clock.set(at('05:31'));
      clock.advance(2_000);
      // It is not a minute late yet for itself, but the other one's time has come.
      const sheet = centre.sheets.get(DATE)!;
      const [a, b] = sheet.items as [SheetItem, SheetItem];
      centre.sheets.set(DATE, { ...sheet, items: [{ ...a, start: { rule: 'wait', seconds: 90 } }, b] });
      await one.pull([DATE]);
      expect(told(await one.play(DATE))).toEqual([
        ['a', 'failed', 62, 62],
        ['b', 'played', 62, 92],
      ]);
    });

    it('what the centre puts in between cuts what runs, at its time', async () => {
      const sheet = centre.sheets.get(DATE)!;
      const urgent: SheetItem = { ...centre.item('x', at('05:30') + 20_000, 30_000, 'khẩn'), start: { rule: 'cut' } };
      const one = player({
        speaker: {
          play: async (_file, durationMs, on, signal) => {
            if (durationMs === LONG) {
              await on.sleep(10_000, signal);
              centre.sheets.set(DATE, { ...sheet, items: [...centre.sheets.get(DATE)!.items, urgent] });
              await one.pull([DATE]);
              await new Promise(setImmediate);
              if (signal?.aborted) throw new Error('silent');
              await on.sleep(durationMs - 10_000, signal);
            } else await on.sleep(durationMs, signal);
          },
        },
      });
      centre.sheets.set(DATE, { ...sheet, items: [centre.item('a', at('05:30'), LONG, 'bài một')] });
      await one.pull([DATE]);
      expect(told(await one.play(DATE))).toEqual([
        ['a', 'partial', 0, 20],
        ['x', 'played', 20, 50],
      ]);
    });
  });
});
