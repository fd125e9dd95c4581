import { chmod, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError, type Sentence } from '../shared/domain-error.js';
import type { Config } from './config.js';

const OTHERS = 0o007;
const GROUP_READS = 0o040;
const OTHERS_ENTER = 0o001;
/** Files that SQLite and `claimServing` create beside the database. */
const besideDatabase = ['', '-wal', '-shm', '-journal', '-serving'];

/**
 * Makes keys, the database and secret files readable by the server's user alone. A file that every user of the machine
 * can read is closed when it is ours, with a remark for each; group read access stays, with a remark too. Throws
 * `open-file` for a file that stays open to all. Does nothing on systems without such permissions.
 */
export async function keepPrivate(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'secretFiles'>,
): Promise<Sentence[]> {
  if (process.platform === 'win32') return [];
  const keys = join(config.dataDir, 'keys');
  const names = await readdir(keys).catch(() => []);
  const database = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;
  const own = [
    keys,
    ...names.map((name) => join(keys, name)),
    ...(database ? besideDatabase.map((end) => database + end) : []),
  ];
  const remarks: Sentence[] = [];
  for (const file of own) remarks.push(...(await closed(file, true)));
  // A secret file of another owner may have its permissions for a reason: only a file of the server's own user is
  // changed.
  for (const file of config.secretFiles) remarks.push(...(await closed(file, await isOurs(file))));
  return remarks;
}

async function closed(file: string, mayChange: boolean): Promise<Sentence[]> {
  const before = await modeOf(file);
  if (before === undefined) return [];
  const changed = (before & OTHERS) !== 0 && mayChange && (await chmod(file, before & ~OTHERS).then(yes, no));
  const after = (await modeOf(file)) ?? 0;
  if ((after & OTHERS) !== 0 && (await othersReach(file))) throw open(file);
  const remarks: Sentence[] = [];
  if (changed && (after & OTHERS) === 0) remarks.push(wasOpen(file));
  if ((after & GROUP_READS) !== 0) remarks.push(groupReads(file));
  return remarks;
}

/** World-readable permissions have no effect in a folder that no other user may enter. */
async function othersReach(file: string): Promise<boolean> {
  for (let folder = dirname(await realpath(file)); ; folder = dirname(folder)) {
    if ((((await modeOf(folder)) ?? 0) & OTHERS_ENTER) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

async function isOurs(file: string): Promise<boolean> {
  const seen = await stat(file).catch(() => undefined);
  return seen !== undefined && seen.uid === process.getuid?.();
}

function modeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );
}

const yes = () => true;
const no = () => false;

function open(file: string): DomainError {
  return new DomainError(
    'invalid',
    'open-file',
    {
      vi: `Mọi người dùng trên máy này đều đọc được ${file}, và Loa không tự đóng lại được. Hãy chạy: chmod o-rwx '${file}' (bằng tài khoản sở hữu tệp; nếu ổ đĩa không giữ quyền tệp thì gắn lại ổ với umask=077). Sau đó khởi động lại.`,
      en: `Everybody on this machine can read ${file}, and Loa could not close it. Run: chmod o-rwx '${file}' (as its owner; where the disk keeps no rights, mount it with umask=077), then start again.`,
    },
    { file },
  );
}

function wasOpen(file: string): Sentence {
  return {
    vi: `Mọi người dùng trên máy này đều đọc được ${file}; Loa đã đóng lại. Nếu máy có nhiều người dùng, hãy coi như nội dung có thể đã bị xem.`,
    en: `Everybody on this machine could read ${file}; it is closed now. Where others use the machine, it may have been read.`,
  };
}

function groupReads(file: string): Sentence {
  return {
    vi: `Các tài khoản cùng nhóm đọc được ${file}. Nếu không cần, hãy chạy: chmod g-rwx '${file}'`,
    en: `Accounts of the same group can read ${file}. If that is not needed, run: chmod g-rwx '${file}'`,
  };
}
