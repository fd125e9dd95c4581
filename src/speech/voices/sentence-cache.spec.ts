import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SentenceCache, type SentenceKey } from './sentence-cache.js';
import { encodeWav } from './sound/wav.js';

const key: SentenceKey = { engine: 'espeak', edition: '1', voice: 'vi', rate: 160, text: 'Xin chào bà con.' };
const pcm = { rate: 22_050, samples: Int16Array.from({ length: 4_000 }, (_, i) => (i * 37) % 9_000) };

describe('the sentence cache', () => {
  let folder: string;
  let cache: SentenceCache;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-cache-'));
    cache = new SentenceCache(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was put, for this key alone', async () => {
    await cache.put(key, pcm);
    expect(await cache.get(key)).toEqual(pcm);
    for (const other of [
      { engine: 'google' },
      { edition: '2' },
      { voice: 'vi-vn-x-south' },
      { rate: 150 },
      { text: 'Xin chào.' },
    ]) {
      expect(await cache.get({ ...key, ...other })).toBeUndefined();
    }
  });

  it('takes two spellings of the same letters as one text', async () => {
    await cache.put({ ...key, text: key.text.normalize('NFD') }, pcm);
    expect(await cache.get(key)).toEqual(pcm);
  });

  it.each([
    ['cut in its sound', (file: string) => truncate(file, 1_000)],
    ['cut before its digest', async (file: string) => truncate(file, (await readFile(file)).length - 40)],
    ['changed by one byte', async (file: string) => writeFile(file, (await readFile(file)).fill(7, 500, 501))],
    ['replaced by a page', (file: string) => writeFile(file, '<html>')],
    ['replaced by another WAV without a digest', (file: string) => writeFile(file, encodeWav(pcm))],
    ['emptied', (file: string) => writeFile(file, '')],
  ])('a file that was %s is not used and goes away', async (_what, damage) => {
    const file = await cache.put(key, pcm);
    await damage(file);
    expect(await cache.get(key)).toBeUndefined();
    expect(await readdir(join(file, '..'))).toEqual([]);
    await cache.put(key, pcm);
    expect(await cache.get(key)).toEqual(pcm);
  });

  it('many writers of one key leave one whole file', async () => {
    const files = await Promise.all(Array.from({ length: 8 }, () => cache.put(key, pcm)));
    expect(new Set(files).size).toBe(1);
    expect(await readdir(join(files[0]!, '..'))).toHaveLength(1);
    expect(await cache.get(key)).toEqual(pcm);
  });

  it('trims what was made longest ago', async () => {
    const keys = ['một', 'hai', 'ba'].map((text) => ({ ...key, text }));
    for (const [index, one] of keys.entries()) {
      const made = 1_700_000_000 + [5, 1, 9][index]!;
      await utimes(await cache.put(one, pcm), made, made);
    }
    expect(await cache.trim(17_000)).toBe(1);
    expect(await Promise.all(keys.map(async (one) => Boolean(await cache.get(one))))).toEqual([true, false, true]);
    expect(await cache.trim(17_000)).toBe(0);
  });
});
