import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ROOM = 2_000_000_000;

/** Memory where it is a disk with room: tests kill Loa, never the server, and waiting for the disk at every commit proves nothing. */
export function quickDisk() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
