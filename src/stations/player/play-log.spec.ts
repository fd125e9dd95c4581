import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { KEPT_MS, PlayLog } from './play-log.js';

describe('the play log of a station', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'loa-log-'));
    path = join(dir, 'station', 'log.ndjson');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const played = (slotId: string) => ({
    slotId,
    sha256: 'ab',
    startedAt: 1_000,
    endedAt: 2_000,
    outcome: 'played' as const,
  });

  it('numbers from 1 and forgets only what was acknowledged, also after being opened again', async () => {
    const log = await PlayLog.open(path, 0);
    for (const slot of ['a', 'b', 'c']) await log.event(played(slot));
    await log.acknowledge([2], 5_000);
    await log.close();
    const again = await PlayLog.open(path, 0);
    expect(again.pending().map(({ sequence, slotId }) => [sequence, slotId])).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
    expect((await again.event(played('d'))).sequence).toBe(4);
    expect(again.has('b')).toBe(true);
    expect(again.has('e')).toBe(false);
    await again.close();
  });

  it('what was sounding when the power went is partial, under the number it had', async () => {
    const log = await PlayLog.open(path, 0);
    const sequence = await log.start({ slotId: 'a', sha256: 'ab', startedAt: 1_000, endsBy: 31_000 });
    await log.close();
    const again = await PlayLog.open(path, 11_000);
    expect(again.pending()).toEqual([
      {
        sequence,
        slotId: 'a',
        sha256: 'ab',
        startedAt: 1_000,
        endedAt: 11_000,
        outcome: 'partial',
        detail: 'Máy phát bị ngắt giữa chừng',
      },
    ]);
    await again.close();
    const third = await PlayLog.open(path, 99_000);
    expect(third.pending()).toHaveLength(1);
    expect(third.pending()[0]?.endedAt).toBe(11_000);
    await third.close();
  });

  it('a partial item never ends after its length, nor before it began when the clock was set back', async () => {
    const log = await PlayLog.open(path, 0);
    await log.start({ slotId: 'a', sha256: 'ab', startedAt: 1_000, endsBy: 31_000 });
    await log.close();
    const back = await PlayLog.open(path, 500);
    expect(back.pending()[0]?.endedAt).toBe(1_000);
    await back.start({ slotId: 'b', sha256: 'ab', startedAt: 40_000, endsBy: 70_000 });
    await back.close();
    const late = await PlayLog.open(path, 9_999_000);
    expect(late.pending()[1]?.endedAt).toBe(70_000);
    await late.close();
  });

  it('a torn last line is cut off, wherever the power went, and the log goes on', async () => {
    const log = await PlayLog.open(path, 0);
    await log.event(played('a'));
    await log.event(played('b'));
    await log.close();
    const whole = await readFile(path);
    const firstLine = whole.indexOf(0x0a) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstLine, max: whole.length - 1 }), async (cut) => {
        await writeFile(path, whole.subarray(0, cut));
        const torn = await PlayLog.open(path, 0);
        expect(torn.pending().map((event) => event.slotId)).toEqual(['a']);
        await torn.event(played('c'));
        await torn.close();
        const again = await PlayLog.open(path, 0);
        expect(again.pending().map(({ sequence, slotId }) => [sequence, slotId])).toEqual([
          [1, 'a'],
          [2, 'c'],
        ]);
        await again.close();
      }),
      { numRuns: 25 },
    );
  });

  it('a new disk goes on above what the centre has, and a lower number changes nothing', async () => {
    const log = await PlayLog.open(path, 0);
    await log.atLeast(41);
    await log.atLeast(7);
    expect((await log.event(played('a'))).sequence).toBe(42);
    await log.close();
    const again = await PlayLog.open(path, 0);
    expect(again.lastSequence).toBe(42);
    await again.close();
  });

  it('what the centre refused no longer waits and is not forgotten', async () => {
    const log = await PlayLog.open(path, 0);
    await log.event(played('a'));
    await log.refuse(1, 'unknown-slot');
    await log.close();
    const again = await PlayLog.open(path, 0);
    expect(again.pending()).toEqual([]);
    expect([...again.refusals()]).toEqual([[1, 'unknown-slot']]);
    expect((await again.event(played('b'))).sequence).toBe(2);
    await again.close();
  });

  it('a line that the disk spoiled is passed over and counted, and its number is not used again', async () => {
    const log = await PlayLog.open(path, 0);
    for (const slot of ['a', 'b', 'c']) await log.event(played(slot));
    await log.close();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"slotId":"c"', '"slotId:"c"'));
    const again = await PlayLog.open(path, 0);
    expect(again.damaged).toBe(1);
    expect(again.pending().map((event) => event.slotId)).toEqual(['a', 'b']);
    expect((await again.event(played('d'))).sequence).toBe(4);
    await again.close();
  });

  it('what the centre has lost waits again, for a month, with the moment when it was acknowledged first', async () => {
    const log = await PlayLog.open(path, 0);
    for (const slot of ['a', 'b', 'c', 'd']) await log.event(played(slot));
    await log.acknowledge([1], 10_000);
    await log.acknowledge([2, 3], 20_000);
    const waiting = (of: PlayLog) => of.pending().map((one) => [one.sequence, one.acknowledgedAt]);
    log.sendAgain({ lastSequence: 3, missing: [] }, 30_000);
    expect(waiting(log)).toEqual([[4, undefined]]);
    log.sendAgain({ lastSequence: 2, missing: [{ from: 1, to: 1 }] }, 30_000, new Set([1]));
    expect(waiting(log)).toEqual([
      [3, 20_000],
      [4, undefined],
    ]);
    await log.acknowledge([3, 4], 40_000);
    await log.close();
    const again = await PlayLog.open(path, 0);
    again.sendAgain({ lastSequence: 0, missing: [] }, 10_000 + KEPT_MS + 1);
    expect(waiting(again)).toEqual([
      [2, 20_000],
      [3, 20_000],
      [4, 40_000],
    ]);
    await again.close();
  });

  it('what an older player entered as acknowledged counts from its end', async () => {
    const log = await PlayLog.open(path, 0);
    await log.event(played('a'));
    await log.close();
    await appendFile(path, '{"line":"acknowledged","sequences":[1]}\n');
    const again = await PlayLog.open(path, 0);
    expect(again.pending()).toEqual([]);
    again.sendAgain({ lastSequence: 0, missing: [] }, 5_000);
    expect(again.pending()).toMatchObject([{ sequence: 1, acknowledgedAt: 2_000 }]);
    await again.close();
  });
});
