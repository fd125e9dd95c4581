import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../shared/ids.js';
import { LocalClipStore, WrongBytes } from './local-clip-store.js';

describe('the local clip store', () => {
  let dir: string;
  let store: LocalClipStore;
  const sound = Buffer.from('một bản thu');
  const clip = { sha256: sha256(sound), bytes: sound.length };
  let asked = 0;
  const source = (...chunks: Buffer[]) => {
    return () => {
      asked++;
      return Promise.resolve(stream(chunks));
    };
  };

  beforeEach(async () => {
    asked = 0;
    dir = await mkdtemp(join(tmpdir(), 'loa-clips-'));
    store = new LocalClipStore(dir);
    await store.open();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('fetches once what two want at once, and never again what it has', async () => {
    const both = await Promise.all([store.fetch(clip, source(sound)), store.fetch(clip, source(sound))]);
    expect(both.sort()).toEqual([false, true]);
    expect(await store.fetch(clip, source(sound))).toBe(false);
    expect(asked).toBe(1);
    expect(await readFile(store.fileOf(clip.sha256))).toEqual(sound);
  });

  it.each([
    ['cut short', [sound.subarray(0, 5)]],
    ['too long', [sound, Buffer.from('.')]],
    ['changed on the way', [Buffer.from('một bản thư'.slice(0, -1) + 'x'), Buffer.alloc(0)]],
    ['empty', []],
  ])('refuses what is %s and leaves nothing behind', async (_what, chunks) => {
    await expect(store.fetch(clip, source(...chunks))).rejects.toBeInstanceOf(WrongBytes);
    expect(await readdir(dir)).toEqual([]);
    expect(await store.fetch(clip, source(sound))).toBe(true);
  });

  it('leaves nothing behind when the network breaks in the middle', async () => {
    const broken = () => Promise.resolve(stream([sound.subarray(0, 3)], new Error('cut')));
    await expect(store.fetch(clip, broken)).rejects.toThrow('cut');
    expect(await readdir(dir)).toEqual([]);
  });

  it('sweeps away what a killed player had half made', async () => {
    await writeFile(join(dir, `${clip.sha256}.abc.part`), 'nửa');
    await store.open();
    expect(await readdir(dir)).toEqual([]);
  });

  it('finds out that the disk spoiled a clip, and fetches it again', async () => {
    await store.fetch(clip, source(sound));
    expect(await store.verify(clip)).toBe(true);
    const spoiled = Buffer.from(sound);
    spoiled[2] = 0;
    await writeFile(store.fileOf(clip.sha256), spoiled);
    expect(await store.verify(clip)).toBe(false);
    expect(await store.fetch(clip, source(sound))).toBe(true);
    expect(await store.verify(clip)).toBe(true);
  });
});

async function* stream(chunks: readonly Buffer[], error?: Error): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
  if (error) throw error;
}
