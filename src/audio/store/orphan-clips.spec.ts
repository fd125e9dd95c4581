import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from '../../shared/ids.js';
import { DiskMediaStore } from './disk-media-store.js';
import { markWanted, sweepOrphanClips } from './orphan-clips.js';

describe('finished files that no row names', () => {
  let folder: string;
  let store: DiskMediaStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-orphans-'));
    store = new DiskMediaStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(bytes: string): Promise<string> {
    const file = join(await store.workDir(), 'clip.mp3');
    await writeFile(file, bytes);
    return (await store.put(file)).sha256;
  }
  const only =
    (...kept: string[]) =>
    (asked: string[]) =>
      Promise.resolve(new Set(asked.filter((one) => kept.includes(one))));

  it('go once they have lain long enough, and nothing else does', async () => {
    const [named, orphan] = [await put('named'), await put('orphan')];
    const odd = join(folder, 'clips', named.slice(0, 2), 'README.txt');
    await writeFile(odd, 'x');
    expect(await sweepOrphanClips(folder, 60_000, only(named))).toBe(0);
    expect(await sweepOrphanClips(folder, -60_000, only(named))).toBe(1);
    expect(await store.find(named)).toMatchObject({ sha256: named });
    await expect(store.find(orphan)).rejects.toMatchObject({ code: 'not-found' });
    expect((await stat(odd)).size).toBe(1);
    expect(await sweepOrphanClips(folder, -60_000, only(named))).toBe(0);
  });

  it('are asked for by the hundred, not one by one', async () => {
    for (let n = 0; n < 30; n++) await put(`clip ${n}`);
    const asked: string[][] = [];
    const known = (some: string[]) => {
      asked.push(some);
      return Promise.resolve(new Set(some));
    };
    expect(await sweepOrphanClips(folder, -60_000, known)).toBe(0);
    expect(asked.flat().sort()).toEqual(Array.from({ length: 30 }, (_, n) => sha256(`clip ${n}`)).sort());
    expect(asked.length).toBeLessThanOrEqual((await readdir(join(folder, 'clips'))).length);
  });

  it('one that is wanted again is young again', async () => {
    const hash = await put('again');
    const { file } = await store.find(hash);
    const { ctimeMs } = await stat(file);
    await setTimeout(20);
    await markWanted(file);
    expect((await stat(file)).ctimeMs).toBeGreaterThan(ctimeMs);
    await expect(markWanted(join(folder, 'gone'))).resolves.toBeUndefined();
  });

  it('a media folder that is not there has none', async () => {
    expect(await sweepOrphanClips(join(folder, 'none'), 0, only())).toBe(0);
  });
});
