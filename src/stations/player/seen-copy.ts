import { createPublicKey, verify } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CopyMark, markText } from '../../shared/copy-mark.js';

/** The file in which a station stores the newest copy of the installation that it has heard of. */
export function seenCopyIn(file: string): { load(): Promise<string | null>; save(mark: string): Promise<void> } {
  return {
    load: () =>
      readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    save: async (mark) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.half`, mark, { flush: true });
      await rename(`${file}.half`, file);
    },
  };
}

export function signedBy(publicKey: string): (mark: CopyMark) => boolean {
  const key = createPublicKey(publicKey);
  return (mark) => verify(null, Buffer.from(markText(mark)), key, Buffer.from(mark.signature, 'base64'));
}
