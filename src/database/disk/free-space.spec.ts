import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../shared/clock.js';
import { describeOn, SmallDisk } from '../../../test/support/small-disk.js';
import { FreeSpace } from './free-space.js';

describe('free space', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loa-free-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const space = () => new FreeSpace(new FixedClock(0));

  it('is what df says, within what others write meanwhile', async () => {
    const df = Number(execFileSync('df', ['-B1', '--output=avail', folder], { encoding: 'utf8' }).split('\n')[1]);
    expect(Math.abs((await space().freeBytes(folder)) - df)).toBeLessThan(0.2 * df + 50_000_000);
  });

  it('a folder that is not there yet has the room of the one above it', async () => {
    const free = await space().freeBytes(join(folder, 'chưa', 'có'));
    expect(free).toBeGreaterThan(0);
    expect(free).not.toBe(Infinity);
  });

  it('what cannot be measured refuses nothing', async () => {
    writeFileSync(join(folder, 'tệp'), '');
    expect(await space().isBelow(join(folder, 'tệp', 'dưới tệp'), 1e15)).toBe(false);
  });
});

const disk = SmallDisk.make(2);
describeOn(disk)('free space of a small disk', () => {
  afterAll(() => disk!.close());

  it('is believed for a second, and can be asked anew at any time', async () => {
    const clock = new FixedClock(0);
    const space = new FreeSpace(clock);
    expect([await space.isBelow(disk!.folder, 1_000_000), await space.isBelow(disk!.folder, 3_000_000)]).toEqual([
      false,
      true,
    ]);
    const before = await space.freeBytes(disk!.folder);
    writeFileSync(join(disk!.folder, 'lớn'), Buffer.alloc(1_500_000));
    clock.advance(999);
    expect(await space.freeBytes(disk!.folder)).toBe(before);
    clock.advance(1);
    expect(before - (await space.freeBytes(disk!.folder))).toBeGreaterThanOrEqual(1_500_000);
    expect(await space.isBelow(disk!.folder, 1_000_000)).toBe(true);
    rmSync(join(disk!.folder, 'lớn'));
    expect(await space.freeBytesNow(disk!.folder)).toBe(before);
    expect(await space.isBelow(disk!.folder, 1_000_000)).toBe(false);
  });
});
