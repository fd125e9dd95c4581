import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../shared/ids.js';
import { DiskMediaStore, translateDiskErrors } from './disk-media-store.js';

describe('the media store on disk', () => {
  let folder: string;
  let store: DiskMediaStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-media-'));
    store = new DiskMediaStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(bytes: string) {
    const file = join(await store.workDir(), 'clip.mp3');
    await writeFile(file, bytes);
    return store.put(file);
  }

  it('moves a file under the hash of its bytes', async () => {
    const hash = sha256('sound');
    expect(await put('sound')).toEqual({
      file: join(folder, 'clips', hash.slice(0, 2), `${hash}.mp3`),
      sha256: hash,
      bytes: 5,
    });
    expect(await store.find(hash)).toMatchObject({ bytes: 5 });
    await put('sound');
    expect(await readdir(join(folder, 'clips', hash.slice(0, 2)))).toEqual([`${hash}.mp3`]);
  });

  it('reads all or a half-open part', async () => {
    const { sha256: hash } = await put('0123456789');
    const text = async (range?: { start: number; end: number }) => {
      const parts: Buffer[] = [];
      for await (const part of await store.read(hash, range)) parts.push(part as Buffer);
      return Buffer.concat(parts).toString();
    };
    expect(await text()).toBe('0123456789');
    expect(await text({ start: 2, end: 5 })).toBe('234');
  });

  it.each(['../../../etc/passwd', 'AB'.repeat(32), 'ab'.repeat(32), '', `${'ab'.repeat(31)}a/`])(
    'has no "%s"',
    async (name) => {
      await expect(store.find(name)).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.read(name)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  it('sweeps what has lain still too long, and nothing that is being worked on', async () => {
    const [dead, alive] = [await store.workDir(), await store.workDir()];
    for (const job of [dead, alive]) await writeFile(join(job, 'mix.wav'), 'x');
    const old = 1_700_000_000;
    await utimes(join(dead, 'mix.wav'), old, old);
    for (const job of [dead, alive]) await utimes(job, old, old);
    expect(await store.sweep(60_000)).toBe(1);
    expect(await readdir(join(folder, 'tmp'))).toEqual([alive.split('/').at(-1)]);
    expect(await new DiskMediaStore(join(folder, 'none')).sweep(1)).toBe(0);
  });

  it('sweeps the folder of a process that is gone at once', async () => {
    const name = (await store.workDir()).split('/').at(-1)!;
    const [, host, pid, run] = name.split('-');
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const names = {
      mine: name,
      dead: `job-${host}-${gone}-0000-0000`,
      // After a restart in a container the process number is the same but the run differs.
      earlier: `job-${host}-${pid}-0000-0000`,
      elsewhere: `job-ffffff-${gone}-0000-0000`,
      strange: 'something',
    };
    expect(run).toMatch(/^[0-9a-f]+$/);
    for (const one of Object.values(names)) await mkdir(join(folder, 'tmp', one), { recursive: true });
    expect(await store.sweep(60_000)).toBe(2);
    expect((await readdir(join(folder, 'tmp'))).sort()).toEqual([names.elsewhere, names.mine, names.strange].sort());
  });

  it.each([
    ['ENOSPC', 'media-full'],
    ['EDQUOT', 'media-full'],
    ['EROFS', 'media-read-only'],
    ['EACCES', 'media-read-only'],
  ])('%s is told to people as %s', async (code, told) => {
    const failing = translateDiskErrors(folder, () => Promise.reject(Object.assign(new Error(code), { code })));
    await expect(failing).rejects.toMatchObject({
      kind: 'unavailable',
      code: told,
      sentence: { vi: expect.stringContaining(folder) },
    });
  });

  it('says so when the folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), 'x');
    const inside = new DiskMediaStore(join(folder, 'file', 'media'));
    await expect(inside.workDir()).rejects.toMatchObject({ code: 'media-read-only' });
  });

  it('passes other errors on as they are', async () => {
    await expect(translateDiskErrors(folder, () => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
  });
});
