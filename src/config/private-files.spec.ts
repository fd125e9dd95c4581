import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepPrivate } from './private-files.js';

const describeWithRights = process.platform === 'win32' ? describe.skip : describe;

describeWithRights('files that are nobody else’s', () => {
  let folder = '';
  beforeEach(() => {
    // Every user may enter it, like a folder under /var/lib or /opt.
    folder = mkdtempSync('/tmp/loa-rights-');
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const house = (secretFiles: string[] = []) => ({
    dataDir: folder,
    databaseUrl: `sqlite:${join(folder, 'loa.sqlite')}`,
    secretFiles,
  });
  const put = (name: string, mode: number) => {
    const file = join(folder, name);
    writeFileSync(file, '');
    chmodSync(file, mode);
    return file;
  };
  const modeOf = (file: string) => statSync(file).mode & 0o777;

  it('a house that is not there yet, and one as it ought to be, are not remarked on', async () => {
    expect(await keepPrivate(house())).toEqual([]);
    mkdirSync(join(folder, 'keys'), { mode: 0o700 });
    const files = ['loa.sqlite', 'loa.sqlite-wal', 'keys/a.pem'].map((name) => put(name, 0o600));
    expect(await keepPrivate(house(files))).toEqual([]);
  });

  it('what everybody could read is closed, with a remark for each', async () => {
    mkdirSync(join(folder, 'keys'));
    chmodSync(join(folder, 'keys'), 0o705);
    const open = ['loa.sqlite', 'loa.sqlite-wal', 'loa.sqlite-shm', 'loa.sqlite-serving', 'keys/a.pem', 'token'].map(
      (name) => put(name, 0o604),
    );
    const remarks = await keepPrivate(house([join(folder, 'token')]));
    expect(open.map(modeOf)).toEqual(open.map(() => 0o600));
    expect(modeOf(join(folder, 'keys'))).toBe(0o700);
    expect(remarks.map(({ vi }) => / đọc được (\S+); Loa đã đóng lại/.exec(vi)?.[1]).sort()).toEqual(
      [...open, join(folder, 'keys')].sort(),
    );
    expect(await keepPrivate(house())).toEqual([]);
  });

  it('what a group may read stays so and is told', async () => {
    const file = put('loa.sqlite', 0o640);
    expect((await keepPrivate(house())).map(({ vi }) => vi)).toEqual([
      expect.stringContaining(`chmod g-rwx '${file}'`),
    ]);
    expect(modeOf(file)).toBe(0o640);
  });

  it('a secret of somebody else that everybody can read stops the start and says what to do, behind a closed folder it does not', async () => {
    const isRoot = process.getuid?.() === 0;
    // Without root: a file that belongs to root on every system.
    const file = isRoot ? put('token', 0o644) : '/etc/passwd';
    if (isRoot) chownSync(file, 65_534, 65_534);
    await expect(keepPrivate(house([file]))).rejects.toMatchObject({
      code: 'open-file',
      sentence: { vi: expect.stringContaining(`chmod o-rwx '${file}'`), en: expect.stringContaining(file) },
    });
    if (!isRoot) return;
    chmodSync(folder, 0o700);
    await keepPrivate(house([file]));
    expect(modeOf(file)).toBe(0o644);
  });
});
