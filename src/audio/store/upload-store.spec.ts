import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UploadStore } from './upload-store.js';

describe('recordings that wait', () => {
  let folder: string;
  let uploads: UploadStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-uploads-'));
    uploads = new UploadStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function placed(...ids: string[]) {
    const temporary = join(folder, 'upload');
    await writeFile(temporary, 'sound');
    for (const id of ids) await uploads.place(temporary, id);
    await rm(temporary);
  }

  it('stay when the upload’s own file is gone, each until its clip is done', async () => {
    await placed('a', 'b', 'a');
    await uploads.remove('a');
    await uploads.remove('a');
    expect(await readdir(join(folder, 'uploads'))).toEqual(['b']);
    expect(await readFile(uploads.fileOf('b'), 'utf8')).toBe('sound');
  });

  it('are swept when no clip waits for them and they have lain for a while', async () => {
    await placed('waiting', 'gone');
    const waits = (id: string) => Promise.resolve(id === 'waiting');
    expect(await uploads.sweep(60_000, waits)).toBe(0);
    expect(await uploads.sweep(-1_000, waits)).toBe(1);
    expect(await readdir(join(folder, 'uploads'))).toEqual(['waiting']);
    expect(await new UploadStore(join(folder, 'none')).sweep(0, waits)).toBe(0);
  });
});
