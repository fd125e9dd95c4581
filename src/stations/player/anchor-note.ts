import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const anchor = z.object({ sequence: z.int().min(0), head: z.string().regex(/^[0-9a-f]{64}$/) });
/** A row of the centre's audit, by number and hash. */
export type PlaylistAnchor = z.infer<typeof anchor>;
export const anchorOfPlaylist = anchor;

/**
 * Stores the latest row of the centre's audit that a playlist named: the station reports it back, and the centre checks
 * that it still has the row.
 */
export class AnchorNote {
  private furthest?: PlaylistAnchor | null;

  constructor(private readonly file: string) {}

  async read(): Promise<PlaylistAnchor | null> {
    if (this.furthest !== undefined) return this.furthest;
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 'null';
      throw error;
    });
    return (this.furthest = parsed(text));
  }

  async see(seen: PlaylistAnchor | undefined): Promise<void> {
    const known = await this.read();
    if (!seen || (known && known.sequence >= seen.sequence)) return;
    await mkdir(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.part`;
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(JSON.stringify(seen));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.file);
    this.furthest = seen;
  }
}

/** A note spoiled by the disk counts as absent: the next playlist brings another. */
function parsed(text: string): PlaylistAnchor | null {
  try {
    return anchor.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
