import type { Config } from '../../config/config.js';
import { DomainError } from '../../shared/domain-error.js';
import { realFile, tryLock } from '../disk/file-lock.js';

/** A restart may overlap with the end of the previous process. */
const WAIT_MS = 3_000;

/**
 * One process serves a SQLite file: two would each cache playlists and secrets that the other has changed. Commands
 * that query or write once may run beside it. On PostgreSQL servers share, and this does nothing.
 *
 * Returns the release. Throws `already-served` (conflict) after blocking for `waitMs`.
 */
export function claimServing(config: Config, waitMs = WAIT_MS): () => void {
  if (!config.databaseUrl.startsWith('sqlite:')) return () => undefined;
  const file = realFile(config.databaseUrl.slice('sqlite:'.length));
  const release = tryLock(file, 'serving', waitMs);
  if (!release) throw alreadyServed(file);
  return release;
}

function alreadyServed(file: string): DomainError {
  return new DomainError(
    'conflict',
    'already-served',
    {
      vi: `Loa đang chạy trên dữ liệu ${file} rồi. Hãy dùng máy chủ đang chạy, hoặc dừng nó trước; muốn chạy thêm một hệ thống riêng thì đặt LOA_DATA_DIR là thư mục khác; muốn nhiều máy chủ dùng chung dữ liệu thì dùng PostgreSQL (LOA_DATABASE_URL).`,
      en: `A server already runs on ${file}. Use it or stop it first; for another system set LOA_DATA_DIR to another folder; for several servers on the same data use PostgreSQL (LOA_DATABASE_URL).`,
    },
    { file },
  );
}
