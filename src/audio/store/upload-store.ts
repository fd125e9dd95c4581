import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import { diskTime } from './job-folder.js';

/** The value of a clip's `engine` for an uploaded recording. */
export const UPLOADED = 'upload';

/** How long a recording stays available for a retry after its clip failed (on a full disk, for example). */
export const KEPT_FOR_RETRY_MS = 7 * 86_400_000;

/** Recordings that wait to be mastered, one file a clip under `<media>/uploads`, named by the clip. Never served. */
export class UploadStore {
  private readonly folder: string;

  constructor(mediaDir: string) {
    this.folder = join(mediaDir, 'uploads');
  }

  fileOf(clipId: string): string {
    return join(this.folder, clipId);
  }

  async place(temporary: string, clipId: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.fileOf(clipId);
    await rm(file, { force: true });
    // One recording for three profiles is one file with three hard links; on a disk without hard links, three files.
    await link(temporary, file).catch(() => copyFile(temporary, file));
  }

  async remove(clipId: string): Promise<void> {
    await rm(this.fileOf(clipId), { force: true });
  }

  /**
   * Removes the recordings of clips for which `waits` is false, when they are older than `idleMs`. Returns how many.
   */
  async sweep(idleMs: number, waits: (clipId: string) => Promise<boolean>): Promise<number> {
    const clipIds = await readdir(this.folder).catch(() => []);
    if (clipIds.length === 0) return 0;
    const before = (await diskTime(this.folder)) - idleMs;
    let removed = 0;
    for (const clipId of clipIds) {
      const seen = await stat(this.fileOf(clipId)).catch(() => undefined);
      if (!seen?.isFile() || seen.ctimeMs >= before || (await waits(clipId))) continue;
      await this.remove(clipId);
      removed++;
    }
    return removed;
  }
}

export function uploadLost(): DomainError {
  return new DomainError('invalid', 'upload-lost', {
    vi: 'Tệp thu âm không còn trên máy chủ. Xin tải lên lại.',
    en: 'The recording is no longer on the server. Upload it again.',
  });
}
