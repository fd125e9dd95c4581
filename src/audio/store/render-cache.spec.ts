import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../shared/ids.js';
import { RenderCache } from './render-cache.js';

describe('what was made before', () => {
  let folder: string;
  let cache: RenderCache;
  const key = sha256('key');
  const file = () => join(folder, key.slice(0, 2), key);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-made-'));
    cache = new RenderCache(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is kept as it was, also when it is nothing', async () => {
    expect(await cache.get(key)).toBeUndefined();
    for (const content of ['sound', '']) {
      await cache.put(key, Buffer.from(content));
      expect((await cache.get(key))?.toString()).toBe(content);
    }
  });

  it.each([
    ['cut', () => truncate(file(), 33)],
    ['emptied', () => truncate(file(), 0)],
    ['changed by one bit', async () => writeFile(file(), (await readFile(file())).fill(0x74, 32, 33))],
  ])('is not used when it was %s, and goes away', async (_what, damage) => {
    await cache.put(key, Buffer.from('sound'));
    await damage();
    expect(await cache.get(key)).toBeUndefined();
    expect(await readdir(join(file(), '..'))).toEqual([]);
  });

  it('many writers leave one whole file', async () => {
    await Promise.all(Array.from({ length: 8 }, () => cache.put(key, Buffer.alloc(10_000, 7))));
    expect(await readdir(join(file(), '..'))).toEqual([key]);
    expect(await cache.get(key)).toEqual(Buffer.alloc(10_000, 7));
    expect(await cache.trim(0)).toBe(1);
    expect(await cache.get(key)).toBeUndefined();
  });
});
